import Foundation
import Testing

@Suite("Tables that are made anew with another type of the key")
struct RespelledKeyTests {
    private static let schema = """
        CREATE TABLE w (a INTEGER NOT NULL, b TEXT NOT NULL, v TEXT, PRIMARY KEY (a, b));
        CREATE TABLE c (code TEXT NOT NULL PRIMARY KEY, v TEXT, more TEXT);
        """

    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let sql: String
        /// What both tables show then.
        var rows = "1|x|one 2|y|two 01|a|m 1|b|m 7|s|n"
        /// What is kept aside, and the table that is kept beside.
        var aside: (table: String, rows: String)?
        /// Whether there is nothing to seal.
        var isNothing = true
        var testDescription: String { name }
    }

    private static func ofNumbers(_ type: String, _ select: String, key: String = ", PRIMARY KEY (a, b)") -> String {
        """
        BEGIN; CREATE TABLE q (a \(type), b TEXT, v TEXT\(key)); INSERT INTO q SELECT \(select), b, v FROM w;
        DROP TABLE w; ALTER TABLE q RENAME TO w; COMMIT;
        """
    }

    private static func ofCodes(_ order: String, _ columns: String = "code, v, more") -> String {
        """
        BEGIN; CREATE TABLE q (code INTEGER, v TEXT, more TEXT); INSERT INTO q(\(columns)) SELECT \(columns) FROM c
        ORDER BY \(order); DROP TABLE c; ALTER TABLE q RENAME TO c; COMMIT;
        """
    }

    static let cases = [
        Case(name: "integers with zeros before them, as texts", sql: ofNumbers("TEXT", "printf('%03d', a)")),
        Case(name: "integers as texts of doubles", sql: ofNumbers("TEXT", "CAST(a AS REAL)")),
        Case(name: "integers as texts with a blank, without a key", sql: ofNumbers("TEXT", "a || ' '", key: "")),
        Case(name: "integers as texts in a column without a type", sql: ofNumbers("", "a || ''")),
        Case(name: "integers as the bytes of their texts", sql: ofNumbers("BLOB", "CAST(a AS BLOB)")),
        Case(name: "integers as doubles", sql: ofNumbers("REAL", "a")),
        Case(
            name: "a double that no integer is made of",
            sql: ofNumbers("REAL", "a", key: "") + "INSERT INTO w VALUES (-9223372036854775808, 'x', 'least')",
            aside: ("w__local", "-9.22337203685478e+18|x|least")),
        Case(
            name: "WITHOUT ROWID",
            sql: ofNumbers("TEXT", "printf('%03d', a)").replacing("));", with: ")) WITHOUT ROWID;", maxReplacements: 1)),
        Case(
            name: "a write, an insert and a delete before",
            sql:
                "UPDATE w SET v = 'zwei' WHERE a = 2; INSERT INTO w VALUES (3, 'z', 'three'); DELETE FROM w WHERE a = 1;"
                + ofNumbers("TEXT", "printf('%03d', a)"), rows: "2|y|zwei 3|z|three 01|a|m 1|b|m 7|s|n",
            isNothing: false),
        Case(
            name: "an edit and a new row after",
            sql: ofNumbers("TEXT", "printf('%03d', a)")
                + "UPDATE w SET v = 'zwei' WHERE a = '002'; INSERT INTO w VALUES ('0010', 'z', 'ten')",
            rows: "1|x|one 2|y|zwei 10|z|ten 01|a|m 1|b|m 7|s|n", isNothing: false),
        Case(
            name: "a second spelling of a key",
            sql: ofNumbers("TEXT", "printf('%03d', a)") + "INSERT INTO w VALUES ('1', 'x', 'other')",
            aside: ("w__local", "1|x|other")),
        Case(
            name: "a second spelling, and an edit of the first",
            sql: ofNumbers("TEXT", "printf('%03d', a)")
                + "UPDATE w SET v = 'uno' WHERE a = '001'; INSERT INTO w VALUES ('1', 'x', 'other')",
            aside: ("w__local", "001|x|uno 1|x|other")),
        Case(name: "texts that come to one integer, in the other order", sql: ofCodes("code DESC")),
        Case(name: "texts that come to one integer, with a column left out", sql: ofCodes("v DESC", "code, v")),
        Case(
            name: "an edit of one of them", sql: ofCodes("code DESC") + "UPDATE c SET v = 'A' WHERE v = 'a'",
            rows: "1|x|one 2|y|two 01|A|m 1|b|m 7|s|n", isNothing: false),
        Case(
            name: "an edit of each of them", sql: ofCodes("code DESC") + "UPDATE c SET v = upper(v) WHERE v < 'c'",
            aside: ("c__local", "1|A|m 1|B|m")),
    ]

    @Test(
        "A row is the known one that is meant, however its key is spelled there; where several may be meant the table shows what it had, and the rest is kept",
        arguments: cases)
    func respelled(item: Case) throws {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite(
            "a",
            "INSERT INTO w VALUES (1, 'x', 'one'), (2, 'y', 'two'); INSERT INTO c VALUES ('01', 'a', 'm'), ('1', 'b', 'm'), ('7', 's', 'n')"
        )
        #expect(try village.caravan("b", "sync").status == 0)
        let count = try village.caravan("b", "log").lines.count
        let made = try village.sqlite("b", item.sql)
        #expect(made.status == 0, "\(made.err)")
        for _ in 0..<2 {
            let synced = try village.caravan("b", "sync")
            #expect(synced.status == 0, "\(synced.err)")
        }
        for node in ["a", "b"] {
            let rows = try village.sqlite(
                node, "SELECT * FROM w ORDER BY a; SELECT code, v, more FROM c ORDER BY code")
            #expect(rows.lines.joined(separator: " ") == item.rows, "\(node)")
            #expect(try village.caravan(node, "verify", "--deep").status == 0, "\(node)")
        }
        #expect(try (village.caravan("b", "log").lines.count == count) == item.isNothing)
        let kinds = try village.json(village.caravan("b", "doctor", "--json")).compactMap { $0["kind"] as? String }
        #expect(kinds.filter { $0 != "own-tables" } == [])
        if let aside = item.aside {
            let rows = try village.sqlite("b", "SELECT * FROM \(aside.table) ORDER BY 1, 2").lines
            #expect(rows.joined(separator: " ") == aside.rows)
        }
        #expect(try village.digest("a") == village.digest("b"))
    }

    /// Rows of texts, with what becomes of a table that takes their keys through a CAST to integers.
    struct Cast: CustomTestStringConvertible, Sendable {
        let codes: [String]
        let isSealed: Bool
        let rows: [String]
        var aside: [String] = []
        var testDescription: String { "\(codes.joined(separator: ", "))\(isSealed ? "" : ", not sealed")" }
    }

    static let casts = [
        Cast(
            codes: ["b1", "b2", "7"], isSealed: true, rows: ["7|v7|m", "b1|vb1|m", "b2|vb2|m"],
            aside: ["0|vb1|m", "0|vb2|m"]),
        Cast(codes: ["b1", "7"], isSealed: true, rows: ["7|v7|m", "b1|vb1|m"]),
        Cast(codes: ["b1", "b2", "7"], isSealed: false, rows: ["7|v7|m"], aside: ["0|vb1|m", "0|vb2|m"]),
    ]

    @Test("A key that CAST makes of texts that begin with no number is nobody's new row", arguments: casts)
    func cast(item: Cast) throws {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: Self.schema)
        let values = item.codes.map { "('\($0)', 'v\($0)', 'm')" }.joined(separator: ", ")
        try village.sqlite(item.isSealed ? "a" : "b", "INSERT INTO c VALUES \(values)")
        if item.isSealed { #expect(try village.caravan("b", "sync").status == 0) }
        let count = try village.sqlite("b", "SELECT count(*) FROM caravan_changeset").out
        try village.done(
            village.sqlite(
                "b",
                """
                BEGIN; CREATE TABLE q (code INTEGER, v TEXT, more TEXT); INSERT INTO q SELECT CAST(code AS INTEGER), v, \
                more FROM c; DROP TABLE c; ALTER TABLE q RENAME TO c; COMMIT
                """))
        for _ in 0..<2 { #expect(try village.caravan("b", "sync").status == 0) }
        for node in ["a", "b"] {
            #expect(try village.sqlite(node, "SELECT * FROM c ORDER BY code").lines == item.rows, "\(node)")
            #expect(try village.caravan(node, "verify", "--deep").status == 0, "\(node)")
        }
        if item.isSealed {
            #expect(try village.sqlite("b", "SELECT count(*) FROM caravan_changeset").out == count)
        }
        let kept = item.aside.isEmpty ? [] : try village.sqlite("b", "SELECT * FROM c__local ORDER BY v").lines
        #expect(kept == item.aside)
        #expect(try (village.caravan("b", "doctor").out == "nothing is wrong\n") == item.aside.isEmpty)
    }
}
