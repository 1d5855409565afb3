import ReplicaModel
import Testing

@testable import ReplicaStore

@Suite("A deleted row comes back whole")
struct ComingBackTests {
    private static let schema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)"

    private func agree(_ world: World) throws {
        for site in world.sites.indices {
            #expect(try world.tables(site) == world.shown(world.defined(site), site), "site \(site)")
        }
        #expect(Set(try world.sites.map { try $0.replica.digest() }).count == 1)
    }

    @Test("With the default of a column that nobody wrote, also where it was changed and deleted before it was sealed", arguments: [
        "t: b TEXT DEFAULT 'd'", "t: b TEXT NOT NULL DEFAULT 'd'",
    ])
    func unwritten(column: String) throws {
        let world = try World(schema: Self.schema, skews: [0, 1], role: .admin)
        try world.write(0, ["INSERT INTO t VALUES ('k', 'x')"])
        try world.meet()
        try world.define(0, column)
        try world.write(0, ["UPDATE t SET a = 'y'", "DELETE FROM t"])
        try world.write(1, ["UPDATE t SET a = 'z'"])
        try world.meet()
        try agree(world)
        #expect(try world.tables(0)[.init(table: "t", key: [.text("k")])] == ["a": .text("z"), "b": .text("d")])
    }

    @Test("With the default that the column has by then, where another definition of it gave another")
    func moved() throws {
        let world = try World(schema: Self.schema, skews: [0, 1, 2], role: .admin)
        try world.write(0, ["INSERT INTO t VALUES ('k', 'x')"])
        try world.meet()
        for site in 0...1 {
            try world.define(site, "t: b TEXT DEFAULT 'of \(site)'")
            try world.write(site, ["DELETE FROM t"])
            try world.seal(site)
        }
        try world.write(2, ["UPDATE t SET a = 'z'"])
        try world.pull(0, from: 1)
        try world.pull(1, from: 0)
        try world.meet()
        try agree(world)
        #expect(try world.tables(0).count == 1)
    }
}
