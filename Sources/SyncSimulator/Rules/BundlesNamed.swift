import ReplicaModel
import SyncEngine

/// The rule of carried files: what a node does not take of one is told, what is named as missing is lacked, and what it
/// takes it holds.
enum BundlesNamed {
    /// - Parameter held: before the file came.
    static func check(
        _ head: BundleHead, _ outcome: BundleTaking, before held: Vector, _ node: SimulatedNode
    ) throws(Violation) {
        let lacked = head.ranges.filter { $0.last > node.held[$0.feed] ?? 0 }
        guard lacked.isEmpty == (outcome.passed == 0) else {
            throw Violation(
                "bundles",
                "\(node.name) left out \(outcome.passed) changesets of a file, and lacks \(lacked.count) ranges of it")
        }
        for (feed, seq) in outcome.missing.sorted(by: { $0.key < $1.key }) where node.held[feed] ?? 0 >= seq {
            throw Violation(
                "bundles", "\(node.name) names \(seq) of \(feed.site.short.prefix(9)) as missing, and holds it")
        }
        // Each range that was left out begins behind something that is named.
        for range in lacked where range.first > (held[range.feed] ?? 0) + 1 && outcome.missing[range.feed] == nil {
            throw Violation(
                "bundles",
                "\(node.name) does not name what it lacks of \(range.feed.site.short.prefix(9)) before \(range.first)")
        }
    }
}
