import ReplicaModel
import ReplicaSchema
import SQLiteAccess
import SyncSimulator
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("An alliance of many tables")
struct ManyTablesTests {
    private static let count = 40

    private static func tables(_ numbers: Range<Int>) -> String {
        numbers.map { "CREATE TABLE u\($0) (id TEXT NOT NULL PRIMARY KEY, t TEXT REFERENCES t(id), v TEXT)" }
            .joined(separator: "; ")
    }

    private func world() throws -> World {
        try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0, 1], role: .admin)
    }

    /// The texts of the node's triggers, by the names.
    private func triggers(_ world: World, _ site: Int) throws -> [[Value]] {
        try world.sites[site].replica.connection.rows(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    }

    /// Expects that the triggers are those that should be there, and that another connection can read them.
    private func expectWhole(_ world: World, _ site: Int) throws {
        let replica = world.sites[site].replica
        var wanted: [Identifier: String] = [:]
        for texts in try replica.read().capture.captureTriggers().values {
            wanted.merge(texts, uniquingKeysWith: { first, _ in first })
        }
        let present = try triggers(world, site)
        #expect(present.count == wanted.count)
        for row in present {
            let name = try #require(row[0].identifier)
            #expect(row[2] == wanted[name].map { Value.text($0) }, "site \(site): \(name)")
        }
        let other = try Connection(path: replica.path, access: .readWrite)
        #expect(try other.value("PRAGMA integrity_check") == .text("ok"))
        let kinds = try replica.reports.findings().map(\.kind)
        #expect(Set(kinds).isSubset(of: ["conflicts", "definitions"]), "site \(site): \(kinds)")
    }

    @Test("Tables that come together get their triggers at once, and what is written to them is noted")
    func together() throws {
        let world = try world()
        try world.define(0, Self.tables(0..<Self.count))
        try world.meet()
        for site in 0..<2 { try expectWhole(world, site) }
        try world.write(0, ["INSERT INTO t VALUES ('1', 'x')", "INSERT INTO u7 VALUES ('2', '1', 'y')"])
        try world.write(1, ["INSERT INTO u39 VALUES ('3', NULL, 'z')"])
        try world.meet()
        try world.agree()
        #expect(try world.sites[1].replica.connection.value("SELECT v FROM u7") == .text("y"))
        #expect(try world.sites[0].replica.connection.value("SELECT v FROM u39") == .text("z"))
    }

    @Test("A definition leaves the triggers of the tables alone that it does not touch")
    func untouched() throws {
        let world = try world()
        try world.define(0, Self.tables(0..<Self.count))
        try world.meet()
        let rows = "SELECT name, rowid FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        let before = try world.sites[0].replica.connection.rows(rows)
        try world.define(0, "u3: w TEXT DEFAULT 'd'")
        let after = try world.sites[0].replica.connection.rows(rows)
        let moved = zip(before, after).filter { $0.0 != $0.1 }.compactMap { $0.0[0].identifier?.text }
        let ids = try ["t", "u3"].map { name in
            try #require(world.sites[0].replica.state.table(named: Identifier(name))).id
        }
        #expect(before.count == after.count)
        #expect(!moved.isEmpty)
        #expect(moved.allSatisfy { name in ids.contains { name.hasSuffix("_\($0)") } })
        try world.meet()
        for site in 0..<2 { try expectWhole(world, site) }
    }

    @Test("A column of a table that many refer to, and tables made anew, leave all triggers as they should be")
    func referredTo() throws {
        let world = try world()
        try world.define(0, Self.tables(0..<Self.count))
        try world.meet()
        try world.write(0, ["INSERT INTO t VALUES ('1', 'x')", "INSERT INTO u7 VALUES ('2', '1', 'y')"])
        try world.define(0, "t: b TEXT DEFAULT 'd'")
        try world.define(1, "t: b INTEGER; CREATE TABLE u50 (id TEXT NOT NULL PRIMARY KEY, t TEXT REFERENCES t(id))")
        try world.write(1, ["INSERT INTO t(id, b) VALUES ('4', 9)", "INSERT INTO u50 VALUES ('5', '4')"])
        try world.meet()
        // Both columns are shown, one under another name, which the specification does not know.
        for site in 0..<2 {
            try expectWhole(world, site)
            #expect(try world.tables(site) == world.tables(0))
            #expect(try world.sites[site].replica.reports.verifyDeep(progress: { _, _ in }).isEmpty, "site \(site)")
        }
    }

    @Test("Who had seen a column is known also of an author who had written much before, and had not")
    func known() throws {
        let world = try World(
            schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0, 1, 2], role: .admin)
        try world.meet()
        for number in 0..<12 {
            try world.write(2, ["INSERT INTO t VALUES ('\(number)', 'x')"])
            try world.seal(2)
        }
        try world.define(0, "CREATE TABLE w (id TEXT NOT NULL PRIMARY KEY, a TEXT, c TEXT)")
        try world.define(1, "CREATE TABLE w (id TEXT NOT NULL PRIMARY KEY, b TEXT DEFAULT 'b')")
        try world.pull(2, from: 0)
        for number in 0..<5 {
            try world.write(2, ["INSERT INTO w VALUES ('\(number)', 'mine', NULL)"])
            try world.seal(2)
        }
        try world.pull(0, from: 2)
        try world.write(0, ["UPDATE w SET a = 'other', c = 'set' WHERE id < '3'", "DELETE FROM w WHERE id = '4'"])
        try world.pull(2, from: 1)
        let replica = world.sites[2].replica
        let feed = try #require(
            replica.state.feeds.first { $0.id.site == world.sites[2].key.site && $0.id.scope == .alliance })
        // From the first row of the table on, for every column of it that not everybody knew.
        let seqs = replica.state.knownSince.values.compactMap { $0[feed.ordinal] }
        #expect(seqs.contains(13), "\(seqs)")
        try world.write(1, ["INSERT INTO w VALUES ('3', 'theirs')", "INSERT INTO w(id) VALUES ('9')"])
        try world.meet()
        try world.agree()
        for site in 0..<3 {
            #expect(try world.sites[site].replica.reports.verifyDeep(progress: { _, _ in }).isEmpty, "site \(site)")
        }
    }

    @Test("Rows that are shown again because one refers to them weigh in the slice what they are")
    func weight() throws {
        let world = try World(
            schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, parent TEXT REFERENCES t(id))", skews: [0, 1],
            role: .admin)
        let count = 30
        try world.write(
            0,
            (0..<count).reversed().map { number in
                "INSERT INTO t VALUES ('\(number)', \(number + 1 < count ? "'\(number + 1)'" : "NULL"))"
            })
        try world.meet()
        try world.write(0, (0..<count).map { "DELETE FROM t WHERE id = '\($0)'" })
        try world.write(1, ["INSERT INTO t VALUES ('h', '0')"])
        try world.seal(0)
        let replica = world.sites[0].replica
        #expect(try replica.connection.value("SELECT count(*) FROM t") == .integer(0))
        let before = replica.slice.applied
        try world.pull(0, from: 1)
        #expect(try replica.connection.value("SELECT count(*) FROM t") == .integer(Int64(count + 1)))
        #expect(replica.slice.applied - before >= count)
        try world.write(1, ["DELETE FROM t WHERE id = 'h'"])
        let shown = replica.slice.applied
        try world.pull(0, from: 1)
        #expect(try replica.connection.value("SELECT count(*) FROM t") == .integer(0))
        #expect(replica.slice.applied - shown >= count)
    }
}
