import ReplicaModel
import ReplicaStore

/// The part of a bundle that a replica lacks, as far as its head tells.
package struct BundlePlan: Sendable {
    /// The ranges that can be taken now, less what is held.
    package private(set) var joining: [FeedRange] = []
    /// The ranges before which something is missing.
    package private(set) var beyond: [FeedRange] = []
    /// How many of its changesets are held already.
    package private(set) var known: UInt64 = 0

    /// - Parameter reach: what the replica holds.
    package init(_ head: BundleHead, _ reach: CarriedReach) throws(StoreError) {
        var reach = reach
        for range in head.ranges {
            let end = try reach.end(of: range)
            known += end + 1 - range.first
            guard end < range.last else { continue }
            guard try reach.isJoined(by: range) else {
                beyond.append(range)
                continue
            }
            joining.append(FeedRange(feed: range.feed, first: end + 1, last: range.last, end: range.end))
            try reach.take(range)
        }
    }

    /// Whether nothing of the bundle is lacked.
    package var isHeld: Bool { joining.isEmpty && beyond.isEmpty }

    package var lacks: [FeedRange] { (joining + beyond).sorted() }
}
