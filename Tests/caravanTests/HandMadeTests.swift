import Foundation
import Testing

@Suite("Tables that other programs make anew")
struct HandMadeTests {
    private static let schema = """
        CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY, a TEXT, b INTEGER, code TEXT UNIQUE);
        CREATE TABLE q (id TEXT NOT NULL PRIMARY KEY, x TEXT NOT NULL, g TEXT GENERATED ALWAYS AS (x || '!') VIRTUAL);
        """
    private static let columns = "id TEXT NOT NULL PRIMARY KEY, a TEXT, b INTEGER, code TEXT"

    private static func rebuild(_ columns: String, _ select: String = "SELECT * FROM p") -> String {
        "CREATE TABLE n (\(columns)); INSERT INTO n \(select); DROP TABLE p; ALTER TABLE n RENAME TO p;"
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let sql: String
        var rows = "1|007|1|c1 2|x+|2|c2 3|3|3|"
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "DROP, CREATE", sql: "DROP TABLE p; CREATE TABLE p (\(columns))"),
        Case(
            name: "DROP, CREATE, INSERT",
            sql:
                "DROP TABLE p; CREATE TABLE p (\(columns)); INSERT INTO p VALUES ('1', 'new', 1, 'c1'), ('9', 'z', 9, 'c9')",
            rows: "1|new|1|c1 2|x+|2|c2 3|3|3| 9|z|9|c9"),
        Case(
            name: "a delete that was noted, DROP, CREATE",
            sql: "DELETE FROM p WHERE id = '3'; DROP TABLE p; CREATE TABLE p (\(columns))", rows: "1|007|1|c1 2|x+|2|c2"
        ),
        Case(name: "RENAME, CREATE", sql: "ALTER TABLE p RENAME TO old; CREATE TABLE p (\(columns))"),
        Case(
            name: "a write, RENAME, CREATE",
            sql: "UPDATE p SET a = 'pending' WHERE id = '1'; ALTER TABLE p RENAME TO old; CREATE TABLE p (\(columns))",
            rows: "1|pending|1|c1 2|x+|2|c2 3|3|3|"),
        Case(name: "another type", sql: rebuild("id TEXT NOT NULL PRIMARY KEY, a INTEGER, b TEXT, code TEXT")),
        Case(
            name: "another type of the key, and an edit",
            sql: rebuild("id INTEGER PRIMARY KEY, a TEXT, b REAL, code TEXT") + "UPDATE p SET a = 'edit' WHERE id = 1",
            rows: "1|edit|1|c1 2|x+|2|c2 3|3|3|"),
        Case(
            name: "UNIQUE and collations",
            sql: rebuild("id TEXT NOT NULL PRIMARY KEY, a TEXT UNIQUE COLLATE NOCASE, b INTEGER, code TEXT UNIQUE")),
        Case(
            name: "STRICT and WITHOUT ROWID",
            sql: rebuild(columns).replacing(");", with: ") STRICT, WITHOUT ROWID;", maxReplacements: 1)),
        Case(
            name: "columns swapped by RENAME",
            sql: "ALTER TABLE p RENAME a TO t; ALTER TABLE p RENAME code TO a; ALTER TABLE p RENAME t TO code"),
        Case(name: "RENAME COLUMN, ADD COLUMN", sql: "ALTER TABLE p RENAME a TO old; ALTER TABLE p ADD COLUMN a TEXT"),
        Case(
            name: "tables swapped by RENAME",
            sql: "ALTER TABLE p RENAME TO t; ALTER TABLE q RENAME TO p; ALTER TABLE t RENAME TO q"),
        Case(
            name: "a data frame",
            sql:
                "DROP TABLE p; CREATE TABLE p (\"index\" BIGINT, id TEXT, a TEXT, b FLOAT, code TEXT); INSERT INTO p VALUES (0, '1', '007', 1.0, 'c1'), (1, '7', 'y', 7, NULL)",
            rows: "1|007|1|c1 2|x+|2|c2 3|3|3| 7|y|7|"),
    ]

    @Test(
        "A rebuild seals no delete that nobody made and no value that only its type changed; what was entered is kept",
        arguments: cases)
    func rebuilt(item: Case) throws {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite(
            "a",
            "INSERT INTO p VALUES ('1', '007', 1, 'c1'), ('2', 'x', 2, 'c2'), ('3', '3', 3, NULL); INSERT INTO q VALUES ('q', 'x')"
        )
        #expect(try village.caravan("b", "sync").status == 0)
        #expect(try village.sqlite("b", item.sql).status == 0)
        try village.sqlite("a", "UPDATE p SET a = 'x+' WHERE id = '2'")
        for _ in 0..<2 { #expect(try village.caravan("b", "sync").status == 0) }
        for node in ["a", "b"] {
            let rows = try village.sqlite(node, "SELECT id, a, b, code FROM p ORDER BY id").lines.joined(separator: " ")
            #expect(rows == item.rows, "\(node)")
            #expect(try village.sqlite(node, "SELECT * FROM q").out == "q|x|x!\n", "\(node)")
            #expect(try village.caravan(node, "verify", "--deep").status == 0, "\(node)")
        }
        #expect(try village.digest("a") == village.digest("b"))
    }

    @Test("What the definition cannot hold is kept in a table beside it, and doctor names that")
    func aside() throws {
        let village = try Village()
        #expect(try village.found("a", others: [], schema: Self.schema).isEmpty == false)
        try village.sqlite("a", "INSERT INTO q VALUES ('q', 'x')")
        #expect(try village.caravan("a", "log").status == 0)
        try village.sqlite(
            "a",
            "CREATE TABLE n (id TEXT, x TEXT, g TEXT); INSERT INTO n SELECT * FROM q; DROP TABLE q; ALTER TABLE n RENAME TO q; UPDATE q SET x = NULL; INSERT INTO q VALUES (NULL, 'lost', ''), ('r', 'y', 'y!')"
        )
        let doctor = try village.json(village.caravan("a", "doctor", "--json"))
        #expect(doctor.compactMap { $0["kind"] as? String } == ["own-tables"])
        #expect(try village.sqlite("a", "SELECT * FROM q ORDER BY id").lines == ["q|x|x!", "r|y|y!"])
        #expect(try village.sqlite("a", "SELECT x FROM q__local WHERE id IS NULL").out == "lost\n")
        #expect(try village.caravan("a", "verify", "--deep").status == 0)
    }
}
