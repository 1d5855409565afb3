import ReplicaModel
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("More authors than a replica can number")
struct FeedLimitTests {
    @Test("Feeds beyond the limit are refused by name, and the replica goes on with those that it has")
    func limit() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0, 0])
        let site = world.sites[1]
        let keys = [SigningKey(), SigningKey()]
        for key in keys { try world.admit(key) }
        let control = try world.control()
        try site.replica.connection.run(
            """
            WITH RECURSIVE n(i) AS (SELECT count(*) FROM caravan_feed UNION ALL SELECT i + 1 FROM n WHERE i < \(Intake.feedsMaxOfPeers - 2))
            INSERT INTO caravan_feed(ordinal, site, incarnation, scope) SELECT i, randomblob(32), 0, 'alliance' FROM n
            """)
        let full = try Replica(path: site.replica.path)
        full.key = site.key
        let outcomes = try keys.map { key in
            let header = key.seal(
                ChangesetHeader(
                    feed: FeedID(site: key.site, incarnation: .first, scope: .alliance), seq: 1, previous: .zero,
                    stamp: .zero, contextAdvance: control,
                    operationCount: 0, chunkHashes: []))
            let incoming = IncomingChangeset(
                header: try UnverifiedHeader(bytes: header.bytes, signature: header.signature), chunks: [])
            return try full.accept([incoming], now: World.now)
        }
        guard case .accepted(held: 1, _, _) = outcomes[0] else {
            Issue.record("the last feed that there is room for: \(outcomes[0])")
            return
        }
        guard case .refused(let refusal) = outcomes[1], refusal.code == .tooMuch else {
            Issue.record("one feed too many: \(outcomes[1])")
            return
        }
        try world.write(1, ["INSERT INTO t VALUES ('its own', 'goes on')"])
        try world.seal(1)
        #expect(try Replica(path: site.replica.path).reports.counts().pending == 0)
    }
}
