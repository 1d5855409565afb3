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
        /// How those end that have not ended.
        var ends: Set<End> = []
        /// The greatest number with which any ends.
        var last: UInt64 = 0
        /// How many of them have not begun.
        var unbegun = 0
        /// The headers with which others began: no two begin with the same.
        var begun: Set<Bytes32> = []

        mutating func add(_ range: FeedRange) {
            ends.insert(End(last: range.last, hash: range.end))
            last = max(last, range.last)
            unbegun += 1
        }
    }

    private struct End: Hashable {
        let last: UInt64
        let hash: HashPrefix?
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
        for range in ranges {
            groups[Beginning(feed: range.feed, first: range.first), default: Group()].add(range)
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
            guard groups[group]?.unbegun ?? 0 > 0, groups[group]?.begun.insert(header.hash).inserted ?? false else {
                return nil
            }
            groups[group]?.unbegun -= 1
            (chain, isFirst) = (count, true)
            count += 1
        }
        guard seq <= groups[group]?.last ?? 0 else { return nil }
        if !ends(header, group) { open[header.hash] = (chain, group, seq) }
        return Place(chain: chain, isFirst: isFirst)
    }

    /// Whether a range ends with a header, which then is no more waited for.
    private mutating func ends(_ header: UnverifiedHeader, _ group: Beginning) -> Bool {
        let seq = header.header.seq
        for end in [End(last: seq, hash: HashPrefix(header.hash)), End(last: seq, hash: nil)]
        where groups[group]?.ends.remove(end) != nil {
            if groups[group]?.ends.isEmpty ?? true { groups[group] = nil }
            return true
        }
        return false
    }
}
