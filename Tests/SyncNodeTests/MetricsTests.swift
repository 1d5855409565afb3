import Foundation
import Metrics
import MetricsTestKit
import ReplicaModel
import SQLiteAccess
import SyncEngine
import SyncProtocol
import Testing

@testable import SyncNode

@Suite("The measures of a node")
struct MetricsTests {
    /// The founder of a pair, opened with a backend of the test, and that.
    private func measured(_ pair: NodePair) async throws -> (node: Node, metrics: TestMetrics) {
        let metrics = TestMetrics()
        let node = try await withMetricsFactory(metrics) { try await Node.open(home: pair.founder.home) }
        return (node, metrics)
    }

    private func exchange(_ pair: NodePair, _ node: Node, cutAfter: Int = .max) async throws -> (
        there: SessionOutcome, here: SessionOutcome
    ) {
        let links = try await pair.links(cutAfter: cutAfter)
        async let there = NodePair.run(pair.member, links.member, isDialler: true)
        async let here = NodePair.run(node, links.founder, isDialler: false)
        return (await there, await here)
    }

    private func total(_ metrics: TestMetrics, _ name: String, _ labels: [(String, String)] = []) -> Int64 {
        metrics.counterTotal(label: "caravan_" + name, dimensions: labels)
    }

    private func last(_ metrics: TestMetrics, _ name: String, _ labels: [(String, String)] = []) throws -> Double {
        try #require(try metrics.expectMeter("caravan_" + name, labels).lastValue)
    }

    @Test("A session tells what it moved, by peer, and how it ended")
    func session() async throws {
        let pair = try await NodePair()
        let (node, metrics) = try await measured(pair)
        let peer = [("peer", "member"), ("site", try await pair.member.site().short)]
        try await node.sql("INSERT INTO t VALUES ('1', ''), ('2', '')")
        try await node.sql("INSERT INTO t VALUES ('3', '')")
        try await pair.member.sql("INSERT INTO t VALUES ('4', ''), ('5', ''), ('6', ''), ('7', '')")
        #expect(try await exchange(pair, node) == (.done, .done))
        #expect(total(metrics, "changesets_sent_total", peer) == 2)
        #expect(total(metrics, "rows_sent_total", peer) == 3)
        #expect(total(metrics, "changesets_received_total", peer) == 1)
        #expect(total(metrics, "changesets_applied_total") == 1)
        #expect(total(metrics, "rows_applied_total") == 4)
        #expect(total(metrics, "bytes_sent_total", peer) > 100)
        #expect(total(metrics, "bytes_received_total", peer) > 100)
        #expect(total(metrics, "sessions_ended_total", [("reason", "done")]) == 1)
        #expect(try metrics.expectMeter("caravan_sessions_open").values == [0, 1, 0].suffix(2))
        #expect(try metrics.expectTimer("caravan_seal_seconds").values.count == 2)
        #expect(try metrics.expectTimer("caravan_fold_seconds").values.count >= 1)
        // Nothing is told twice.
        #expect(try await exchange(pair, node) == (.done, .done))
        #expect(total(metrics, "changesets_sent_total", peer) == 2)
        #expect(total(metrics, "changesets_received_total", peer) == 1)
        #expect(total(metrics, "rows_applied_total") == 4)
        #expect(total(metrics, "sessions_ended_total", [("reason", "done")]) == 2)
    }

    @Test("A link that breaks, a refusal of either side and a stranger are told by name")
    func ends() async throws {
        let pair = try await NodePair()
        let (node, metrics) = try await measured(pair)
        try await pair.member.sql("INSERT INTO t VALUES ('1', '')")
        #expect(try await exchange(pair, node, cutAfter: 1).here.isBroken)
        #expect(total(metrics, "sessions_ended_total", [("reason", "broken")]) == 1)

        let other = try RawClient(path: pair.member.home.replica, on: nil)
        try other.run("BEGIN IMMEDIATE")
        #expect(try await exchange(pair, node).here == .refusedByPeer(.unavailable))
        try other.run("ROLLBACK")
        #expect(total(metrics, "sessions_ended_total", [("reason", "refused_by_peer")]) == 1)
        #expect(total(metrics, "refusals_total", [("name", "unavailable"), ("by", "peer")]) == 1)

        let stranger = try await NodePair()
        let links = MemoryLink.pair(try await stranger.founder.site(), try await pair.founder.site())
        async let there = NodePair.run(stranger.founder, links.dialler, isDialler: true)
        async let here = NodePair.run(node, links.listener, isDialler: false)
        _ = (await there, await here)
        #expect(metrics.counters(label: "caravan_refusals_total").reduce(0) { $0 + $1.totalValue } == 2)
        #expect(total(metrics, "bytes_sent_total", [("peer", "stranger"), ("site", "")]) > 0)
    }

    @Test("What changes without anybody telling is measured when asked: conflicts, what waits, lag by peer, disk")
    func gauges() async throws {
        let pair = try await NodePair()
        let (node, metrics) = try await measured(pair)
        let peer = [("peer", "member"), ("site", try await pair.member.site().short)]
        try await node.sql("INSERT INTO t VALUES ('1', 'first')")
        #expect(try await exchange(pair, node) == (.done, .done))
        try await node.measure()
        #expect(try last(metrics, "conflicts_open") == 0)
        #expect(try last(metrics, "peer_lag_changesets", peer) == 0)
        #expect(try last(metrics, "peer_lag_seconds", peer) == 0)
        try await node.sql("UPDATE t SET a = 'of the founder'")
        try await pair.member.sql("UPDATE t SET a = 'of the member'")
        try await node.measure()
        #expect(try last(metrics, "peer_lag_changesets", peer) == 1)
        #expect(try await exchange(pair, node) == (.done, .done))
        let raw = try RawClient(path: node.home.replica, on: nil)
        try raw.run("INSERT INTO t VALUES ('2', 'not sealed')")
        try await node.measure()
        #expect(try last(metrics, "conflicts_open") == 1)
        #expect(try last(metrics, "peer_lag_changesets", peer) == 0)
        #expect(try last(metrics, "rows_unsealed") == 1)
        #expect(try last(metrics, "changesets_waiting") == 0)
        #expect(try last(metrics, "changesets_unfinished") == 0)
        #expect(try last(metrics, "disk_bytes") == Double(node.home.diskBytes))
        #expect(try last(metrics, "disk_free_bytes") > 0)
    }

    @Test("However many strangers come, measures name one")
    func bounded() async throws {
        let pair = try await NodePair()
        let (node, metrics) = try await measured(pair)
        for _ in 0..<5 {
            let stranger = try await NodePair()
            let links = MemoryLink.pair(try await stranger.founder.site(), try await node.site())
            async let there = NodePair.run(stranger.founder, links.dialler, isDialler: true)
            async let here = NodePair.run(node, links.listener, isDialler: false)
            _ = (await there, await here)
        }
        #expect(metrics.counters(label: "caravan_bytes_received_total").count == 1)
    }
}
