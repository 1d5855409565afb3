import Foundation
import Testing

@Suite("Upserts of programs that know nothing of the node")
struct UpsertTests {
    let village: Village
    let address: String

    init() throws {
        village = try Village()
        address = try village.found(
            "a", others: ["b"], schema: "CREATE TABLE d (id TEXT NOT NULL PRIMARY KEY, code TEXT UNIQUE, v TEXT);")
    }

    private func sync() throws {
        #expect(try village.caravan("b", "sync", address).status == 0)
        #expect(try village.digest("a") == village.digest("b"))
    }

    private func rows(_ node: String) throws -> [String] {
        try village.sqlite(node, "SELECT * FROM d ORDER BY id").lines
    }

    /// Two rows of one code, entered apart.
    private func enterTwice() throws {
        try village.sqlite("a", "INSERT INTO d VALUES ('1', 'c', 'x')")
        try village.sqlite("b", "INSERT INTO d VALUES ('2', 'c', 'y')")
        try sync()
        #expect(try rows("b") == ["1|c|x", "2|c|y"])
    }

    @Test("While no two rows are equal each form does what SQLite says, and the other node has the same")
    func distinct() throws {
        try village.sqlite("b", "INSERT INTO d VALUES ('1', 'c', 'x'), ('2', 'd', 'y')")
        for (sql, expected) in [
            ("INSERT INTO d VALUES ('3', 'c', 'z') ON CONFLICT(code) DO UPDATE SET v = 'up'", ["1|c|up", "2|d|y"]),
            (
                "INSERT INTO d VALUES ('1', 'e', 'z') ON CONFLICT(id) DO UPDATE SET code = excluded.code",
                ["1|e|up", "2|d|y"]
            ),
            ("INSERT INTO d VALUES ('3', 'e', 'z') ON CONFLICT DO NOTHING", ["1|e|up", "2|d|y"]),
            ("INSERT OR IGNORE INTO d VALUES ('3', 'd', 'z')", ["1|e|up", "2|d|y"]),
            ("INSERT OR REPLACE INTO d VALUES ('3', 'd', 'z')", ["1|e|up", "3|d|z"]),
            ("REPLACE INTO d VALUES ('1', 'd', 'w')", ["1|d|w"]),
            ("UPDATE OR REPLACE d SET code = 'd'", ["1|d|w"]),
        ] {
            let outcome = try village.sqlite("b", sql)
            #expect(outcome.status == 0, "\(sql): \(outcome.err)")
            #expect(try rows("b") == expected, "\(sql)")
            try sync()
            #expect(try rows("a") == expected, "\(sql)")
        }
    }

    @Test(
        "While rows entered apart are equal, forms by the key do what they do, and a further equal row is refused whatever the form"
    )
    func listed() throws {
        try enterTwice()
        try village.sqlite("b", "INSERT INTO d VALUES ('0', 'a', 'w')")
        for (sql, said) in [
            ("INSERT INTO d VALUES ('3', 'c', 'z')", "caravan conflicts"),
            ("INSERT OR IGNORE INTO d VALUES ('3', 'c', 'z')", "caravan conflicts"),
            ("INSERT OR REPLACE INTO d VALUES ('3', 'c', 'z')", "caravan conflicts"),
            ("INSERT INTO d VALUES ('3', 'c', 'z') ON CONFLICT DO NOTHING", "caravan conflicts"),
            ("REPLACE INTO d VALUES ('0', 'c', 'z')", "caravan conflicts"),
            (
                "INSERT INTO d VALUES ('0', 'c', 'z') ON CONFLICT(id) DO UPDATE SET code = excluded.code",
                "caravan conflicts"
            ),
            (
                "INSERT INTO d VALUES ('3', 'n', 'z') ON CONFLICT(code) DO NOTHING",
                "does not match any PRIMARY KEY or UNIQUE constraint"
            ),
        ] {
            let outcome = try village.sqlite("b", sql)
            #expect(outcome.status != 0, "\(sql)")
            #expect(outcome.err.contains(said), "\(outcome.err)")
            #expect(try rows("b") == ["0|a|w", "1|c|x", "2|c|y"], "\(sql)")
        }
        for sql in [
            "INSERT INTO d VALUES ('1', 'c', 'up') ON CONFLICT(id) DO UPDATE SET code = excluded.code, v = excluded.v",
            "REPLACE INTO d VALUES ('2', 'c', 'down')",
            "INSERT OR IGNORE INTO d VALUES ('2', 'c', 'never')", "INSERT OR IGNORE INTO d VALUES ('3', 'n', 'z')",
            "REPLACE INTO d VALUES ('3', 'n', 'w')",
            "INSERT INTO d SELECT '4', 'c', 'z' WHERE NOT EXISTS (SELECT 1 FROM d WHERE code = 'c')",
        ] {
            let outcome = try village.sqlite("b", sql)
            #expect(outcome.status == 0, "\(sql): \(outcome.err)")
        }
        try sync()
        #expect(try rows("a") == ["0|a|w", "1|c|up", "2|c|down", "3|n|w"])
        #expect(try village.caravan("a", "conflicts", "--kind", "duplicate", "--check").status == 1)
        #expect(try village.caravan("b", "verify", "--deep").status == 0)
    }

    @Test("Once they are settled, upserts by the column work again on both nodes")
    func settled() throws {
        try enterTwice()
        #expect(try village.caravan("b", "resolve", "d", "2", "--merge-into", "1").status == 0)
        try sync()
        for node in ["a", "b"] {
            #expect(
                try village.sqlite(
                    node, "INSERT INTO d VALUES ('9', 'c', '\(node)') ON CONFLICT(code) DO UPDATE SET v = excluded.v"
                ).status == 0)
            #expect(try rows(node) == ["1|c|\(node)"])
        }
    }

    @Test("`sql` says why an upsert by a column is refused while rows are equal in it, and the way out")
    func hint() throws {
        try enterTwice()
        let outcome = try village.caravan(
            "b", "sql", "INSERT INTO d VALUES ('3', 'n', 'z') ON CONFLICT(code) DO NOTHING")
        #expect(outcome.status == 2)
        #expect(outcome.err.contains("`caravan conflicts` lists them"), "\(outcome.err)")
    }
}
