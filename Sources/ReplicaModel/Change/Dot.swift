/// A feed's number inside one replica: small, given in the order in which the replica heard of its feeds, never sent.
package struct FeedOrdinal: Hashable, Comparable, Sendable {
    package let number: Int
    package init(_ number: Int) { self.number = number }
    package static func < (l: FeedOrdinal, r: FeedOrdinal) -> Bool { l.number < r.number }
}

/// Names one changeset inside one replica, and so one write of a cell: seq in the upper bits, feed in the lower 16, so
/// that the first changesets of a feed are small integers to SQLite.
package struct Dot: Hashable, Sendable {
    package let bits: Int64

    /// The highest seq that a dot can hold: no changeset has a higher one.
    package static let seqMax: UInt64 = 1 << 47 - 1

    /// Names a changeset. More feeds than one replica can number (65,536) or a seq beyond `seqMax` cannot be held.
    package init(feed: FeedOrdinal, seq: UInt64) {
        precondition(
            feed.number >= 0 && feed.number <= 0xFFFF && seq <= Self.seqMax,
            "a dot holds 16 bits of feed and 47 of seq")
        bits = Int64(seq) << 16 | Int64(feed.number)
    }

    package init(bits: Int64) { self.bits = bits }

    package var feed: FeedOrdinal { FeedOrdinal(Int(bits & 0xFFFF)) }
    /// The number of the changeset in its feed. A number also where a disk has altered the bits.
    package var seq: UInt64 { UInt64(bitPattern: bits >> 16) & (1 << 47 - 1) }
}
