/// The lines of changesets in feeds that went two ways: which changeset is before which.
///
/// Inside a replica each way has an ordinal of its own. One of them has what is common, too; every other begins behind a
/// changeset of another.
package struct FeedLines: Hashable, Sendable {
    /// The beginnings of ways: behind which changeset. Its seq is 0 where nothing is common.
    private var beginnings: [FeedOrdinal: Dot] = [:]
    /// The feeds that went two ways, as headers name them.
    private var feeds: Set<FeedID> = []
    /// The changesets of such feeds that cuts and releases name, as far as they are here.
    private var named: [FeedHead: Dot] = [:]

    package init() {}

    /// Adds a way of a feed, which begins behind a changeset of another way.
    package mutating func add(_ way: FeedOrdinal, of feed: FeedID, behind point: Dot) {
        beginnings[way] = point
        feeds.insert(feed.base)
    }

    /// Says which changeset a head names.
    package mutating func name(_ head: FeedHead, _ dot: Dot) { named[head] = dot }

    package var isEmpty: Bool { feeds.isEmpty }

    /// Whether a feed went two ways.
    package func isForked(_ feed: FeedID) -> Bool { !feeds.isEmpty && feeds.contains(feed.base) }

    /// The changeset behind which a way begins; nil for one that has what is common.
    package func beginning(of way: FeedOrdinal) -> Dot? { beginnings[way] }

    /// A changeset with all before it: of each way through which its line leads, how far.
    package func line(to dot: Dot) -> [Dot] {
        var out: [Dot] = []
        var next: Dot? = dot
        while let dot = next, dot.seq > 0 {
            if dot.seq > beginnings[dot.feed]?.seq ?? 0 { out.append(dot) }
            next = beginnings[dot.feed].map { Dot(feed: $0.feed, seq: min($0.seq, dot.seq)) }
        }
        return out
    }

    /// Whether the line to a changeset leads through another one, or that is itself.
    package func line(to dot: Dot, has other: Dot) -> Bool {
        line(to: dot).contains { $0.feed == other.feed && $0.seq >= other.seq }
    }

    /// Whether the line to what a head names leads through a changeset. Where that is not here, it does not.
    package func line(to head: FeedHead, has dot: Dot) -> Bool { named[head].map { line(to: $0, has: dot) } ?? false }
}
