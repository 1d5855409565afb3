import ReplicaModel
import Testing

@testable import ReplicaStore

@Suite("A deleted row comes back whole")
struct ComingBackTests {
    private static let schema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)"

    private func agree(_ world: World) throws {
        for site in world.sites.indices {
            try world.expectDefinition(site, "site \(site)")
        }
        #expect(Set(try world.sites.map { try $0.replica.reports.digest() }).count == 1)
    }

    @Test(
        "With the default of a column that nobody wrote, also where it was changed and deleted before it was sealed",
        arguments: [
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

    @Test(
        "Of a table that two admins create apart, a default that is not the same everywhere is none where somebody did not declare the column",
        arguments: [
            ("TEXT DEFAULT (lower(hex(randomblob(4))))", Value.null), ("TEXT DEFAULT 1.50", .null),
            ("INTEGER DEFAULT 'x'", .null), ("INTEGER DEFAULT 7", .integer(7)),
            ("TEXT DEFAULT 'it''s'", .text("it's")),
        ])
    func unsteady(column: String, shown: Value) throws {
        let world = try World(schema: Self.schema, skews: [0, 1], role: .admin)
        try world.define(0, "CREATE TABLE u (id TEXT NOT NULL PRIMARY KEY, c \(column))")
        try world.define(1, "CREATE TABLE u (id TEXT NOT NULL PRIMARY KEY, d TEXT)")
        for site in 0...1 { try world.write(site, ["INSERT INTO u(id) VALUES ('of \(site)')"]) }
        try world.meet()
        #expect(Set(try world.sites.map { try $0.replica.reports.digest() }).count == 1)
        #expect(try world.sites[0].replica.reports.verifyDeep(progress: { _, _ in }).isEmpty)
        for site in 0...1 {
            #expect(
                try world.sites[site].replica.connection.value("SELECT c FROM u WHERE id = 'of 1'") == shown,
                "site \(site)")
        }
    }
}
