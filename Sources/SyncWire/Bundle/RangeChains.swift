import ReplicaModel

/// The headers of a bundle as they come, each behind the one before of its range.
package struct RangeChains {
    /// The place of a header.
    package struct Place {
        /// The number of the line of headers, in the order in which the lines began.
        package let chain: Int
        /// Whether the line begins with it.
        package let isFirst: Bool
    }

    /// The ranges of a feed that begin with one number: which of them is which their ends tell.
    private struct Group {
        var waiting: [FeedRange]
        /// How many of them have not begun.
        var unbegun: Int
    }

    private struct Beginning: Hashable {
        let feed: FeedID
        let first: UInt64
    }

    private var groups: [Beginning: Group] = [:]
    /// The lines that have begun and not ended, by the hash of their last header.
    private var open: [Bytes32: (chain: Int, group: Beginning, seq: UInt64)] = [:]
    private var count = 0

    init(_ ranges: [FeedRange]) {
        groups = Dictionary(grouping: ranges) { Beginning(feed: $0.feed, first: $0.first) }.mapValues {
            Group(waiting: $0, unbegun: $0.count)
        }
    }

    var isEmpty: Bool { groups.isEmpty }

    /// Nil where it is not what comes next of any range.
    mutating func add(_ header: UnverifiedHeader) -> Place? {
        let (feed, seq) = (header.header.feed, header.header.seq)
        var group = Beginning(feed: feed, first: seq)
        let chain: Int
        var isFirst = false
        if let going = open[header.header.previous], going.group.feed == feed, going.seq + 1 == seq {
            open[header.header.previous] = nil
            (chain, group) = (going.chain, going.group)
        } else {
            guard groups[group]?.unbegun ?? 0 > 0 else { return nil }
            groups[group]?.unbegun -= 1
            (chain, isFirst) = (count, true)
            count += 1
        }
        guard var waiting = groups[group]?.waiting, let last = waiting.map(\.last).max(), seq <= last else {
            return nil
        }
        let end = HashPrefix(header.hash)
        if let ended = waiting.firstIndex(where: { $0.last == seq && $0.end ?? end == end }) {
            waiting.remove(at: ended)
            groups[group]?.waiting = waiting
            if waiting.isEmpty { groups[group] = nil }
        } else {
            open[header.hash] = (chain, group, seq)
        }
        return Place(chain: chain, isFirst: isFirst)
    }
}
