import Foundation
import Testing

/// The rebuild of www.sqlite.org/lang_altertable.html, section 7, by a program that stops half-way.
@Suite("A rebuild by hand that does not end")
struct UnfinishedRebuildTests {
    private static let schema = """
        CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, n INTEGER);
        CREATE TABLE k (id TEXT NOT NULL PRIMARY KEY, t TEXT REFERENCES t(id));
        CREATE TABLE u (x TEXT NOT NULL, y INTEGER NOT NULL, code TEXT UNIQUE, PRIMARY KEY (x, y));
        """
    /// A row that is new, one that is changed and one that is deleted, none of them sealed.
    private static let entered =
        "INSERT INTO t VALUES ('new', 'new', 7); UPDATE t SET a = 'edit' WHERE id = '1'; DELETE FROM t WHERE id = '3';"
    private static let copied =
        "CREATE TABLE x (id TEXT NOT NULL PRIMARY KEY, a TEXT, n INTEGER); INSERT INTO x SELECT * FROM t; DROP TABLE t;"

    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let sql: String
        var rows = ["1|edit|99", "2|b|2", "new|new|7"]
        /// Tables that doctor names.
        var named = ["x"]
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "a copy, DROP", sql: entered + copied),
        Case(
            name: "a copy with other types, DROP",
            sql: entered
                + "CREATE TABLE x (id TEXT PRIMARY KEY, a BLOB, n TEXT, more); INSERT INTO x(id, a, n) SELECT * FROM t; DROP TABLE t"
        ),
        Case(
            name: "a copy, DROP, CREATE",
            sql: entered + copied + "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, n INTEGER)"),
        Case(
            name: "DELETE and INSERT, a copy, DROP",
            sql: "DELETE FROM t WHERE id = '2'; INSERT INTO t VALUES ('2', 're', 5);" + copied,
            rows: ["1|a|99", "2|re|5", "3|c|3"]),
        Case(
            name: "REPLACE, a copy, DROP", sql: "REPLACE INTO t VALUES ('2', 're', 5);" + copied,
            rows: ["1|a|99", "2|re|5", "3|c|3"]),
        Case(
            name: "another key, a copy, DROP", sql: "UPDATE t SET id = '22' WHERE id = '2';" + copied,
            rows: ["1|a|99", "22|b|2", "3|c|3"]),
        Case(
            name: "INSERT and DELETE, a copy, DROP",
            sql: "INSERT INTO t VALUES ('z', '', 0); DELETE FROM t WHERE id = 'z';" + copied,
            rows: ["1|a|99", "2|b|2", "3|c|3"]),
        Case(name: "DROP alone", sql: entered + "DROP TABLE t", rows: ["1|a|99", "2|b|2"], named: ["t__local"]),
        Case(
            name: "DROP, CREATE",
            sql: entered + "DROP TABLE t; CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, n INTEGER)",
            rows: ["1|a|99", "2|b|2"], named: ["t__local"]),
        Case(
            name: "a copy older than the edits, DROP",
            sql: "CREATE TABLE x AS SELECT * FROM t;" + entered + "DROP TABLE t", rows: ["1|a|99", "2|b|2"],
            named: ["t__local", "x"]),
        Case(name: "RENAME refused for the sake of a reference", sql: entered + copied + "ALTER TABLE x RENAME TO t"),
        Case(
            name: "RENAME as SQLite had it before 3.26",
            sql: "PRAGMA legacy_alter_table = ON;" + entered + copied + "ALTER TABLE x RENAME TO t", named: []),
    ]

    private func village() throws -> Village {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite(
            "a",
            "INSERT INTO t VALUES ('1', 'a', 1), ('2', 'b', 2), ('3', 'c', 3); INSERT INTO k VALUES ('k', '1'); INSERT INTO u VALUES ('s', 1, 'c')"
        )
        #expect(try village.caravan("b", "sync").status == 0)
        return village
    }

    private func expectOne(_ village: Village) throws {
        for node in ["a", "b"] { #expect(try village.caravan(node, "verify", "--deep").status == 0, "\(node)") }
        #expect(try village.digest("a") == village.digest("b"))
    }

    @Test(
        "What was entered and not sealed is taken from the copy; what cannot be found is listed by its keys, and never sealed as something else",
        arguments: cases)
    func unfinished(item: Case) throws {
        let village = try village()
        // Some of them end in an error, as they do for whoever runs them.
        try village.sqlite("b", item.sql)
        try village.sqlite("a", "UPDATE t SET n = 99 WHERE id = '1'")
        for _ in 0..<2 { #expect(try village.caravan("b", "sync").status == 0) }
        for node in ["a", "b"] {
            #expect(try village.sqlite(node, "SELECT * FROM t ORDER BY id").lines == item.rows, "\(node)")
        }
        try expectOne(village)
        let found = try village.json(village.caravan("b", "doctor", "--json")).compactMap { $0["message"] as? String }
        #expect(found.count == item.named.count)
        for name in item.named { #expect(found.contains { $0.contains("drop \(name)") }, "\(name)") }
        guard item.named.contains("t__local") else { return }
        #expect(try village.sqlite("b", "SELECT * FROM t__local ORDER BY 1").lines == ["1|a", "new|a row"])
        #expect(try village.sqlite("b", "DROP TABLE t__local").status == 0)
        #expect(try village.caravan("b", "sync").status == 0)
        #expect(try village.json(village.caravan("b", "doctor", "--json")).count == item.named.count - 1)
    }

    @Test(
        "A rebuild of a table without references ends as SQLite's documentation has it, and what was entered before it is sealed"
    )
    func whole() throws {
        let village = try village()
        let rebuild = """
            INSERT INTO u VALUES ('new', 2, 'd'); UPDATE u SET code = 'edit' WHERE x = 's'; BEGIN;
            CREATE TABLE n (x TEXT NOT NULL, y INTEGER NOT NULL, code TEXT UNIQUE, PRIMARY KEY (x, y)); INSERT INTO n SELECT * FROM u; DROP TABLE u; ALTER TABLE n RENAME TO u; COMMIT
            """
        #expect(try village.sqlite("b", rebuild).status == 0)
        #expect(try village.caravan("b", "sync").status == 0)
        for node in ["a", "b"] {
            #expect(try village.sqlite(node, "SELECT * FROM u ORDER BY x").lines == ["new|2|d", "s|1|edit"], "\(node)")
        }
        try expectOne(village)
        #expect(try village.json(village.caravan("b", "doctor", "--json")).isEmpty)
    }

    @Test("What referred to a row that was not sealed, and went with it, comes back with it")
    func cascade() throws {
        let village = try Village()
        _ = try village.found(
            "a", others: ["b"],
            schema: Self.schema.replacing("REFERENCES t(id)", with: "REFERENCES t(id) ON DELETE CASCADE"))
        try village.sqlite("a", "INSERT INTO t VALUES ('1', 'a', 1)")
        #expect(try village.caravan("b", "sync").status == 0)
        try village.sqlite(
            "b",
            "PRAGMA foreign_keys = ON; INSERT INTO t VALUES ('new', 'new', 7); INSERT INTO k VALUES ('k', 'new'), ('l', '1');"
                + Self.copied)
        #expect(try village.sqlite("b", "SELECT count(*) FROM k").out == "0\n")
        #expect(try village.caravan("b", "sync").status == 0)
        for node in ["a", "b"] {
            #expect(try village.sqlite(node, "SELECT id, t FROM k ORDER BY id").lines == ["k|new", "l|1"], "\(node)")
        }
        try expectOne(village)
    }

    @Test("What was entered in a column that the copy has not is listed by its keys, and what the copy has is sealed")
    func lacking() throws {
        let village = try village()
        try village.done(
            village.sqlite(
                "b",
                """
                UPDATE t SET a = 'edit', n = 5 WHERE id = '1'; UPDATE t SET n = 6 WHERE id = '2'; INSERT INTO t VALUES \
                ('new', 'new', 7); CREATE TABLE x (id TEXT NOT NULL PRIMARY KEY, a TEXT); INSERT INTO x SELECT id, a \
                FROM t; DROP TABLE t
                """))
        for _ in 0..<2 { #expect(try village.caravan("b", "sync").status == 0) }
        for node in ["a", "b"] {
            #expect(
                try village.sqlite(node, "SELECT * FROM t ORDER BY id").lines
                    == ["1|edit|1", "2|b|2", "3|c|3", "new|new|"], "\(node)")
        }
        try expectOne(village)
        #expect(try village.sqlite("b", "SELECT * FROM t__local ORDER BY 1").lines == ["1|n", "2|n", "new|n"])
        let found = try village.json(village.caravan("b", "doctor", "--json")).compactMap { $0["message"] as? String }
        #expect(found.contains { $0.contains("only keys and columns are known (3 rows)") }, "\(found)")
        #expect(found.contains { $0.contains("as far as it has") }, "\(found)")
    }
}
