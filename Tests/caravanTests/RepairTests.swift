import Foundation
import Testing

@Suite("Writes that no trigger saw")
struct RepairTests {
    private static let schema = """
        CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY, a TEXT, b INTEGER, code TEXT UNIQUE);
        CREATE TABLE n (id INTEGER NOT NULL, k TEXT NOT NULL, v TEXT, PRIMARY KEY (id, k)) WITHOUT ROWID;
        """

    /// Writes as a program does that turns triggers off.
    private static func unseen(_ village: Village, _ node: String, _ sql: String) throws {
        #expect(
            try Shell.run(
                "sqlite3",
                [
                    "-cmd", ".timeout 5000", "-cmd", ".dbconfig enable_trigger off",
                    village.home(node) + "/replica.sqlite", sql,
                ]
            ).status == 0)
    }

    private static func village() throws -> Village {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: schema)
        try village.sqlite(
            "a",
            "INSERT INTO p VALUES ('1', 'x', 1, 'c1'), ('2', 'x', 2, 'c2'), ('3', 'x', 3, NULL); INSERT INTO n VALUES (1, 'k', 'x')"
        )
        #expect(try village.caravan("b", "sync").status == 0)
        return village
    }

    private static func expectSame(_ village: Village, rows: String) throws {
        for _ in 0..<2 { #expect(try village.caravan("b", "sync").status == 0) }
        for node in ["a", "b"] {
            let found = try village.sqlite(node, "SELECT id, a, b FROM p ORDER BY id; SELECT id, k, v FROM n").lines
                .joined(separator: " ")
            #expect(found == rows, "\(node)")
            #expect(try village.caravan(node, "verify", "--deep").out.contains("nothing is wrong"), "\(node)")
            #expect(
                try village.json(village.caravan(node, "status", "--json")).first?["waiting"] as? Int == 0, "\(node)")
        }
        #expect(try village.digest("a") == village.digest("b"))
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        /// The statement that b makes with triggers off.
        let unseen: String
        /// The SQL on the same key at a.
        let other: String
        /// The rows that all show once it is merged.
        let rows: String
        var conflicts = 0
        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "an insert, and an insert of the same key", unseen: "INSERT INTO p VALUES ('4', 'b', 4, 'c4')",
            other: "INSERT INTO p VALUES ('4', 'a', 4, 'c4')",
            rows: "1|x|1 2|x|2 3|x|3 4|%|4 1|k|x", conflicts: 1),
        Case(
            name: "an insert without rowid, and one of the same key", unseen: "INSERT INTO n VALUES (2, 'k', 'b')",
            other: "INSERT INTO n VALUES (2, 'k', 'a')",
            rows: "1|x|1 2|x|2 3|x|3 1|k|x 2|k|%", conflicts: 1),
        Case(
            name: "a delete, and an update", unseen: "DELETE FROM p WHERE id = '2'",
            other: "UPDATE p SET a = 'a' WHERE id = '2'",
            rows: "1|x|1 2|a|2 3|x|3 1|k|x"),
        Case(
            name: "a delete, and a delete", unseen: "DELETE FROM p WHERE id = '2'",
            other: "DELETE FROM p WHERE id = '2'", rows: "1|x|1 3|x|3 1|k|x"),
        Case(
            name: "deletes, and one of them updated", unseen: "DELETE FROM p; DELETE FROM n",
            other: "UPDATE n SET v = 'a'; UPDATE p SET b = 9 WHERE id = '1'",
            rows: "1|x|9 2|x|2 3|x|3 1|k|a"),
        Case(
            name: "a delete and an insert of its UNIQUE value, and an update",
            unseen: "DELETE FROM p WHERE id = '2'; INSERT INTO p VALUES ('5', 'b', 5, 'c2')",
            other: "UPDATE p SET a = 'a' WHERE id = '2'", rows: "1|x|1 2|a|2 3|x|3 5|b|5 1|k|x", conflicts: 1),
    ]

    @Test(
        "A merge that meets what no trigger saw puts back what is missing, seals what is new as an edit apart, and loses nobody's change",
        arguments: cases)
    func merged(item: Case) throws {
        let village = try Self.village()
        try Self.unseen(village, "b", item.unseen)
        #expect(try village.sqlite("a", item.other).status == 0)
        for _ in 0..<2 { #expect(try village.caravan("b", "sync").status == 0) }
        let winner =
            try village.sqlite(
                "a", item.rows.contains("k|%") ? "SELECT v FROM n WHERE id = 2" : "SELECT a FROM p WHERE id = '4'"
            ).lines.first ?? ""
        try Self.expectSame(village, rows: item.rows.replacing("%", with: winner))
        for node in ["a", "b"] {
            #expect(try village.json(village.caravan(node, "conflicts", "--json")).count == item.conflicts, "\(node)")
        }
    }

    @Test(
        "verify --deep names the table and the way out; repair puts back missing rows and keeps what was written as edits, and everybody gets them"
    )
    func repaired() throws {
        let village = try Self.village()
        try Self.unseen(
            village, "b",
            "INSERT INTO p VALUES ('4', 'b', 4, 'c4'); UPDATE p SET a = 'edit' WHERE id = '1'; DELETE FROM p WHERE id = '2'"
        )
        let found = try village.caravan("b", "verify", "--deep")
        #expect(found.status == 1)
        #expect(found.out.contains("`caravan repair p`"))
        let repaired = try village.caravan("b", "repair", "p", "--json")
        #expect(repaired.status == 0)
        #expect(
            try village.json(repaired).map { "\($0["table"] ?? "") \($0["restored"] ?? "") \($0["offered"] ?? "")" }
                == ["p 1 2"])
        try village.sqlite("a", "UPDATE p SET b = 11 WHERE id = '1'; UPDATE p SET b = 12 WHERE id = '2'")
        try Self.expectSame(village, rows: "1|edit|11 2|x|12 3|x|3 4|b|4 1|k|x")
        #expect(
            try village.caravan("b", "repair").lines == [
                "n: 0 rows put back, 0 rows kept as edits", "p: 0 rows put back, 0 rows kept as edits",
            ])
    }

    @Test("repair at a reader says where it keeps what nobody else can get")
    func reader() throws {
        let village = try Self.village()
        #expect(try village.caravan("a", "member", "role", "b", "reader").status == 0)
        #expect(try village.caravan("b", "sync").status == 0)
        try Self.unseen(village, "b", "UPDATE p SET a = 'edit' WHERE id = '1'; DELETE FROM p WHERE id = '2'")
        #expect(
            try village.caravan("b", "repair", "p").lines == [
                "p: 1 row put back, 1 row kept in p__local, for this node may not write"
            ])
        #expect(try village.sqlite("b", "SELECT a FROM p__local").lines == ["edit"])
        try Self.expectSame(village, rows: "1|x|1 2|x|2 3|x|3 1|k|x")
    }

    @Test("repair leaves alone what was noted: a delete stays one, an edit is sealed once")
    func noted() throws {
        let village = try Self.village()
        try village.sqlite("b", "DELETE FROM p WHERE id = '3'; UPDATE p SET a = 'noted' WHERE id = '1'")
        try Self.unseen(village, "b", "DELETE FROM n")
        #expect(
            try village.caravan("b", "repair").lines == [
                "n: 1 row put back, 0 rows kept as edits", "p: 0 rows put back, 0 rows kept as edits",
            ])
        try Self.expectSame(village, rows: "1|noted|1 2|x|2 1|k|x")
    }

    @Test("A table that is not replicated is refused by name")
    func unknown() throws {
        let village = try Self.village()
        let outcome = try village.caravan("b", "repair", "nowhere")
        #expect(outcome.status != 0)
        #expect(outcome.err.contains("nowhere"))
    }
}
