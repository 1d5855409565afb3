import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncWire

/// A bundle that lies on a stick for one visitor, which was checked from its first byte to its last.
struct PlacedBundle {
    let path: String
    let head: BundleHead
    let bytes: Int
    /// Whether this node wrote it, and may delete it.
    let isOwn: Bool
}

/// The bundles that lie on a stick for one visitor, and how they stay a few of each writer for one who does not come by.
struct PlacedBundles {
    let visitor: Announcement
    let files: CarriedFiles

    /// The bundles that lie there for a visitor and are whole.
    func all(among found: [Stick.Found], at node: isolated Node) async throws(NodeError) -> [PlacedBundle] {
        var out: [PlacedBundle] = []
        for found in found {
            guard case .bundle(let head) = found.head, head.recipients == [visitor.site],
                try counts(head, at: node)
            else { continue }
            let isOwn = found.isOurs && head.announcement.site == node.engine.site
            do { try await files.check(found.path, at: node) } catch {
                // One of this node's own that is spoilt is in the way of what is written in its place.
                if isOwn { unlink(found.path) }
                continue
            }
            out.append(PlacedBundle(path: found.path, head: head, bytes: found.bytes, isOwn: isOwn))
        }
        return out
    }

    /// Whether a file is taken for brought to whom it is for: its writer belongs, so that its reader will take it, and
    /// it says by hashes what it holds.
    private func counts(_ head: BundleHead, at node: isolated Node) throws(NodeError) -> Bool {
        guard head.tellsWays else { return false }
        let writer = head.announcement.site
        if writer == node.engine.site { return true }
        return try saying { try node.engine.trust(in: writer) == .member }
    }

    /// The vector that a visitor reaches with what it has and what lies on the stick for it already, as far as that is
    /// sound.
    func reach(with placed: [PlacedBundle], at node: isolated Node) throws(NodeError) -> Vector {
        var reached = try saying { try CarriedReach.newest(of: visitor, at: node.engine.replica, now: Clocks.now.wall) }
        // Each lets at most all others join; most do in this order.
        let heads = placed.map(\.head).sorted { CarriedHead.bundle($0).goesBefore(.bundle($1)) }
        for _ in heads {
            var isMore = false
            for head in heads {
                for range in try saying({ try BundlePlan(head, reached).joining }) {
                    try saying { try reached.take(range) }
                    isMore = true
                }
            }
            if !isMore { break }
        }
        return try saying { try reached.named() }
    }

    /// Deletes the bundles of this node's own of which another one has all that a visitor lacks.
    ///
    /// - Returns: what is left.
    func dropNeedless(of placed: [PlacedBundle], at node: isolated Node) async throws(NodeError) -> [PlacedBundle] {
        let reach = try saying { try CarriedReach.newest(of: visitor, at: node.engine.replica, now: Clocks.now.wall) }
        var left = placed.filter { !$0.isOwn }
        // Of two that have the same, one stays.
        for file in placed.filter(\.isOwn).sorted(by: { $0.head.changesets > $1.head.changesets }) {
            var isNeeded = true
            for other in left where isNeeded {
                isNeeded = try saying { try !Self.isWithin(file.head, other.head, lackedBy: reach) }
            }
            if isNeeded || unlink(file.path) != 0 { left.append(file) }
            await Task.yield()
        }
        return left
    }

    /// Whether a bundle has all of another one that somebody lacks.
    private static func isWithin(
        _ head: BundleHead, _ other: BundleHead, lackedBy reach: CarriedReach
    ) throws(StoreError) -> Bool {
        for range in head.ranges {
            let end = try reach.end(of: range)
            guard end < range.last else { continue }
            let part = FeedRange(feed: range.feed, first: end + 1, last: range.last, end: range.end)
            var isThere = false
            for whole in other.ranges where !isThere { isThere = try reach.isWithin(part, whole) }
            guard isThere else { return false }
        }
        return true
    }

    /// How many of the youngest files are written anew with more changesets: those that have not many more than what is
    /// younger. So each changeset is written anew for one that does not come by some times less than it doubles, and the
    /// files are few.
    ///
    /// - Parameter counts: the changesets of each, from the youngest file.
    static func youngest(_ counts: [UInt64], with more: UInt64) -> Int {
        var (number, sum) = (0, more)
        for count in counts {
            guard count <= 2 * sum else { break }
            sum += count
            number += 1
        }
        return number
    }
}
