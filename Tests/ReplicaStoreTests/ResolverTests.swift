import ReplicaModel
import SQLiteAccess
import Testing

@testable import ReplicaStore

@Suite("What settles a report closes it, on every node")
struct ResolverTests {
    /// Two sites that wrote one cell apart, and have met since.
    private func conflict() throws -> World {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, b TEXT)", skews: [0, 5])
        try world.write(0, ["INSERT INTO t VALUES ('1', 'first', 'b')"])
        try world.meet()
        for site in 0...1 { try world.write(site, ["UPDATE t SET a = 'of site \(site)'"]) }
        try world.meet()
        for site in 0...1 { #expect(try world.conflicts(site).count == 1) }
        return world
    }

    private func resolve(_ resolution: Resolution, _ world: World, key: String = "1", at site: Int = 0) throws {
        try world.seal(site)
        try Resolver(replica: world.sites[site].replica, now: World.now + 1000).resolve(
            resolution, table: "t", key: [.text(key)])
        try world.seal(site)
    }

    private func expectSettled(_ world: World, as value: String) throws {
        #expect(try world.conflicts(0).isEmpty)
        try world.meet()
        for site in 0...1 {
            #expect(try world.conflicts(site).isEmpty)
            #expect(try world.tables(site)[.init(table: "t", key: [.text("1")])]?["a"] == .text(value))
            try world.expectDefinition(site)
        }
    }

    @Test("Taking what is shown is a write of it")
    func shown() throws {
        let world = try conflict()
        try resolve(.takeShown(column: "a"), world)
        try expectSettled(world, as: "of site 1")
    }

    @Test("So is the value of the other site")
    func otherSite() throws {
        let world = try conflict()
        try resolve(.takeSite(column: "a", site: world.sites[0].key.site), world)
        try expectSettled(world, as: "of site 0")
    }

    @Test("So is the value of either changeset", arguments: [0, 1])
    func write(site: Int) throws {
        let world = try conflict()
        for report in try world.conflicts(0) {
            guard case .cell(_, _, let candidates) = report.kind else { continue }
            let wanted = try #require(candidates.first { $0.write.site == world.sites[site].key.site }).write
            try resolve(.takeWrite(column: "a", feed: wanted.feed, seq: wanted.seq), world)
            try expectSettled(world, as: "of site \(site)")
        }
    }

    @Test("So is a value that stands there already", arguments: ["of site 1", "a third"])
    func sameValue(value: String) throws {
        let world = try conflict()
        try resolve(.value(column: "a", literal: "'\(value)'"), world)
        try expectSettled(world, as: value)
    }

    @Test("A row that was deleted and edited apart stays, and is not listed any more, once somebody keeps it")
    func kept() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, b TEXT)", skews: [0, 5])
        try world.write(0, ["INSERT INTO t VALUES ('1', 'first', 'b')"])
        try world.meet()
        try world.write(0, ["DELETE FROM t"])
        try world.write(1, ["UPDATE t SET a = 'edited'"])
        try world.meet()
        for site in 0...1 { #expect(try world.conflicts(site).map(\.kindName) == ["deleted-edited"]) }
        try resolve(.keepRow, world)
        try expectSettled(world, as: "edited")
    }

    @Test("Two people who merge two rows into each other lose neither")
    func mergedIntoEachOther() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, b TEXT)", skews: [0, 5])
        try world.write(0, ["INSERT INTO t VALUES ('1', 'one', 'b')", "INSERT INTO t VALUES ('2', 'two', 'b')"])
        try world.meet()
        try resolve(.mergeInto(key: [.text("2")], taking: []), world, key: "1", at: 0)
        try resolve(.mergeInto(key: [.text("1")], taking: ["a"]), world, key: "2", at: 1)
        try world.meet()
        for site in 0...1 {
            #expect(try world.tables(site).count == 2)
            try world.expectDefinition(site)
        }
    }

    @Test("A row that others are merged into keeps its values, and takes those that it lacks where it is to")
    func gaps() throws {
        let world = try World(
            schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, b TEXT, c TEXT)", skews: [0])
        for fills in [false, true] {
            try world.write(
                0, ["DELETE FROM t", "INSERT INTO t VALUES ('1', 'one', 'b', NULL), ('2', NULL, 'x', NULL)"])
            try resolve(.mergeInto(key: [.text("2")], taking: [], fillsGaps: fills), world, key: "1", at: 0)
            #expect(
                try world.sites[0].replica.connection.rows("SELECT * FROM t") == [
                    [.text("2"), fills ? .text("one") : .null, .text("x"), .null]
                ])
        }
    }

    @Test("Where rows that refer to two that are merged would be equal in a UNIQUE, they are named")
    func equalReferrers() throws {
        let world = try World(
            schema: """
                CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT UNIQUE);
                CREATE TABLE c (id TEXT NOT NULL PRIMARY KEY, t TEXT REFERENCES t(id), v INTEGER, UNIQUE (v, t));
                CREATE TABLE k (t TEXT NOT NULL REFERENCES t(id), v INTEGER NOT NULL, PRIMARY KEY (t, v));
                """, skews: [0])
        try world.write(0, ["INSERT INTO t VALUES ('1', 'a'), ('2', 'b')"])
        try world.write(0, ["INSERT INTO c VALUES ('x', '1', 7), ('y', '2', 7), ('z', '1', 8)"])
        let merge = Resolution.mergeInto(key: [.text("2")], taking: [])
        let said = #expect(throws: StoreError.self) { try resolve(merge, world, key: "1", at: 0) }
        #expect(said.map { "\($0)" }?.contains("rows x and y of c would then be equal in a UNIQUE") == true)
        try world.write(0, ["UPDATE c SET v = 9 WHERE id = 'x'", "INSERT INTO k VALUES ('1', 3), ('2', 3), ('2', 4)"])
        let other = #expect(throws: StoreError.self) { try resolve(merge, world, key: "1", at: 0) }
        #expect(other.map { "\($0)" }?.contains("of k would then be equal in a UNIQUE") == true)
        try world.write(0, ["DELETE FROM k WHERE t = '1'"])
        try resolve(merge, world, key: "1", at: 0)
        #expect(
            try world.sites[0].replica.connection.rows("SELECT DISTINCT t FROM c UNION SELECT t FROM k") == [
                [.text("2")]
            ])
    }
}
