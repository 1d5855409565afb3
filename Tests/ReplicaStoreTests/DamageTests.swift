import Foundation
import ReplicaModel
import Testing

@testable import ReplicaStore

@Suite("A deep verify finds what a disk altered, wherever a record stands")
struct DamageTests {
    /// - Parameter isTurned: the second replica heard of two feeds in another order than that in which it applied them.
    private static func world(isTurned: Bool = false) throws -> World {
        let world = try World(
            schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)",
            skews: Array(repeating: 0, count: isTurned ? 4 : 2))
        try world.write(0, ["INSERT INTO t VALUES ('k1', 'one'), ('the needle', 'two'), ('k3', 'three')"])
        if isTurned {
            try world.write(3, ["INSERT INTO t VALUES ('k4', 'seven')"])
            try world.pull(2, from: 3)
            try world.write(2, ["UPDATE t SET a = 'eight' WHERE id = 'k4'"])
            try world.seal(2)
            let batch = try world.batch(for: 1, from: 2)
            let own = batch.filter { $0.header.header.feed.site == world.sites[2].key.site }
            #expect(own.count == 1)
            try world.take(own, at: 1)
            try world.take(batch, at: 1)
        }
        try world.meet()
        try world.write(1, ["UPDATE t SET a = 'four' WHERE id = 'k1'", "DELETE FROM t WHERE id = 'k3'"])
        try world.write(0, ["UPDATE t SET a = 'five' WHERE id = 'k1'"])
        try world.meet()
        return world
    }

    /// Whether anything is found in a copy of a file.
    private static func isFound(_ bytes: [UInt8], _ world: World, _ number: Int) throws -> Bool {
        let path = world.folder.appendingPathComponent("copy\(number).sqlite").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        do {
            let replica = try Replica(path: path)
            let found =
                try replica.reports.verify(progress: { _, _ in }).findings
                + replica.reports.verifyDeep(progress: { _, _ in })
            return !found.isEmpty
        } catch StoreError.damaged { return true } catch StoreError.spoilt { return true }
    }

    @Test("A bit of a key: in the table, in its index, in what is kept beside the row, in the log")
    func key() throws {
        let world = try Self.world()
        let replica = world.sites[1].replica
        try replica.connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: replica.path)))
        let needle = Array("the needle".utf8)
        let places = bytes.indices.dropLast(needle.count).filter {
            bytes[$0] == needle[0] && bytes[$0..<$0 + needle.count].elementsEqual(needle)
        }
        #expect(places.count >= 4)
        #expect(try !Self.isFound(bytes, world, 0))
        for (number, place) in places.enumerated() {
            var altered = bytes
            altered[place + 5] ^= 1
            #expect(try Self.isFound(altered, world, number + 1), "place \(number)")
        }
    }

    @Test(
        "Who wrote a row and who deleted one, as it is kept beside the rows",
        arguments: [
            "UPDATE caravan_clock_1 SET dot = dot + 65536 WHERE k1 = 'the needle'",
            "UPDATE caravan_clock_1 SET dot = dot + 9 WHERE k1 = 'the needle'",
            "UPDATE caravan_clock_1 SET state = NULL WHERE k1 = 'k1'", "DELETE FROM caravan_clock_1 WHERE k1 = 'k3'",
            "UPDATE caravan_clock_1 SET state = NULL WHERE k1 = 'k4'", "DELETE FROM caravan_clock_1 WHERE k1 = 'k4'",
            "INSERT INTO caravan_clock_1 SELECT 'k5', dot, state, open FROM caravan_clock_1 WHERE k1 = 'the needle'",
        ])
    func clock(sql: String) throws {
        let world = try Self.world(isTurned: true)
        let replica = world.sites[1].replica
        defer { withExtendedLifetime(world) {} }
        #expect(try replica.reports.verifyDeep(progress: { _, _ in }).isEmpty)
        try replica.connection.run(sql)
        #expect(try replica.connection.value("SELECT changes()") == .integer(1))
        let findings = try replica.reports.verifyDeep(progress: { _, _ in })
        #expect(findings.contains { $0.kind == "file" && $0.message.contains("who wrote row") })
        #expect(try replica.admin.repair(tables: nil, progress: { _, _ in }).map(\.clocks) == [1])
        #expect(try replica.reports.verifyDeep(progress: { _, _ in }).isEmpty)
        try world.write(1, ["UPDATE t SET a = 'six'"])
        try world.meet()
        #expect(try world.sites[0].replica.reports.digest() == world.sites[1].replica.reports.digest())
        #expect(try replica.reports.verifyDeep(progress: { _, _ in }).isEmpty)
    }

    @Test("A history is not told where a disk altered the key of a version")
    func notTold() throws {
        let world = try Self.world()
        let replica = world.sites[1].replica
        let (table, key): (Identifier, [Value]) = ("t", [.text("the needle")])
        #expect(try replica.reports.history(table: table, key: key).count == 1)
        func alter(_ word: String, into other: String) throws {
            try replica.connection.run(
                """
                UPDATE caravan_chunk SET bytes = CAST(replace(CAST(bytes AS TEXT), '\(word)', '\(other)') AS BLOB)
                WHERE instr(bytes, CAST('\(word)' AS BLOB)) > 0
                """)
        }
        try alter("the needle", into: "the noodle")
        #expect(throws: StoreError.self) { try replica.reports.history(table: table, key: key) }
        try alter("the noodle", into: "the needle")
        #expect(try replica.reports.history(table: table, key: key).count == 1)
    }
}
