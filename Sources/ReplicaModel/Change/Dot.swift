/// A feed's number inside one replica: small, given in the order in which the replica heard of its feeds, never sent.
public struct FeedOrdinal: Hashable, Comparable, Sendable {
    public let number: Int
    public init(_ number: Int) { self.number = number }
    public static func < (l: FeedOrdinal, r: FeedOrdinal) -> Bool { l.number < r.number }
}

/// Names one changeset inside one replica, and so one write of a cell: seq in the upper bits, feed in the lower 16, so
/// that the first changesets of a feed are small integers to SQLite.
public struct Dot: Hashable, Sendable {
    public let bits: Int64

    /// More feeds than one replica can number (65,536) or a seq beyond 2^47 cannot be held.
    public init(feed: FeedOrdinal, seq: UInt64) {
        precondition(
            feed.number >= 0 && feed.number <= 0xFFFF && seq < 1 << 47, "a dot holds 16 bits of feed and 47 of seq")
        bits = Int64(seq) << 16 | Int64(feed.number)
    }

    public init(bits: Int64) { self.bits = bits }

    public var feed: FeedOrdinal { FeedOrdinal(Int(bits & 0xFFFF)) }
    public var seq: UInt64 { UInt64(bits >> 16) }
}
