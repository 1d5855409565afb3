import Foundation
import Testing

@Suite("The alliance's own schema")
struct DefaultSchemaTests {
    private func founded() throws -> Village {
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        #expect(try village.asked("a", Village.records) == "")
        return village
    }

    @Test("A day is of a month and a day that a calendar may have, and a time of an hour that a clock shows")
    func days() throws {
        let village = try founded()
        for day in [
            "2026-13-01", "2026-00-10", "2026-02-32", "2026-02-00", "2026-2-1", "29.11.2026", "26-11-29", "soon",
        ] {
            let refused = try village.asked("a", "UPDATE trainee SET born = '\(day)' WHERE id = 'a'")
            #expect(refused.contains("born_is_a_day_yyyy_mm_dd"), "\(day): \(refused)")
        }
        #expect(try village.asked("a", "UPDATE trainee SET born = '1999-12-31' WHERE id = 'a'") == "")
        for time in ["24:00", "9:30", "09:60", "0930"] {
            let refused = try village.asked("a", "UPDATE session SET starts = '\(time)' WHERE id = 's1'")
            #expect(refused.contains("starts_is_a_time_hh_mm"), "\(time): \(refused)")
        }
        let turned = try village.asked(
            "a", "UPDATE offering SET starts = '2026-05-02', ends = '2026-05-01' WHERE id = 'web'")
        #expect(turned.contains("ends_is_not_before_starts"))
    }

    @Test("A state is one of its words")
    func words() throws {
        let village = try founded()
        #expect(try village.asked("a", "UPDATE project SET status = 'odd'").contains("CHECK"))
        #expect(try village.asked("a", "UPDATE enrolment SET state = 'Enrolled'").contains("CHECK"))
        #expect(try village.asked("a", "UPDATE enrolment SET platform = 'both'").contains("CHECK"))
        #expect(try village.asked("a", "UPDATE offering SET platform = 'both'") == "")
        #expect(try village.asked("a", "UPDATE institution SET kind = 'farm school'") == "")
    }

    @Test("A row that no world has a key for gets a UUID of version 7, later ones the greater")
    func keys() throws {
        let village = try founded()
        let key = try village.asked(
            "a", "INSERT INTO trainee(name_ru) VALUES ('Е'); SELECT id FROM trainee WHERE name_ru = 'Е'")
        #expect(key.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
    }

    @Test("Parts go with the whole, what others rely on stays, and all other references are emptied")
    func deletes() throws {
        let village = try founded()
        for kept in ["trainee WHERE id = 'a'", "institution WHERE id = 'xjau'", "institution WHERE id = 'tau'"] {
            #expect(try village.asked("a", "DELETE FROM \(kept)").contains("FOREIGN KEY"), "\(kept)")
        }
        #expect(try village.asked("a", "DELETE FROM contact WHERE id = 'li'") == "")
        #expect(try village.asked("a", "SELECT count(*), count(contact) FROM loan") == "1|0")
        #expect(try village.asked("a", "DELETE FROM project WHERE id = 'cotton'") == "")
        for part in ["project_partner", "milestone", "result"] {
            #expect(try village.asked("a", "SELECT count(*) FROM \(part)") == "0", "\(part)")
        }
        #expect(try village.asked("a", "SELECT count(*), count(project) FROM offering") == "2|0")
        #expect(try village.asked("a", "DELETE FROM trainee WHERE id = 'b'") == "")
        #expect(try village.asked("a", "SELECT count(*) FROM attendance") == "1")
        #expect(try village.asked("a", "DELETE FROM certificate; DELETE FROM trainee WHERE id = 'a'") == "")
        #expect(try village.asked("a", "SELECT count(*) FROM placement") == "0")
        #expect(try village.caravan("a", "doctor").status == 0)
    }

    @Test("An issuer gives a number once, and somebody is once in an offering")
    func once() throws {
        let village = try founded()
        let insert = "INSERT INTO certificate(issuer, number, trainee) VALUES"
        #expect(try village.asked("a", "\(insert) ('xjau', '2026-1', 'c')").contains("UNIQUE"))
        #expect(try village.asked("a", "\(insert) ('tau', '2026-1', 'c')") == "")
        let enrol = "INSERT INTO enrolment(offering, trainee) VALUES"
        #expect(try village.asked("a", "\(enrol) ('spring', 'a')").contains("UNIQUE"))
        #expect(try village.asked("a", "\(enrol) ('web', 'a')") == "")
    }

    @Test("Two who noted the same attendance apart noted one, and the translations of two stand side by side")
    func apart() throws {
        let village = try Village()
        _ = try village.found("a", others: ["b"])
        #expect(try village.asked("a", Village.records) == "")
        #expect(try village.caravan("b", "sync").status == 0)
        for (node, column) in [("a", "title_ru"), ("b", "title_zh")] {
            _ = try village.asked(
                node,
                """
                INSERT INTO session(id, offering, number) SELECT 's2', 'spring', 2 WHERE 'a' = '\(node)';
                INSERT INTO agreement_project(agreement, project) VALUES ('soon', 'cotton');
                UPDATE project SET \(column) = '\(node)' WHERE id = 'cotton'
                """)
        }
        #expect(try village.caravan("b", "sync").status == 0)
        #expect(try village.digest("a") == village.digest("b"))
        #expect(try village.asked("b", "SELECT count(*) FROM agreement_project") == "1")
        #expect(try village.asked("b", "SELECT title_ru || title_zh FROM project") == "ab")
        #expect(try village.caravan("b", "conflicts", "--check").status == 0)
    }
}
