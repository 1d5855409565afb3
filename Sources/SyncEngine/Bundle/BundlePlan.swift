import ReplicaModel

/// The part of a bundle that a replica lacks, and what it lacks before it can take all of it.
package struct BundlePlan: Sendable {
    /// The ranges that can be taken now, less what is held.
    package private(set) var joining: [FeedRange] = []
    /// The ranges before which something is missing.
    package private(set) var beyond: [FeedRange] = []
    /// The last changeset of each feed that is missing before them.
    package private(set) var missing: Vector = [:]
    /// How many of its changesets are held already.
    package private(set) var known: UInt64 = 0

    /// - Parameter held: the vector of what the replica holds.
    package init(_ head: BundleHead, held: Vector) {
        var reached = held
        for range in head.ranges {
            let last = reached[range.feed] ?? 0
            guard range.first <= last + 1 else {
                beyond.append(range)
                missing[range.feed] = range.first - 1
                continue
            }
            let first = max(range.first, last + 1)
            known += min(range.last + 1, first) - range.first
            guard first <= range.last else { continue }
            joining.append(FeedRange(feed: range.feed, first: first, last: range.last))
            reached[range.feed] = range.last
        }
    }

    /// Whether nothing of the bundle is lacked.
    package var isHeld: Bool { joining.isEmpty && beyond.isEmpty }

    package var lacks: [FeedRange] { (joining + beyond).sorted { ($0.feed, $0.first) < ($1.feed, $1.first) } }
}
