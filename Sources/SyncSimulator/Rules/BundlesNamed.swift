import ReplicaModel
import ReplicaStore
import SyncEngine

/// The rule of carried files: what a node does not take of one is told, what is named as missing is lacked, and what it
/// takes it holds.
struct BundlesNamed {
    private let head: BundleHead
    /// The ranges behind something that was not there before the file came.
    private let beyond: [FeedRange]
    /// The ranges that the node lacks afterwards.
    private var lacked: [FeedRange] = []

    /// Looks at a replica before the file is taken.
    init(_ head: BundleHead, at replica: Replica) throws(StoreError) {
        self.head = head
        beyond = try BundlePlan(head, CarriedReach(of: replica)).beyond
    }

    /// Looks at it afterwards.
    mutating func look(at replica: Replica) throws(StoreError) {
        let reach = try CarriedReach(of: replica)
        for range in head.ranges where try reach.end(of: range) < range.last { lacked.append(range) }
    }

    func check(_ outcome: BundleTaking, _ node: SimulatedNode) throws(Violation) {
        guard lacked.isEmpty == (outcome.passed == 0) else {
            throw Violation(
                "bundles",
                "\(node.name) left out \(outcome.passed) changesets of a file, and lacks \(lacked.count) ranges of it")
        }
        let named = outcome.missing.merging(outcome.awaited) { max($0, $1) }
        for (feed, seq) in named.sorted(by: { $0.key < $1.key }) where node.held[feed] ?? 0 >= seq {
            throw Violation(
                "bundles", "\(node.name) names \(seq) of \(feed.site.short.prefix(9)) as missing, and holds it")
        }
        // Each range that was left out begins behind something that is named.
        for range in lacked
        where beyond.contains(range) && !outcome.missing.keys.contains(where: { $0.base == range.feed }) {
            throw Violation(
                "bundles",
                "\(node.name) does not name what it lacks of \(range.feed.site.short.prefix(9)) before \(range.first)")
        }
    }
}
