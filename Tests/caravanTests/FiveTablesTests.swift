import Foundation
import Testing

@Suite("An alliance that was founded with five tables")
struct FiveTablesTests {
    private static let rows = """
        INSERT INTO country(id, name_en) VALUES ('TJ', 'Tajikistan');
        INSERT INTO committee(id) VALUES ('agriculture');
        INSERT INTO institution(id, name_en, country, founded) VALUES ('tau', 'Agrarian University', 'TJ', 1931);
        INSERT INTO project(id, committee, lead, title_en, status, starts, note) VALUES
            ('cotton', 'agriculture', 'tau', 'Cotton', 'planned', '2026-03-01', 'kept');
        """

    /// The alliance at `a`, which serves, and `b`, each with the five tables and the same rows.
    private func former(_ rows: String = rows, more: String = "") throws -> Village {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: Village.fiveTables + more)
        #expect(try village.asked("a", rows) == "")
        #expect(try village.caravan("b", "sync").status == 0)
        return village
    }

    private func tables(_ village: Village, _ node: String) throws -> [String] {
        try village.caravan(node, "schema", "show").lines.map {
            $0.trimmingCharacters(in: CharacterSet(charactersIn: ", "))
        }.sorted()
    }

    @Test("It gets the others by one command, at every node, with its rows")
    func upgrade() throws {
        let village = try former()
        #expect(
            try village.caravan("a", "schema", "apply", "--default", "--dry-run").out.contains("creates table loan"))
        #expect(try village.asked("a", "SELECT count(*) FROM sqlite_master WHERE name = 'loan'") == "0")
        let applied = try village.caravan("a", "schema", "apply", "--default")
        #expect(applied.status == 0, "\(applied.err)")
        #expect(try village.caravan("a", "schema", "apply", "--default").out == "the schema is that already\n")
        #expect(try village.caravan("b", "sync").status == 0)
        #expect(try village.caravan("new", "init", "--name", "new").status == 0)
        for node in ["a", "b"] {
            #expect(try tables(village, node) == tables(village, "new"))
            #expect(
                try village.asked(node, "SELECT name_en, founded, state FROM institution")
                    == "Agrarian University|1931|active")
            #expect(try village.asked(node, "SELECT status, starts, note FROM project") == "planned|2026-03-01|kept")
            #expect(try village.caravan(node, "doctor").status == 0)
        }
        #expect(try village.digest("a") == village.digest("b"))
        // The rows with which tables begin are for those that are new.
        #expect(try village.asked("b", "SELECT count(*) FROM country") == "1")
        #expect(try village.asked("b", "SELECT count(*) FROM region") == "5")
        #expect(
            try village.asked("b", "SELECT count(*) FROM language")
                == village.asked("new", "SELECT count(*) FROM language"))
        #expect(try village.asked("a", "SELECT lead FROM projects_by_committee") == "Agrarian University")
        #expect(try village.caravan("b", "schema", "views").status == 0)
        #expect(try village.asked("b", "SELECT lead FROM projects_by_committee") == "Agrarian University")
        #expect(try village.caravan("a", "verify", "--deep").status == 0)
    }

    @Test("A project whose status is no word, or whose day is no day, is kept and listed until it is corrected")
    func unfit() throws {
        let village = try former(Self.rows + "UPDATE project SET status = 'идёт', starts = 'весной';")
        #expect(try village.caravan("a", "schema", "apply", "--default").status == 0)
        #expect(try village.caravan("b", "sync").status == 0)
        #expect(try village.asked("b", "SELECT status, starts FROM project") == "идёт|весной")
        #expect(try village.caravan("b", "conflicts", "--check").status == 1)
        #expect(try village.asked("b", "UPDATE project SET status = 'running', starts = '2026-03-01'") == "")
        #expect(try village.caravan("b", "conflicts", "--check").status == 0)
    }

    @Test("Tables and columns that it has beside them stay")
    func beside() throws {
        let own =
            "CREATE TABLE visit (id TEXT NOT NULL PRIMARY KEY, place TEXT); CREATE INDEX visit_place ON visit(place);"
        let village = try former(more: "\n" + own)
        let file = village.folder.appendingPathComponent("more.sql").path
        let more = Village.fiveTables.replacing(
            "note TEXT);\nCREATE INDEX project", with: "note TEXT, phase TEXT);\nCREATE INDEX project")
        try (more + "\n" + own).write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "schema", "apply", file).out == "adds column phase to project\n")
        #expect(
            try village.asked("a", "UPDATE project SET phase = 'two'; INSERT INTO visit VALUES ('v', 'Bokhtar')") == "")
        let applied = try village.caravan("a", "schema", "apply", "--default")
        #expect(applied.status == 0, "\(applied.err)")
        #expect(try village.asked("a", "SELECT phase, place FROM project, visit") == "two|Bokhtar")
        #expect(try village.asked("a", "SELECT count(*) FROM trainee") == "0")
    }

    @Test("A table of its own that has the name of another one is in the way, and nothing is done")
    func other() throws {
        let village = try former(more: "\nCREATE TABLE trainee (code TEXT NOT NULL PRIMARY KEY);")
        let refused = try village.caravan("a", "schema", "apply", "--default")
        #expect(refused.status == 2)
        #expect(refused.err.contains("trainee has another primary key"))
        #expect(try village.asked("a", "SELECT count(*) FROM sqlite_master WHERE name = 'course'") == "0")
    }

    @Test("A file and --default are not said at once, and one of them is")
    func usage() throws {
        let village = try former()
        #expect(try village.caravan("a", "schema", "apply").status == 2)
        #expect(try village.caravan("a", "schema", "apply", "x.sql", "--default").status == 2)
        #expect(try village.caravan("a", "schema", "apply", "--default", "--retire", "project.note").status == 2)
    }

    @Test("Only an admin adds the tables")
    func right() throws {
        let village = try former()
        #expect(try village.caravan("b", "schema", "apply", "--default").status == 5)
    }

    @Test("`schema show --default` founds what `init` founds")
    func shown() throws {
        let village = try Village()
        let file = village.folder.appendingPathComponent("default.sql").path
        let shown = try village.caravan("none", "schema", "show", "--default")
        try shown.out.write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "init", "--schema", file).status == 0)
        #expect(try village.caravan("b", "init").status == 0)
        #expect(
            try village.caravan("a", "schema", "show", "--json").out
                == village.caravan("b", "schema", "show", "--json").out)
    }
}
