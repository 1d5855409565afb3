import Foundation
import ReplicaModel
import Testing

@testable import NodeConsole

@Suite("Changes in the console")
struct ChangeTests {
    @Test("changes are told in words, and chosen by table, member and day")
    func log() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('a', 'Osh'), ('b', 'Almaty')")
            try await fixture.node.sql("INSERT INTO course(id, title) VALUES ('c', 'Cotton')")
            let all = try browser.get("/changes")
            #expect(all.body.contains("school: 2 entered"))
            #expect(all.body.contains(Language.en.text("did_insert", count: 1, "Course")))
            let one = try browser.get("/changes?table=course")
            #expect(!one.body.contains("school: 2 entered"))
            #expect(try browser.get("/changes?since=2999-01-01").body.contains(Language.en.text("nothing_found")))
            #expect(try browser.get("/changes?since=soon").status == 400)
            #expect(try browser.get("/changes?site=nobody").status == 404)
        }
    }

    @Test("numbers that no changeset can have are not there, and end nothing")
    func impossible() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('a', 'Osh')")
            let link = try #require(try browser.get("/changes").all("<a href=\"/changes/", "\"").first)
            let feed = try #require(link.split(separator: "/").first)
            for bits in [15, 16, 46, 47, 48, 63] {
                let seq = UInt64(1) << bits
                for number in [seq - 1, seq, seq + 1] where number > 1 {
                    #expect(try browser.get("/changes/\(feed)/\(number)").status == 404)
                    #expect(try browser.get("/changes?behind=\(feed):\(number)").status >= 400)
                }
            }
            for text in ["0", "-1", "18446744073709551615", "18446744073709551616", "x"] {
                #expect(try browser.get("/changes/\(feed)/\(text)").status == 404)
            }
            #expect(try browser.get("/changes/\(link)").status == 200)
        }
    }

    @Test("what undo would do with very many rows is not tried out on a page, and can be done all the same")
    func untried() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            try await fixture.node.sql(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10001)
                INSERT INTO school(id, name_en) SELECT i, 'name ' || i FROM n
                """)
            let link = try #require(try browser.get("/changes").all("<a href=\"/changes/", "\"").first)
            let page = try browser.get("/changes/\(link)?undo=1")
            #expect(page.body.unescapedHTML.contains(Language.en.text("undo_untried", count: 10_001)))
            let name = link.replacingOccurrences(of: "/", with: ":")
            #expect(page.body.contains("<pre>caravan undo \(name) --dry-run</pre>"))
            #expect(!page.body.contains(Language.en.text("undo_restored", count: 10_001)))
            #expect(try browser.post("/undo", browser.form(on: page, to: "/undo")).status == 303)
            #expect(try await fixture.sql("SELECT count(*) FROM school") == [[.integer(0)]])
        }
    }

    @Test("before a changeset is taken back, what stays is named with who wrote it over")
    func plan() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('a', 'Osh'), ('b', 'Almaty')")
            try await fixture.node.sql("UPDATE school SET name_en = 'First change'")
            try await fixture.node.sql("UPDATE school SET name_en = 'Later change' WHERE id = 'b'")
            let links = try browser.get("/changes").all("<a href=\"/changes/", "\"")
            let page = try browser.get("/changes/" + links[1] + "?undo=1")
            #expect(page.body.contains(Language.en.text("undo_restored", count: 1)))
            #expect(page.body.contains(Language.en.text("undo_kept", count: 1)))
            #expect(try await fixture.text("SELECT name_en FROM school WHERE id = 'a'") == "First change")
            #expect(try browser.post("/undo", browser.form(on: page, to: "/undo")).status == 303)
            #expect(try await fixture.text("SELECT name_en FROM school WHERE id = 'a'") == "Osh")
            #expect(try await fixture.text("SELECT name_en FROM school WHERE id = 'b'") == "Later change")
        }
    }

    @Test("a day that is none stays in its field, with the sentence beside it")
    func day() async throws {
        try await Fixture.run { (fixture) async throws in
            let page = try fixture.browser.get("/changes?since=yesterday&table=school")
            #expect(page.status == 400)
            #expect(page.body.contains("name=\"since\" value=\"yesterday\""))
            #expect(page.body.contains(Language.en.text("error_day")))
            #expect(page.body.contains("value=\"school\" selected"))
        }
    }
}
