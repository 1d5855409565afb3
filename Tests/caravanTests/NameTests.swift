import Foundation
import Testing

@Suite("Names of every script, with every sign in them, as processes", .serialized)
struct NameTests {
    /// A quote that a mark or a format character stands beside is one letter to Unicode, and a quote to SQLite.
    private static let awkward = [
        "x\"\u{301}); CREATE TABLE pwned(a); --", "\u{600}\"y", "\"", "a'b", "[c]", "`d", "e\u{200D}\"\u{200D}", "f;--",
        "ГОРОД", "город", "район\u{A0}",
    ]

    private func quoted(_ name: String) -> String {
        "\"" + name.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }

    private func sync(_ village: Village, _ address: String) throws {
        let outcome = try village.caravan("b", "sync", address)
        #expect(outcome.status == 0, "\(outcome.err)")
    }

    @Test(
        "Tables, columns, indexes, checks and constraints with quotes in their names are themselves on every node, and nothing else is run",
        arguments: awkward)
    func quotes(name: String) throws {
        let village = try Village()
        let q = quoted(name)
        let schema = """
            CREATE TABLE \(q) (id TEXT NOT NULL PRIMARY KEY, \(q) TEXT, n INTEGER, CONSTRAINT \(q) CHECK (\(q) <> 'never'), UNIQUE (n));
            CREATE INDEX \(quoted(name + "_i")) ON \(q)(\(q));
            CREATE TABLE child (id TEXT NOT NULL PRIMARY KEY, p TEXT, CONSTRAINT \(q) FOREIGN KEY (p) REFERENCES \(q)(id));
            """
        let a = try village.found("a", others: ["b"], schema: schema)
        let before = try village.sqlite(
            "b",
            "SELECT count(*) FROM sqlite_master WHERE name LIKE '%pwned%' AND type = 'table' AND name NOT LIKE 'x%'"
        ).out
        #expect(before == "0\n")
        let written = try village.sqlite(
            "b",
            "INSERT INTO \(q) VALUES ('1', 'v', 7); INSERT INTO child VALUES ('c', '1'); UPDATE \(q) SET \(q) = 'w'")
        #expect(written.status == 0, "\(written.err)")
        try sync(village, a)
        #expect(try village.sqlite("a", "SELECT \(q), n FROM \(q)").out == "w|7\n")
        #expect(try village.sqlite("a", "INSERT INTO \(q) VALUES ('2', 'never', 8)").status != 0)
        #expect(try village.digest("a") == village.digest("b"))
        for command in [
            ["doctor"], ["verify", "--deep"], ["log"], ["schema", "show"], ["show", name, "1"], ["history", name, "1"],
        ] {
            let outcome = try Shell.run(Shell.command, ["--home", village.home("a")] + command)
            #expect(outcome.status == 0, "\(command): \(outcome.err)\(outcome.out)")
        }
        // What is printed of a schema is read back as the same.
        let file = village.folder.appendingPathComponent("again.sql")
        let shown = try village.caravan("a", "schema", "show").out
        try shown.write(to: file, atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "schema", "apply", file.path).status == 0, "\(shown)")
    }

    @Test("A table whose name has capitals of another script is there, whatever is done to the schema beside it")
    func capitals() throws {
        let village = try Village()
        let a = try village.found(
            "a", others: ["b"], schema: "CREATE TABLE \"Студент\" (id TEXT NOT NULL PRIMARY KEY, \"Имя\" TEXT);")
        try village.sqlite("b", "INSERT INTO \"Студент\" VALUES ('1', 'Гулнора')")
        for sql in [
            "VACUUM", "ANALYZE", "CREATE VIEW own AS SELECT * FROM \"Студент\"",
            "CREATE INDEX own_i ON \"Студент\"(\"Имя\")", "REINDEX",
        ] {
            #expect(try village.sqlite("b", sql).status == 0)
            #expect(try village.caravan("b", "doctor").status == 0, "\(sql)")
            try sync(village, a)
        }
        #expect(try village.sqlite("a", "SELECT \"Имя\" FROM \"Студент\"").out == "Гулнора\n")
    }

    @Test(
        "A table made by hand whose name differs in a capital of another script is a table of its own, and keeps its rows"
    )
    func beside() throws {
        let village = try Village()
        let a = try village.found(
            "a", others: ["b"], schema: "CREATE TABLE \"город\" (id TEXT NOT NULL PRIMARY KEY, \"имя\" TEXT);")
        try village.sqlite("b", "CREATE TABLE \"ГОРОД\" (x TEXT); INSERT INTO \"ГОРОД\" VALUES ('mine')")
        try village.sqlite(
            "b", "ALTER TABLE \"город\" ADD COLUMN \"ИМЯ\" TEXT; INSERT INTO \"город\" VALUES ('1', 'Душанбе', 'own')")
        try sync(village, a)
        #expect(try village.caravan("b", "schema", "rebuild", "город").status == 0)
        #expect(try village.sqlite("b", "SELECT x FROM \"ГОРОД\"").out == "mine\n")
        #expect(try village.sqlite("b", "SELECT \"имя\", \"ИМЯ\" FROM \"город\"").out == "Душанбе|own\n")
        #expect(try village.sqlite("a", "SELECT * FROM \"город\"").out == "1|Душанбе\n")
        #expect(try village.caravan("b", "doctor").out.contains("ИМЯ of table город"))
    }

    @Test("A name that is not in normal form C is refused with what to write instead, and nothing is made")
    func decomposed() throws {
        let village = try Village()
        for schema in [
            "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, \"краи\u{306}\" TEXT)",
            "CREATE TABLE \"краи\u{306}\" (id TEXT NOT NULL PRIMARY KEY)",
            "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, b TEXT); CREATE INDEX \"e\u{301}\" ON t(b)",
            "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, CONSTRAINT \"e\u{301}\" CHECK (id <> ''))",
        ] {
            let file = village.folder.appendingPathComponent("schema.sql")
            try schema.write(to: file, atomically: true, encoding: .utf8)
            let outcome = try village.caravan("a", "init", "--schema", file.path)
            #expect(outcome.status == 2, "\(schema)")
            #expect(outcome.err.contains("composed"), "\(outcome.err)")
            #expect(!FileManager.default.fileExists(atPath: village.home("a") + "/replica.sqlite"))
        }
    }

    @Test(
        "Two names that differ in a capital of another script are two columns, and one name for both of ASCII is refused"
    )
    func twins() throws {
        let village = try Village()
        let a = try village.found(
            "a", others: ["b"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, \"ö\" TEXT, \"Ö\" TEXT);")
        try village.sqlite("b", "INSERT INTO t VALUES ('1', 'small', 'large')")
        try sync(village, a)
        #expect(try village.sqlite("a", "SELECT \"ö\", \"Ö\" FROM t").out == "small|large\n")
        try village.sqlite("a", "UPDATE t SET \"Ö\" = 'larger'")
        try sync(village, a)
        #expect(try village.sqlite("b", "SELECT \"ö\", \"Ö\" FROM t").out == "small|larger\n")
        #expect(
            try village.caravan("a", "show", "t", "1", "--json").out.contains(
                "\"values\":{\"Ö\":\"larger\",\"ö\":\"small\"}"))
    }
}
