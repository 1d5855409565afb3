import ReplicaModel
import Testing

@testable import ReplicaStore

/// Site 0's clock is 25 hours ahead of site 1's.
@Suite("Stamps that a replica follows")
struct StampTests {
    private static let hour: Int64 = 3_600_000
    private let world: World
    private let ahead: UInt64

    init() throws {
        world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [25 * Self.hour, 0])
        try world.write(0, ["INSERT INTO t VALUES ('x', 'by the one that is ahead')"])
        try world.pull(1, from: 0)
        ahead = try Self.lastStamp(world.sites[1].replica)
    }

    /// The stamp of the changeset that was applied last.
    private static func lastStamp(_ replica: Replica) throws -> UInt64 {
        guard
            case .integer(let bits)? = try replica.connection.value(
                "SELECT stamp FROM caravan_changeset ORDER BY position DESC LIMIT 1")
        else { return 0 }
        return UInt64(bitPattern: bits)
    }

    /// The stamp of what site 1 writes when its clock shows `hours` after the beginning.
    private func stamp(at hours: Int64, by replica: Replica? = nil) throws -> UInt64 {
        let replica = replica ?? world.sites[1].replica
        try world.write(1, ["UPDATE t SET a = hex(randomblob(8))"])
        for table in replica.state.tables {
            try replica.connection.run("UPDATE caravan_pending_\(table.id) SET time = \(World.now + hours * Self.hour)")
        }
        #expect(try replica.seal() != nil)
        return try Self.lastStamp(replica)
    }

    @Test("One that was more than a day ahead when it was applied is followed once it is not")
    func reached() throws {
        #expect(Stamp(bits: try stamp(at: 0)).milliseconds == World.now)
        #expect(try stamp(at: 2) == ahead + 1)
        #expect(try stamp(at: 2) == ahead + 2)
        #expect(try stamp(at: 30) == Stamp(milliseconds: World.now + 30 * Self.hour).bits)
    }

    @Test("A clock that is set back follows what is within a day of it then, and the rest when it comes near again")
    func setBack() throws {
        #expect(try stamp(at: 2) == ahead + 1)
        let early = try stamp(at: -100)
        #expect(early < Stamp(milliseconds: World.now - 76 * Self.hour).bits)
        #expect(try stamp(at: -100) == early + 1)
        #expect(try stamp(at: 2) == ahead + 2)
    }

    @Test("A replica that was made before it knew of stamps ahead finds them in its log")
    func older() throws {
        try world.sites[1].replica.connection.run("DROP TABLE caravan_ahead")
        let reopened = try Replica(path: world.sites[1].replica.path)
        reopened.key = world.sites[1].key
        #expect(try stamp(at: 2, by: reopened) == ahead + 1)
    }
}
