import ReplicaModel
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("Sealing")
struct SealTests {
    private static let schema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, b INTEGER)"

    private func stamps(_ world: World) throws -> [Stamp] {
        var out: [Stamp] = []
        try world.sites[0].replica.reports.log(LogFilter(isReversed: true)) { out.append($0.stamp) }
        return out
    }

    private func write(_ world: World, _ sql: String, at time: Int64) throws {
        try world.write(0, [sql])
        try world.sites[0].replica.connection.run("UPDATE caravan_pending_1 SET time = \(time)")
        try world.seal(0)
    }

    @Test(
        "A clock that stood years ahead and was set back is forgotten: stamps go on from the greatest that is at most a day ahead"
    )
    func clockSetBack() throws {
        let world = try World(schema: Self.schema, skews: [0])
        let (now, year) = (World.now, Int64(365 * 86_400_000))
        try write(world, "INSERT INTO t(id) VALUES ('1')", at: now)
        try write(world, "INSERT INTO t(id) VALUES ('2')", at: now + 3_600_000)
        try write(world, "INSERT INTO t(id) VALUES ('3')", at: now + 9 * year)
        try write(world, "INSERT INTO t(id) VALUES ('4')", at: now)
        try write(world, "INSERT INTO t(id) VALUES ('5')", at: now)
        let found = try stamps(world)
        #expect(found[2] == Stamp(milliseconds: now + 9 * year))
        #expect(found[3] == Stamp(bits: found[1].bits + 1))
        #expect(found[4] == Stamp(bits: found[3].bits + 1))
    }

    @Test(
        "What a delete archives of a cell that was changed and never sealed is what was sealed", arguments: [1, 2000])
    func archive(rows: Int) throws {
        let world = try World(schema: Self.schema, skews: [0, 0])
        let fill =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(rows)) INSERT INTO t SELECT i, hex(randomblob(200)), i FROM n"
        try world.write(0, [fill])
        try world.seal(0)
        try world.write(0, ["UPDATE t SET b = -b WHERE b % 3 = 0"])
        try world.seal(0)
        try world.pull(1, from: 0)
        let before = try world.tables(1)
        // Site 0 edits and deletes without sealing between; site 1 edits what site 0 had not seen, so every row comes
        // back whole.
        try world.write(0, ["UPDATE t SET a = 'never sealed'", "UPDATE t SET b = 0 WHERE b % 2 = 0", "DELETE FROM t"])
        try world.write(1, ["UPDATE t SET a = a || '!'"])
        try world.meet()
        let expected = before.mapValues { row in row.merging(["a": edited(row["a"])]) { $1 } }
        for site in 0...1 {
            #expect(try world.tables(site) == expected)
            #expect(try world.tables(site) == world.defined(site).rows)
        }
    }

    private func edited(_ value: Value?) -> Value {
        if case .text(let bytes)? = value { .text(bytes + [0x21]) } else { .null }
    }

    @Test("A row that is replaced again and again keeps a clock of one size")
    func replaced() throws {
        let world = try World(schema: Self.schema, skews: [0])
        var sizes: [Value?] = []
        for number in 0..<20 {
            try world.write(0, ["INSERT OR REPLACE INTO t VALUES ('1', 'x', \(number))"])
            try world.seal(0)
            sizes.append(try world.sites[0].replica.connection.value("SELECT length(state) FROM caravan_clock_1"))
        }
        #expect(sizes[1] == sizes[19])
        #expect(sizes[19] != nil)
    }

    @Test("A configured limit on values holds from the next time that the replica is opened")
    func valueLimit() throws {
        let world = try World(schema: Self.schema, skews: [0])
        _ = try Replica(path: world.sites[0].replica.path, valueBytesMax: 2048)
        try world.write(
            0,
            [
                "INSERT INTO t(id, a) VALUES ('1', hex(zeroblob(1024)))",
                "INSERT INTO t(id, a) VALUES ('2', hex(zeroblob(1025)))",
            ])
        #expect(try world.tables(0).keys.map(\.key) == [[.text("1")]])
        // A value that was there before, or came from a node with a higher limit, may stay while others of its row are
        // written.
        _ = try Replica(path: world.sites[0].replica.path, valueBytesMax: 1024)
        try world.write(0, ["UPDATE t SET b = 7 WHERE id = '1'", "UPDATE t SET a = a || 'x' WHERE id = '1'"])
        let row = try #require(try world.tables(0).values.first)
        #expect(row["b"] == .integer(7))
        #expect(row["a"] == .text(String(repeating: "0", count: 2048)))
    }
}
