import Foundation
import Testing

@Suite("Tables that are made anew with another type after somebody wrote in them")
struct RetypedTests {
    private static let schema = "CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY, y TEXT, r REAL, x);"

    /// The SQL that makes the table anew with other types.
    private static func rebuild(y: String = "TEXT", r: String = "REAL", x: String = "", _ select: String = "*")
        -> String
    {
        """
        BEGIN; CREATE TABLE q (id TEXT PRIMARY KEY NOT NULL, y \(y), r \(r), x \(x));
        INSERT INTO q SELECT \(select) FROM p; DROP TABLE p; ALTER TABLE q RENAME TO p; COMMIT;
        """
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        /// What the three rows have in `y`, as SQL.
        var values = ["' 7'", "'012'", "'3,0'"]
        let sql: String
        /// What they show then, with their class and what SQL makes of them.
        let rows: String
        /// What is kept aside.
        var aside = ""
        /// Whether there is nothing to seal.
        var isNothing = false
        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "an edit that the type makes of the old value",
            sql: "UPDATE p SET y = replace(ltrim(y, ' 0'), ',', '.');" + rebuild(y: "INTEGER"), rows: "'7' '12' '3'"),
        Case(
            name: "an edit that CAST makes of the old value", values: ["'2024-05-01'", "'no'", "'7 kg'"],
            sql: "UPDATE p SET y = CAST(CAST(y AS INTEGER) AS TEXT);" + rebuild(y: "INTEGER"), rows: "'2024' '0' '7'"),
        Case(
            name: "an edit of one row", values: ["'3,5'", "'1,0'", "'n/a'"],
            sql: "UPDATE p SET y = replace(y, ',', '.') WHERE y <> 'n/a';" + rebuild(y: "REAL"),
            rows: "'3.5' '1.0' 'n/a'"),
        Case(
            name: "a row that was replaced", values: ["' 7'", "'8'", "'9'"],
            sql: "REPLACE INTO p(id, y) VALUES ('1', '7');" + rebuild(y: "INTEGER"), rows: "'7' '8' '9'"),
        Case(
            name: "a value that was put back", values: ["'7'", "'8'", "'9'"],
            sql: "UPDATE p SET y = ' 7' WHERE id = '1';" + rebuild(y: "INTEGER"), rows: "'7' '8' '9'",
            isNothing: true),
        Case(name: "nothing written", sql: rebuild(y: "INTEGER"), rows: "' 7' '012' '3,0'", isNothing: true),
        Case(
            name: "what CAST makes of a value, written when no trigger was there", values: ["'n/a'", "'8'", "'9'"],
            sql: rebuild(y: "INTEGER") + "UPDATE p SET y = 0 WHERE typeof(y) = 'text'", rows: "'n/a' '8' '9'",
            aside: "1|0", isNothing: true),
        Case(
            name: "doubles of another SQLite",
            values: ["'934.4230270996180827108'", "'934.4230270996180827108'", "'934.4230270996180827108'"],
            sql: rebuild(
                y: "REAL",
                "id, CASE id WHEN 1 THEN 934.42302709961797 WHEN 2 THEN 934.4230270996182 ELSE 934.423027 END, r, x"),
            rows: "'934.4230270996180827108' '934.4230270996180827108' '934.423027'"),
    ]

    @Test(
        "What triggers noted as written is entered, whatever a type makes of it; what the type alone changed is none",
        arguments: cases)
    func retyped(item: Case) throws {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: Self.schema)
        let rows = item.values.enumerated().map { "('\($0 + 1)', \($1))" }.joined(separator: ", ")
        try village.sqlite("a", "INSERT INTO p(id, y) VALUES \(rows)")
        #expect(try village.caravan("b", "sync").status == 0)
        let count = try village.caravan("b", "log").out.split(separator: "\n").count
        let made = try village.sqlite("b", item.sql)
        #expect(made.status == 0, "\(made.err)")
        for _ in 0..<2 { #expect(try village.caravan("b", "sync").status == 0) }
        for node in ["a", "b"] {
            let shown = try village.sqlite(node, "SELECT quote(y) FROM p ORDER BY id").lines
            #expect(shown.joined(separator: " ") == item.rows, "\(node)")
            #expect(try village.caravan(node, "verify", "--deep").status == 0, "\(node)")
        }
        let sealed = try village.caravan("b", "log").out.split(separator: "\n").count
        #expect((sealed == count) == item.isNothing)
        let doctor = try village.json(village.caravan("b", "doctor", "--json"))
        #expect(doctor.compactMap { $0["kind"] as? String } == (item.aside.isEmpty ? [] : ["own-tables"]))
        if !item.aside.isEmpty { #expect(try village.sqlite("b", "SELECT * FROM p__local").out == item.aside + "\n") }
        #expect(try village.digest("a") == village.digest("b"))
    }

    @Test("A real that is rounded before its column becomes one of integers is the rounded one")
    func rounded() throws {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite("a", "INSERT INTO p(id, r) VALUES ('1', 1.5)")
        #expect(try village.caravan("b", "sync").status == 0)
        try village.sqlite("b", "UPDATE p SET r = CAST(r AS INTEGER);" + Self.rebuild(r: "INTEGER"))
        for _ in 0..<2 { #expect(try village.caravan("b", "sync").status == 0) }
        for node in ["a", "b"] { #expect(try village.sqlite(node, "SELECT quote(r) FROM p").out == "1.0\n") }
        #expect(try village.digest("a") == village.digest("b"))
    }

    @Test("A real that another SQLite wrote as a text of more digits is what it was; another number is entered")
    func digits() throws {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite("a", "INSERT INTO p(id, x) VALUES ('1', 1.0 / 3), ('2', 1.0 / 3), ('3', 0.5)")
        #expect(try village.caravan("b", "sync").status == 0)
        let text = "CASE id WHEN 1 THEN '0.33333333333333332' WHEN 2 THEN '0.3333333333333' ELSE '0.50' END"
        try village.sqlite("b", Self.rebuild(x: "TEXT", "id, y, r, \(text)"))
        for _ in 0..<2 { #expect(try village.caravan("b", "sync").status == 0) }
        for node in ["a", "b"] {
            let shown = try village.sqlite(node, "SELECT typeof(x), x FROM p ORDER BY id").lines
            #expect(shown.dropFirst() == ["text|0.3333333333333", "text|0.50"], "\(node)")
            #expect(shown.first?.hasPrefix("real|") == true, "\(node)")
        }
        #expect(try village.digest("a") == village.digest("b"))
    }
}
