import Foundation
import Testing

@Suite("What a person makes in a replica never keeps others' changes out")
struct HinderingTests {
    private static let schema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, x TEXT, y TEXT);"

    /// A program that has functions and a collation of its own in the place of SQLite's.
    private static let program = """
        import sqlite3, sys
        client = sqlite3.connect(sys.argv[1], timeout=5)
        client.create_function('lower', 1, lambda value: 'own' + str(value), deterministic=True)
        client.create_function('json', 1, lambda value: value, deterministic=True)
        client.create_collation('NOCASE', lambda l, r: (l < r) - (l > r))
        client.executescript(sys.argv[2])
        """

    private static let huge = "hex(zeroblob(600000000))"

    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let sql: String
        /// The names that status has for what had to go: own objects, columns and defaults.
        let aside: [String]
        var reason = ""
        /// Own indexes and columns that stay.
        var kept: [String] = []
        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "another program's lower",
            sql: "CREATE INDEX own ON t(lower(x)); CREATE INDEX good ON t(upper(x)); CREATE INDEX plain ON t(x)",
            aside: ["own"],
            reason: "a function", kept: ["good", "plain"]),
        Case(
            name: "another program's collation", sql: "CREATE INDEX own ON t(x COLLATE NOCASE)", aside: ["own"],
            reason: "a collation"),
        Case(
            name: "another program's json", sql: "CREATE INDEX own ON t(json(x))", aside: ["own"],
            reason: "malformed JSON"),
        Case(
            name: "an overflow", sql: "CREATE INDEX own ON t(abs(CASE WHEN x = 'new' THEN -9223372036854775808 END))",
            aside: ["own"], reason: "integer overflow"),
        Case(
            name: "a pattern too complex",
            sql: "CREATE INDEX own ON t(x) WHERE x LIKE CASE WHEN x = 'new' THEN hex(zeroblob(30000)) END",
            aside: ["own"], reason: "too complex"),
        Case(
            name: "a huge key", sql: "CREATE INDEX own ON t(CASE WHEN x = 'new' THEN \(huge) END)", aside: ["own"],
            reason: "too big"),
        Case(
            name: "UNIQUE, and no JSON",
            sql: "CREATE UNIQUE INDEX own ON t(json_extract(CASE WHEN x = 'new' THEN x END, '$'))", aside: ["own"],
            reason: "malformed JSON"),
        Case(
            name: "a huge column, an index and a trigger that read it",
            sql: """
                ALTER TABLE t ADD COLUMN g AS (CASE WHEN x = 'new' THEN \(huge) END); ALTER TABLE t ADD COLUMN good AS (x || '!'); CREATE INDEX own ON t(g);
                CREATE INDEX ofGood ON t(good); CREATE VIEW seen AS SELECT g FROM t; CREATE TRIGGER onG AFTER UPDATE ON t BEGIN SELECT NEW.g; END
                """, aside: ["onG", "own", "t.g"], reason: "too big", kept: ["good", "ofGood"]),
        Case(
            name: "a default that cannot be computed",
            sql: """
                CREATE TABLE n (id TEXT NOT NULL PRIMARY KEY, x TEXT, y TEXT, own TEXT DEFAULT (abs(-9223372036854775808))); INSERT INTO n SELECT *, 'mine' FROM t;
                DROP TABLE t; ALTER TABLE n RENAME TO t; CREATE INDEX ofOwn ON t(own)
                """, aside: ["t.own DEFAULT"], reason: "integer overflow", kept: ["ofOwn"]),
        Case(
            name: "a huge column in every row", sql: "ALTER TABLE t ADD COLUMN g AS (\(huge) || x)", aside: ["t.g"],
            reason: "too big"),
    ]

    private func village(_ sql: String) throws -> Village {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite("a", "INSERT INTO t VALUES ('1', 'a', ''), ('2', 'b', ''), ('3', 'c', '')")
        #expect(try village.caravan("b", "sync").status == 0)
        let made = try Shell.run("python3", ["-c", Self.program, village.home("b") + "/replica.sqlite", sql])
        #expect(made.status == 0, "\(made.err)")
        return village
    }

    private func findings(_ village: Village) throws -> [(kind: String, message: String)] {
        try village.json(village.caravan("b", "doctor", "--json")).map {
            ($0["kind"] as? String ?? "", $0["message"] as? String ?? "")
        }
    }

    private func expectOne(_ village: Village) throws {
        for node in ["a", "b"] { #expect(try village.caravan(node, "verify", "--deep").status == 0, "\(node)") }
        #expect(try village.digest("a") == village.digest("b"))
    }

    private func names(_ village: Village) throws -> [String] {
        try village.sqlite(
            "b",
            """
            SELECT name FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND name NOT LIKE 'caravan%'
            UNION SELECT name FROM pragma_table_xinfo('t') WHERE hidden ORDER BY 1
            """
        ).lines
    }

    @Test(
        "An own index or computed column that refuses a merged row is put aside, named with its text and the reason, and nothing else is",
        arguments: cases)
    func refusals(item: Case) throws {
        let village = try village(item.sql)
        try village.sqlite(
            "a",
            "UPDATE t SET x = 'new' WHERE id = '1'; DELETE FROM t WHERE id = '2'; INSERT INTO t VALUES ('4', 'new', '')"
        )
        #expect(try village.caravan("b", "sync").status == 0)
        try expectOne(village)
        #expect(try names(village) == item.kept.sorted())
        let status = try village.json(village.caravan("b", "status", "--json")).first
        #expect(status?["putAside"] as? [String] == item.aside)
        #expect(status?["waiting"] as? Int == 0)
        let found = try findings(village).filter { $0.kind == "own-objects" }
        #expect(found.count == item.aside.count)
        #expect(found.contains { $0.message.contains(item.reason) })
        // Whoever writes by hand is not hindered either.
        #expect(try village.sqlite("b", "UPDATE t SET y = 'own' WHERE id = '4'").status == 0)
        #expect(try village.caravan("b", "sync").status == 0)
        try expectOne(village)
    }

    @Test("What was put aside and is made again is named no more, also when it is dropped then")
    func madeAgain() throws {
        let village = try village("CREATE INDEX own ON t(json(CASE WHEN x = 'new' THEN x END))")
        try village.sqlite("a", "UPDATE t SET x = 'new' WHERE id = '1'")
        #expect(try village.caravan("b", "sync").status == 0)
        #expect(try findings(village).map(\.kind) == ["own-objects"])
        for sql in ["CREATE INDEX own ON t(x)", "DROP INDEX own"] {
            #expect(try village.sqlite("b", sql).status == 0)
            #expect(try village.caravan("b", "sync").status == 0)
            #expect(try findings(village).isEmpty, "\(sql)")
        }
    }

    /// The findings of `verify --deep`, of which none is damage.
    private func found(_ village: Village) throws -> String {
        let verified = try village.caravan("b", "verify", "--deep")
        #expect(verified.status == 1)
        #expect(!verified.out.contains("damaged"))
        return verified.out
    }

    @Test(
        "A column that cannot be computed is no damage: verify and doctor name it, and `schema rebuild` puts it aside and loses nothing"
    )
    func rebuilt() throws {
        let village = try village("ALTER TABLE t ADD COLUMN g AS (\(Self.huge) || x)")
        #expect(try found(village).contains("column g of table t was made by hand and cannot be computed in every row"))
        #expect(try findings(village).map(\.kind) == ["own-columns", "own-columns"])
        #expect(try village.caravan("b", "schema", "rebuild", "t").status == 0)
        #expect(try village.sqlite("b", "SELECT id, x FROM t").lines == ["1|a", "2|b", "3|c"])
        #expect(try findings(village).map(\.kind) == ["own-objects"])
        try expectOne(village)
    }

    @Test("An index that another program's function wrote is no damage, and verify says what makes it right")
    func disagreeing() throws {
        let village = try village("CREATE INDEX own ON t(lower(x))")
        #expect(
            try found(village).hasPrefix(
                "index: an index of table t does not agree with it (row 1 missing from index own)"))
        #expect(try village.caravan("b", "sql", "REINDEX").status == 0)
        try expectOne(village)
    }

    @Test("An index of the alliance that another program's function wrote is made anew where a merge meets it")
    func ofTheAlliance() throws {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: Self.schema + "CREATE INDEX low ON t(lower(x));")
        let made = try Shell.run(
            "python3",
            [
                "-c", Self.program, village.home("b") + "/replica.sqlite",
                "INSERT INTO t VALUES ('1', 'A', ''), ('2', 'B', '')",
            ])
        #expect(made.status == 0, "\(made.err)")
        #expect(try village.caravan("b", "sync").status == 0)
        try village.sqlite("a", "UPDATE t SET x = 'new' WHERE id = '1'")
        #expect(try village.caravan("b", "sync").status == 0)
        #expect(try findings(village).isEmpty)
        try expectOne(village)
    }

    @Test(
        "A trigger that has the name of a table stays where a table is made anew; a view that gave way takes its triggers along, and doctor names it"
    )
    func names() throws {
        let village = try village(
            "CREATE VIEW v AS SELECT id FROM t; CREATE TRIGGER onV INSTEAD OF INSERT ON v BEGIN INSERT INTO t(id) VALUES (NEW.id); END; CREATE INDEX i ON t(x)"
        )
        try village.sqlite(
            "b", "CREATE TABLE seen (n); CREATE TRIGGER w AFTER INSERT ON t BEGIN INSERT INTO seen VALUES (NEW.id); END"
        )
        let file = village.folder.appendingPathComponent("more.sql")
        let more = ["v", "i", "w"].map { "CREATE TABLE \($0) (id TEXT NOT NULL PRIMARY KEY);" }.joined()
        try (Self.schema + more).write(to: file, atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "schema", "apply", file.path).status == 0)
        #expect(try village.caravan("b", "sync").status == 0)
        #expect(try village.caravan("b", "schema", "rebuild", "t").status == 0)
        #expect(try village.sqlite("b", "INSERT INTO v__local(id) VALUES ('9')").status == 0)
        #expect(try village.sqlite("b", "SELECT n FROM seen").out == "9\n")
        let found = try findings(village)
        #expect(found.map(\.kind) == ["own-objects", "own-objects"])
        #expect(
            found.first?.message.hasPrefix(
                "index i__local was made by hand as i, a name that the alliance has come to use") == true)
        #expect(
            found.last?.message.hasPrefix(
                "view v__local was made by hand as v, a name that the alliance has come to use") == true)
        #expect(try village.sqlite("b", "DROP VIEW v__local; DROP INDEX i__local").status == 0)
        #expect(try village.caravan("b", "sync").status == 0)
        #expect(try findings(village).isEmpty)
        try expectOne(village)
    }
}
