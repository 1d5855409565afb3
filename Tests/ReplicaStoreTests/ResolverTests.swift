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
}
