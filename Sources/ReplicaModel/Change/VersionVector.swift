/// Feed to highest seq inside one replica: what it has is a prefix of every feed. A feed that is absent stands at 0.
package struct VersionVector: Hashable, Sendable {
    /// The seqs by feed ordinal; never ends in 0, so equal vectors compare equal.
    private var seqs: [UInt64] = []

    package init() {}

    package subscript(feed: FeedOrdinal) -> UInt64 {
        get { feed.number < seqs.count ? seqs[feed.number] : 0 }
        set {
            if feed.number >= seqs.count {
                guard newValue > 0 else { return }
                seqs.append(contentsOf: repeatElement(0, count: feed.number + 1 - seqs.count))
            }
            seqs[feed.number] = newValue
            while seqs.last == 0 { seqs.removeLast() }
        }
    }

    /// Whether the changeset that `dot` names is among what this vector covers.
    package func covers(_ dot: Dot) -> Bool { self[dot.feed] >= dot.seq }

    /// Whether this vector covers all that `other` covers.
    package func covers(_ other: VersionVector) -> Bool {
        other.seqs.indices.allSatisfy { other.seqs[$0] <= self[FeedOrdinal($0)] }
    }

    /// The feeds that are not at 0, by ordinal.
    package var entries: [(feed: FeedOrdinal, seq: UInt64)] {
        seqs.indices.compactMap { seqs[$0] > 0 ? (FeedOrdinal($0), seqs[$0]) : nil }
    }

    package var isEmpty: Bool { seqs.isEmpty }
}
