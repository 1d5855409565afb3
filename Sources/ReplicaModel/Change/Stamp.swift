/// A hybrid logical clock reading: 48 bits of milliseconds since 1970, 16 bits of counter.
///
/// It decides what is shown among concurrent writes and how lists are ordered, and nothing else.
/// Source: Kulkarni, Demirbas et al., "Logical Physical Clocks" (2014).
public struct Stamp: Hashable, Comparable, Sendable {
    /// The reading as one number, by which stamps are ordered: the milliseconds in the upper 48 bits, the counter in
    /// the lower.
    public let bits: UInt64

    /// Takes a reading from its one number.
    public init(bits: UInt64) { self.bits = bits }

    /// The first stamp of that millisecond. What lies before 1970 or beyond 48 bits is moved to the nearest end.
    public init(milliseconds: Int64) {
        bits = UInt64(min(max(milliseconds, 0), Stamp.millisecondsMax)) << 16
    }

    /// Milliseconds since 1970.
    public var milliseconds: Int64 { Int64(bits >> 16) }

    /// The least stamp: the beginning of 1970, with a counter of 0.
    public static let zero = Stamp(bits: 0)
    static let millisecondsMax: Int64 = 1 << 48 - 1

    /// How far ahead of now a stamp may lie and still be followed: a day, so that time zones set wrongly are followed
    /// and a clock in another year is not.
    public static let followedAheadMax: Int64 = 24 * 3600 * 1000

    public static func < (l: Stamp, r: Stamp) -> Bool { l.bits < r.bits }
}

/// The greatest stamp that a replica follows, kept over all that it applied.
package struct StampClock: Hashable, Sendable {
    /// The greatest applied stamp that was at most 24 hours ahead of now.
    package private(set) var followed: Stamp

    package init(followed: Stamp = .zero) { self.followed = followed }

    /// A stamp further ahead than 24 hours moves nobody's clock, so one wrong clock ends when it is mended.
    package mutating func applied(_ stamp: Stamp, at now: Int64) {
        if stamp > followed, Self.follows(stamp, at: now) { followed = stamp }
    }

    /// Whether the stamp that was followed lies too far ahead of now, because the clock has been set back since. Then
    /// the greatest applied stamp that does not is to be followed instead.
    package func isStale(at now: Int64) -> Bool { !Self.follows(followed, at: now) }

    /// The greatest stamp that is followed at `now`.
    package static func bound(at now: Int64) -> Stamp {
        // A clock, or the time in a note, may be set to anything.
        let (bound, isBeyond) = now.addingReportingOverflow(Stamp.followedAheadMax)
        return Stamp(bits: Stamp(milliseconds: isBeyond ? .max : bound).bits | 0xFFFF)
    }

    private static func follows(_ stamp: Stamp, at now: Int64) -> Bool { stamp <= bound(at: now) }

    /// The stamp of a changeset sealed now: the greater of `written` and 1 + what is followed. The clock is not stale.
    package func next(at written: Int64) -> Stamp {
        precondition(!isStale(at: written), "a clock that was set back follows another stamp first")
        let (next, isBeyond) = followed.bits.addingReportingOverflow(1)
        return max(Stamp(milliseconds: written), isBeyond ? followed : Stamp(bits: next))
    }
}
