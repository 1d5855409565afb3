/// The lines of changesets in feeds that went two ways: which changeset is before which.
///
/// Inside a replica each way has an ordinal of its own. One of them has what is common, too; every other begins behind
/// a changeset of another.
package struct FeedLines: Hashable, Sendable {
    /// The beginnings of ways: behind which changeset. Its seq is 0 where nothing is common.
    private var beginnings: [FeedOrdinal: Dot] = [:]
    /// The ways of feeds that went several, as headers name these, without the one that has what is common.
    private var ways: [FeedID: [FeedOrdinal]] = [:]

    package init() {}

    /// Adds a way of a feed, which begins behind a changeset of another way.
    package mutating func add(_ way: FeedOrdinal, of feed: FeedID, behind point: Dot) {
        beginnings[way] = point
        ways[feed.base, default: []].append(way)
    }

    package var isEmpty: Bool { ways.isEmpty }

    /// Whether a feed went two ways.
    package func isForked(_ feed: FeedID) -> Bool { !ways.isEmpty && ways[feed.base] != nil }

    /// Whether a context covers two ways of a feed: none of those that it covers leads through all others.
    package func isForked(_ feed: FeedID, in context: VersionVector) -> Bool {
        guard let branches = ways[feed.base], let first = branches.first else { return false }
        var tips = branches.compactMap { way in
            context[way] > beginnings[way]?.seq ?? 0 ? Dot(feed: way, seq: context[way]) : nil
        }
        var main = first
        while let point = beginnings[main] { main = point.feed }
        if context[main] > 0 { tips.append(Dot(feed: main, seq: context[main])) }
        guard let longest = tips.max(by: { $0.seq < $1.seq }) else { return false }
        let through = line(to: longest).reduce(into: [:]) { $0[$1.feed] = $1.seq }
        return !tips.allSatisfy { $0.seq <= through[$0.feed] ?? 0 }
    }

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
}
