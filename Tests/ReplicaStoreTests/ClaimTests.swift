import ReplicaModel
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("A peer claims to hold more of a replica's own feed than there is")
struct ClaimTests {
    private let world: World
    private var replica: Replica { world.sites[1].replica }
    private let peers = [SigningKey().site, SigningKey().site]

    init() throws {
        world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0, 1])
        replica.drawIncarnation = { UInt64.random(in: 2...UInt64.max) }
    }

    /// Claims it often, and writes in between. Returns how many incarnations that made.
    private func claim(_ peer: SiteID, times: Int, _ name: String) throws -> Int {
        var seen: Set<Incarnation> = []
        for time in 0..<times {
            let own = FeedID(site: replica.site, incarnation: replica.state.incarnation, scope: .alliance)
            seen.insert(own.incarnation)
            try replica.exchange.peerHolds([own: 1_000_000], says: peer)
            try world.write(1, ["INSERT INTO t VALUES ('\(name) \(time)', 'x')"])
            try world.seal(1)
        }
        return seen.union([replica.state.incarnation]).count - 1
    }

    @Test("It is believed eight times, each peer for itself; what was written meanwhile is everywhere")
    func often() throws {
        #expect(try claim(peers[0], times: 20, "first") == 8)
        #expect(try claim(peers[1], times: 3, "second") == 3)
        #expect(try claim(peers[0], times: 3, "third") == 0)
        try world.meet()
        #expect(try world.tables(0) == world.tables(1))
        #expect(try world.tables(0).count == 26)
    }

    @Test("It is believed again when something of the own past has come back")
    func proven() throws {
        #expect(try claim(peers[0], times: 9, "before") == 8)
        var past = Forger(world.sites[1].key, incarnation: Incarnation(77))
        try world.take([past.row("past", seeing: world.control())], at: 1)
        #expect(try claim(peers[0], times: 2, "after") == 2)
    }
}
