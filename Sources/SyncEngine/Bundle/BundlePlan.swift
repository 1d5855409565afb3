import ReplicaModel

/// The part of a bundle that a replica lacks, and what it lacks before it can take all of it.
package struct BundlePlan: Sendable {
    /// The ranges that can be taken now, less what is held.
    package private(set) var joining: [FeedRange] = []
    /// The ranges before which something is missing.
    package private(set) var beyond: [FeedRange] = []
    /// The ranges of feeds of which two ways are held: numbers do not tell what of them is new, and only whoever reads
    /// their headers finds out.
    package private(set) var unsettled: [FeedRange] = []
    /// The last changeset of each feed that is missing before those beyond.
    package private(set) var missing: Vector = [:]
    /// How many of its changesets are held already.
    package private(set) var known: UInt64 = 0

    /// - Parameter held: the vector of what the replica holds.
    package init(_ head: BundleHead, held: Vector) {
        var reached = held
        // The end of the longest way of each feed that went two ways. `held` has what is common to them.
        var furthest: Vector = [:]
        for (feed, last) in held where feed.branch != nil {
            furthest[feed.base] = max(furthest[feed.base] ?? 0, last)
        }
        for range in head.ranges {
            let last = reached[range.feed] ?? 0
            if let end = furthest[range.feed], range.first <= end + 1, range.last > last {
                unsettled.append(range)
                furthest[range.feed] = max(end, range.last)
                continue
            }
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
    package var isHeld: Bool { joining.isEmpty && beyond.isEmpty && unsettled.isEmpty }

    package var lacks: [FeedRange] { (joining + beyond).sorted { ($0.feed, $0.first) < ($1.feed, $1.first) } }
}
