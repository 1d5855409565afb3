import ReplicaModel
import SQLiteAccess
import Testing

@testable import ReplicaStore

@Suite("Numbers of the log that a disk has altered")
struct DamagedNumberTests {
    private func world() throws -> World {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0])
        try world.write(0, ["INSERT INTO t VALUES ('x', 'a')"])
        try world.seal(0)
        return world
    }

    @Test(
        "A row that names a changeset that cannot be is told as damage, and found and put right from the log",
        arguments: ["-1", "-65536", "dot | 60000", "9223372036854775807"])
    func clock(number: String) throws {
        let world = try world()
        let replica = world.sites[0].replica
        try replica.connection.run("UPDATE caravan_clock_1 SET dot = \(number)")
        #expect {
            try replica.reports.record(table: "t", key: [.text("x")])
        } throws: {
            if case .damaged? = $0 as? StoreError { true } else { false }
        }
        #expect(try !replica.reports.verifyDeep(progress: { _, _ in }).isEmpty)
        _ = try replica.admin.repair(tables: nil, progress: { _, _ in })
        #expect(try replica.reports.verifyDeep(progress: { _, _ in }).isEmpty)
        #expect(try replica.reports.record(table: "t", key: [.text("x")]) != nil)
        withExtendedLifetime(world) {}
    }

    @Test(
        "A definition of the log's tables that the disk altered is told as damage, though SQLite reads on",
        arguments: ["scope TEXT|scope TEXU", "hash BLOB, applied|hash BLOC, applied"])
    func definition(change: String) throws {
        let world = try world()
        let words = change.split(separator: "|").map(String.init)
        let client = try Connection(path: world.sites[0].replica.path, access: .readWrite)
        #expect(try world.sites[0].replica.reports.damage() == nil)
        try client.run(
            """
            PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, '\(words[0])', '\(words[1])') \
            WHERE name = 'caravan_feed'; PRAGMA writable_schema = OFF
            """)
        let opened = try Replica(path: world.sites[0].replica.path, valueBytesMax: Replica.valueBytesDefault, on: nil)
        #expect(try opened.reports.damage() == "malformed definition of caravan_feed")
        #expect(try opened.reports.verifyDeep(progress: { _, _ in }).map(\.kind) == ["file"])
    }

    @Test("A feed of which more is applied than held is found")
    func applied() throws {
        let world = try world()
        let path = world.sites[0].replica.path
        #expect(try world.sites[0].replica.reports.verify { _, _ in }.findings.isEmpty)
        try Connection(path: path, access: .readWrite).run("UPDATE caravan_feed SET applied = 114")
        let opened = try Replica(path: path, valueBytesMax: Replica.valueBytesDefault, on: nil)
        #expect(try Set(opened.reports.verify { _, _ in }.findings.map(\.kind)) == ["gap"])
    }

    @Test("A place in the log behind which there is none is told as damage")
    func place() throws {
        let world = try world()
        let path = world.sites[0].replica.path
        let client = try Connection(path: path, access: .readWrite)
        try client.run(
            """
            UPDATE caravan_changeset SET position = 9223372036854775807
            WHERE position = (SELECT max(position) FROM caravan_changeset)
            """)
        #expect {
            try Replica(path: path)
        } throws: {
            if case .damaged? = $0 as? StoreError { true } else { false }
        }
    }
}
