import Foundation
import Testing

@Suite("Columns that other programs drop and add again, or leave out of a rebuild")
struct ReaddedTests {
    private static let schema = """
        CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY, a TEXT, n INTEGER, z TEXT DEFAULT 'dd');
        CREATE UNIQUE INDEX pa ON p(a);
        """
    private static let before = "INSERT INTO p VALUES ('1', 'A', 1, 'z'), ('2', 'B', 2, 'z'), ('3', NULL, NULL, NULL)"
    private static let all = "1|A|1|z 2|B|2|z 3|||"

    /// The SQL that drops a column and adds one, in the legacy mode: where triggers name a column SQLite drops it in
    /// that mode only.
    private static func alter(_ column: String, _ added: String) -> String {
        "PRAGMA legacy_alter_table = ON; DROP INDEX IF EXISTS pa; ALTER TABLE p DROP COLUMN \(column); ALTER TABLE p ADD COLUMN \(added);"
    }

    private static func rebuild(_ columns: String, _ copied: String, _ select: String? = nil) -> String {
        """
        PRAGMA legacy_alter_table = ON; CREATE TABLE x (\(columns)); INSERT INTO x (\(copied)) SELECT \(select ?? copied) FROM p; DROP TABLE p;
        ALTER TABLE x RENAME TO p;
        """
    }

    private static let without = "id TEXT NOT NULL PRIMARY KEY, n INTEGER, z TEXT"
    private static let with = "id TEXT NOT NULL PRIMARY KEY, n INTEGER, z TEXT DEFAULT 'dd', a TEXT DEFAULT 9"
    private static let leftOut = rebuild(with, "id, n, z")

    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let sql: String
        var rows = ReaddedTests.all
        /// The kinds of what doctor then finds at the node where it was done.
        var findings: [String] = []
        var testDescription: String { name }
    }

    static let alterations = [
        Case(name: "without a default", sql: alter("a", "a TEXT")),
        Case(name: "with another default and type", sql: alter("a", "a INTEGER DEFAULT 9")),
        Case(name: "NOT NULL", sql: alter("a", "A TEXT NOT NULL DEFAULT 'x' COLLATE NOCASE")),
        Case(name: "the last one, in the node's own words", sql: alter("z", "\"z\" TEXT DEFAULT ('dd')")),
        Case(name: "two columns", sql: alter("a", "a TEXT") + alter("n", "n TEXT DEFAULT 7")),
        Case(name: "a computed one in its place", sql: alter("a", "a TEXT AS (n || z)")),
        Case(name: "twice", sql: alter("a", "a TEXT DEFAULT 8") + alter("a", "a TEXT DEFAULT 9")),
        Case(name: "under another name", sql: "ALTER TABLE p RENAME a TO b;" + alter("b", "a TEXT")),
        Case(
            name: "an edit after it", sql: alter("a", "a TEXT DEFAULT 9") + "UPDATE p SET a = 'C' WHERE id = '1'",
            rows: "1|C|1|z 2|B|2|z 3|||"),
        Case(
            name: "an edit before it, which is lost",
            sql: "UPDATE p SET a = 'C', n = 7 WHERE id = '1';" + alter("a", "a TEXT"), rows: "1|A|7|z 2|B|2|z 3|||"),
        Case(
            name: "inserts before and after it",
            sql: "INSERT INTO p VALUES ('4', 'a', 4, 'q');" + alter("z", "z TEXT DEFAULT 9")
                + "INSERT INTO p VALUES ('5', 'b', 5, 'q')",
            rows: all + " 4|a|4|dd 5|b|5|q"),
        Case(
            name: "a delete after it", sql: alter("a", "a TEXT") + "DELETE FROM p WHERE id = '1'", rows: "2|B|2|z 3|||"),
        Case(
            name: "another key before it",
            sql: "UPDATE p SET a = 'C' WHERE id = '1'; UPDATE p SET id = '7' WHERE id = '1';" + alter("a", "a TEXT"),
            rows: "2|B|2|z 3||| 7|C|1|z"),
        Case(
            name: "an edit, and the column is dropped",
            sql:
                "UPDATE p SET a = 'C' WHERE id = '1'; PRAGMA legacy_alter_table = ON; DROP INDEX pa; ALTER TABLE p DROP COLUMN a"
        ),
        Case(
            name: "an edit, and the table is dropped", sql: "UPDATE p SET a = 'C' WHERE id = '1'; DROP TABLE p",
            findings: ["own-tables"]),
        Case(
            name: "what people write in every row", sql: "UPDATE p SET n = NULL; CREATE INDEX mine ON p(n)",
            rows: "1|A||z 2|B||z 3|||"),
    ]

    static let rebuilds = [
        Case(name: "with a default", sql: leftOut),
        Case(name: "removed and added", sql: rebuild(without, "id, n, z") + leftOut),
        Case(
            name: "removed, and added by ALTER", sql: rebuild(without, "id, n, z") + "ALTER TABLE p ADD COLUMN a TEXT",
            findings: ["own-tables"]),
        Case(
            name: "without a default", sql: rebuild("id TEXT NOT NULL PRIMARY KEY, a TEXT, n INTEGER, z TEXT", "id, z"),
            findings: ["own-tables"]),
        Case(
            name: "with a computed default",
            sql: rebuild(
                "id TEXT NOT NULL PRIMARY KEY, n INTEGER, z TEXT, a TEXT DEFAULT CURRENT_TIMESTAMP", "id, n, z")),
        Case(
            name: "under the name of one that was renamed",
            sql:
                "ALTER TABLE p RENAME TO old; CREATE TABLE p (\(with)); INSERT INTO p(id, n, z) SELECT id, n, z FROM old"
        ),
        Case(
            name: "edits before and after it",
            sql: "UPDATE p SET z = 'w', a = 'C' || id;" + leftOut
                + "UPDATE p SET a = 'D' WHERE id = '1'; INSERT INTO p(id) VALUES ('4')",
            rows: "1|D|1|w 2|B|2|w 3|||w 4|9||dd"),
        Case(
            name: "an edit before it, which is lost",
            sql: "UPDATE p SET z = 'w'; UPDATE p SET a = 'C' WHERE id = '1';" + leftOut, rows: "1|A|1|w 2|B|2|w 3|||w"),
        Case(
            name: "an insert before it", sql: "INSERT INTO p VALUES ('4', 'a', 4, 'q');" + leftOut,
            rows: all + " 4||4|q"),
        Case(
            name: "what the rebuild computes", sql: rebuild(with, "id, n, z, a", "id, n, coalesce(z, 'k'), lower(a)"),
            rows: "1|a|1|z 2|b|2|z 3|||k"),
        Case(
            name: "a default that a rebuild puts for NULL",
            sql: rebuild(
                "id TEXT NOT NULL PRIMARY KEY, a TEXT NOT NULL DEFAULT 9, n INTEGER, z TEXT", "id, a, n, z",
                "id, coalesce(a, 9), n, z"),
            rows: "1|A|1|z 2|B|2|z 3|9||"),
        Case(
            name: "the default, written in every row before it",
            sql: "UPDATE p SET z = 'dd', n = NULL;"
                + rebuild("id TEXT NOT NULL PRIMARY KEY, a TEXT, n REAL, z TEXT DEFAULT 'dd'", "id, a, n, z"),
            rows: "1|A||dd 2|B||dd 3|||dd"),
        Case(
            name: "what becomes the default, written in every row before it",
            sql: "UPDATE p SET n = 9;"
                + rebuild(
                    "id TEXT NOT NULL PRIMARY KEY, a TEXT, n INTEGER DEFAULT 9, z TEXT DEFAULT 'dd'", "id, a, n, z"),
            rows: "1|A|9|z 2|B|9|z 3||9|"),
    ]

    @Test(
        "A column that is dropped and added again has its values back, and its default is never sealed; what people entered is",
        arguments: alterations)
    func altered(item: Case) throws { try check(item) }

    @Test("So does a column that a rebuild left out; what the rebuild computed is kept as entered", arguments: rebuilds)
    func rebuilt(item: Case) throws { try check(item) }

    private func check(_ item: Case) throws {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite("a", Self.before)
        #expect(try village.caravan("b", "sync").status == 0)
        let made = try village.sqlite("b", item.sql)
        #expect(made.status == 0, "\(made.err)")
        for _ in 0..<2 { #expect(try village.caravan("b", "sync").status == 0) }
        for node in ["a", "b"] {
            #expect(
                try village.sqlite(node, "SELECT id, a, n, z FROM p ORDER BY id").lines.joined(separator: " ")
                    == item.rows, "\(node)")
            #expect(try village.caravan(node, "verify", "--deep").status == 0, "\(node)")
            let doctor = try village.json(village.caravan(node, "doctor", "--json"))
            #expect(doctor.compactMap { $0["kind"] as? String } == (node == "b" ? item.findings : []), "\(node)")
        }
        #expect(try village.digest("a") == village.digest("b"))
    }

    @Test("What looks like a column that a rebuild left out, and may have been entered, is kept aside and named")
    func emptied() throws {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite("a", Self.before)
        #expect(try village.caravan("b", "sync").status == 0)
        let same = "id TEXT NOT NULL PRIMARY KEY, a TEXT, n INTEGER, z TEXT DEFAULT 'dd'"
        try village.sqlite(
            "b", Self.rebuild(same, "id, a, n, z") + "UPDATE p SET a = NULL, z = 'dd'; UPDATE p SET n = 5 WHERE id = 1")
        for _ in 0..<2 { #expect(try village.caravan("b", "sync").status == 0) }
        #expect(try village.sqlite("b", "SELECT id, a, n, z FROM p").lines == ["1|A|5|z", "2|B|2|z", "3|||"])
        #expect(
            try village.sqlite("b", "SELECT id, a, z FROM p__local ORDER BY id").lines == ["1||dd", "2||dd", "3||dd"])
        let doctor = try village.json(village.caravan("b", "doctor", "--json"))
        let finding = try #require(doctor.first)
        #expect(doctor.count == 1)
        #expect((finding["message"] as? String)?.contains("its rows had nothing else in a, z than") == true)
        #expect(try village.digest("a") == village.digest("b"))
    }

    @Test("A column that was added later is known from one that somebody adds in the same words")
    func late() throws {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY)")
        let later = village.folder.appendingPathComponent("later.sql")
        try "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT)".write(to: later, atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "schema", "apply", later.path).status == 0)
        try village.sqlite("a", "INSERT INTO t VALUES ('1', 'x')")
        #expect(try village.caravan("b", "sync").status == 0)
        try village.sqlite(
            "b", "PRAGMA legacy_alter_table = ON; ALTER TABLE t DROP COLUMN v; ALTER TABLE t ADD COLUMN \"v\" TEXT")
        #expect(try village.sqlite("b", "SELECT v IS NULL FROM t").out == "1\n")
        #expect(try village.caravan("b", "sync").status == 0)
        #expect(try village.sqlite("b", "SELECT * FROM t").out == "1|x\n")
        #expect(try village.digest("a") == village.digest("b"))
    }

    @Test(
        "A row that is deleted after its column was added again comes back whole where somebody edited it apart",
        arguments: [true, false])
    func comesBack(isEditedFirst: Bool) throws {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite("a", Self.before)
        #expect(try village.caravan("b", "sync").status == 0)
        let edit = isEditedFirst ? "UPDATE p SET a = 'C' WHERE id = '1'; DELETE FROM p WHERE id = '1';" : ""
        let delete = isEditedFirst ? "" : "DELETE FROM p WHERE id = '1'"
        #expect(try village.sqlite("b", edit + Self.alter("a", "a TEXT DEFAULT 9") + delete).status == 0)
        #expect(try village.caravan("b", "log").status == 0)
        try village.sqlite("a", "UPDATE p SET n = 7 WHERE id = '1'")
        for _ in 0..<2 { #expect(try village.caravan("b", "sync").status == 0) }
        for node in ["a", "b"] {
            #expect(
                try village.sqlite(node, "SELECT * FROM (SELECT id, a, n, z FROM p) WHERE id = '1'").out == "1|A|7|z\n",
                "\(node)")
        }
        #expect(try village.digest("a") == village.digest("b"))
    }
}
