import ReplicaModel
import SQLiteAccess
import SyncSimulator
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("Many rows of one changeset are folded like each by itself")
struct BulkFoldTests {
    private static let schema = """
        CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY, a TEXT, b INTEGER);
        CREATE TABLE c (id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES p(id), u TEXT UNIQUE, n INTEGER CHECK (n < 90));
        CREATE TABLE q (id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES p(id), u TEXT UNIQUE, n INTEGER);
        """

    /// One statement about a range of keys.
    private func statement(_ random: inout SeededGenerator) -> String {
        let first = Int.random(in: 0..<120, using: &random)
        let last = first + Int.random(in: 1...80, using: &random)
        let numbers = "WITH n(i) AS (SELECT \(first) UNION ALL SELECT i + 1 FROM n WHERE i < \(last))"
        let word = random.pick(["x", "y", "z"])
        let among = "id BETWEEN printf('%04d', \(first)) AND printf('%04d', \(last))"
        let some = "\(among) AND CAST(id AS INTEGER) % \(random.pick([1, 1, 2, 7])) = 0"
        let child = random.pick(["c", "q"])
        let referred = "SELECT p FROM c WHERE p IS NOT NULL UNION SELECT p FROM q WHERE p IS NOT NULL"
        return random.pick([
            "\(numbers) INSERT OR IGNORE INTO p SELECT printf('%04d', i), '\(word)', i FROM n",
            "\(numbers) INSERT OR IGNORE INTO \(child) SELECT printf('%04d', i), printf('%04d', i), '\(word)' || i, i FROM n",
            "\(numbers) INSERT OR REPLACE INTO p SELECT printf('%04d', i), NULL, -i FROM n",
            "UPDATE p SET a = '\(word)\(first)' WHERE \(some)",
            "UPDATE p SET b = \(last), a = NULL WHERE \(some)",
            "UPDATE p SET b = b + 1 WHERE \(some)",
            "UPDATE \(child) SET n = n - 3 WHERE \(some)",
            "UPDATE OR IGNORE \(child) SET u = '\(word)' || (n + 1) WHERE \(some)",
            "UPDATE \(child) SET p = printf('%04d', \(first)) WHERE \(some)",
            "DELETE FROM \(child) WHERE \(some)",
            "DELETE FROM p WHERE \(some) AND id NOT IN (\(referred))",
        ])
    }

    @Test("Random histories of writes to ranges of rows", arguments: 0..<8)
    func histories(seed: Int) throws {
        var random = SeededGenerator(seed)
        let world = try World(schema: Self.schema, skews: [0, 3, -3_600_000])
        for step in 0..<16 {
            let site = step % 3
            for _ in 0...Int.random(in: 0...2, using: &random) {
                try world.write(site, ["PRAGMA foreign_keys = ON", statement(&random)])
                if random.chance(60) { try world.seal(site) }
            }
            let other = (site + Int.random(in: 1...2, using: &random)) % 3
            try world.pull(site, from: other, most: random.chance(60) ? .max : 2)
            if step % 4 == 3 { try world.expectDefinition(site, "seed \(seed), step \(step)") }
        }
        try world.meet()
        try world.agree("seed \(seed), end")
        #expect(try world.isOne(), "seed \(seed)")
        for site in world.sites {
            #expect(try site.replica.reports.verifyDeep(progress: { _, _ in }).isEmpty, "seed \(seed)")
        }
    }

    /// Two sites and a member whose changesets are made by hand.
    private func forgery() throws -> (World, Forger, Context) {
        let world = try World(
            schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT NOT NULL, b TEXT)", skews: [0, 0])
        let author = Forger(SigningKey())
        try world.admit(author.key)
        return (world, author, try world.control())
    }

    private func key(_ number: Int) -> [Value] { [.text("row \(number + 10_000)")] }

    private func standings(_ world: World) throws -> [Bool] {
        var out: [Bool] = []
        try world.sites[1].replica.reports.log(LogFilter(isReversed: true)) { report in
            if report.feed.scope == .alliance { out.append(report.standing == .counts) }
        }
        return out
    }

    @Test("Of a changeset that turns out void behind many rows nothing is left, and the others of its batch count")
    func voidInserts() throws {
        var (world, author, control) = try forgery()
        let (columns, row): ([Identifier], [Value]) = (["a", "b"], [.text("x"), .null])
        func write(_ from: Int, _ values: [Value]) throws -> IncomingChangeset {
            try author.next(seeing: from == 0 ? control : [:]) {
                $0.beginTable(name: "t", key: ["id"], valueColumns: columns)
                for number in from..<from + 3000 { $0.insert(key: key(number), values: row) }
                $0.insert(key: key(from + 3000), values: values)
            }
        }
        try world.take([write(0, row), write(4000, [.null, .null]), write(8000, row)], at: 1)
        #expect(try standings(world) == [true, false, true])
        #expect(try world.value(1, "SELECT count(*) FROM t") == .integer(6002))
        try world.expectRepeatable(1)
    }

    @Test("So it is where the last of many updates is of a row that nobody inserted")
    func voidUpdates() throws {
        var (world, author, control) = try forgery()
        let inserts = try author.next(seeing: control) {
            $0.beginTable(name: "t", key: ["id"], valueColumns: ["a", "b"])
            for number in 0..<1000 { $0.insert(key: key(number), values: [.text("x"), .null]) }
        }
        let updates = try author.next {
            $0.beginTable(name: "t", key: ["id"], valueColumns: ["a", "b"])
            for number in 0...1000 { $0.update(key: key(number), columns: [(0, .text("y"))]) }
        }
        let last = try author.next {
            $0.beginTable(name: "t", key: ["id"], valueColumns: ["a", "b"])
            for number in 0..<500 { $0.update(key: key(number), columns: [(1, .text("z"))]) }
        }
        try world.take([inserts, updates, last], at: 1)
        #expect(try standings(world) == [true, false, true])
        #expect(try world.value(1, "SELECT count(*) FROM t WHERE a = 'x'") == .integer(1000))
        #expect(try world.value(1, "SELECT count(*) FROM t WHERE b = 'z'") == .integer(500))
        try world.expectRepeatable(1)
    }

    @Test("One that turns out void keeps no row that is lost here from being put right, and from being updated")
    func voidBeforeLost() throws {
        var (world, author, control) = try forgery()
        let columns: [Identifier] = ["a", "b"]
        let first = try author.next(seeing: control) {
            $0.beginTable(name: "t", key: ["id"], valueColumns: columns)
            for number in 0..<3 { $0.insert(key: key(number), values: [.text("x"), .null]) }
        }
        try world.take([first], at: 1)
        let client = try Connection(path: world.sites[1].replica.path, access: .readWrite)
        try client.configure(.triggers, on: false)
        try client.run("DELETE FROM t WHERE id = 'row 10001'")
        let void = try author.next {
            $0.beginTable(name: "t", key: ["id"], valueColumns: columns)
            for number in 100..<3000 { $0.insert(key: key(number), values: [.text("x"), .null]) }
            $0.insert(key: key(5000), values: [.null, .null])
        }
        let update = try author.next {
            $0.beginTable(name: "t", key: ["id"], valueColumns: columns)
            $0.update(key: key(1), columns: [(1, .text("y"))])
        }
        try world.take([void, update], at: 1)
        #expect(try standings(world) == [true, false, true])
        #expect(try world.value(1, "SELECT b FROM t WHERE id = 'row 10001'") == .text("y"))
        #expect(try world.value(1, "SELECT count(*) FROM t") == .integer(3))
    }

    @Test("Rows that are known among many that are not keep what others wrote beside it")
    func known() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0, 5])
        let all = "WITH n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 399)"
        try world.write(0, ["\(all) INSERT INTO t SELECT i, 'first' FROM n"])
        try world.write(1, ["\(all) INSERT INTO t SELECT i, 'second' FROM n WHERE i % 90 = 7"])
        try world.meet()
        try world.agree()
        #expect(try world.conflicts(0).count == 3)
        #expect(try world.value(0, "SELECT count(*) FROM t") == .integer(300))
    }
}

extension World {
    /// The log makes of itself what the site shows.
    func expectRepeatable(_ site: Int) throws {
        #expect(try sites[site].replica.reports.verifyDeep(progress: { _, _ in }).isEmpty)
    }
}
