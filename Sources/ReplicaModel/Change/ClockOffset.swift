/// The difference between this machine's clock and that of a peer that keeps time.
package struct ClockOffset: Hashable, Sendable {
    /// The difference beyond which a clock is reported as off, in milliseconds: more than time zones on a bad day and
    /// slow links make of one that is right.
    package static let reportedBeyond: Int64 = 600_000
    /// The times that a peer may set a clock to, in milliseconds since 1970: those of 32 bits of seconds, to 2106. One
    /// that says another has lost its own.
    private static let believed: ClosedRange<Int64> = 0...(1 << 32) * 1_000

    /// The peer that was asked.
    package let keeper: SiteID
    /// The keeper's clock less ours, in milliseconds.
    package let milliseconds: Int64

    package init(keeper: SiteID, milliseconds: Int64) {
        self.keeper = keeper
        self.milliseconds = milliseconds
    }

    /// The time by the keeper's clock when ours says `now`; what ours says where that cannot be.
    package func corrected(_ now: Int64) -> Int64 {
        let (time, isBeyond) = now.addingReportingOverflow(milliseconds)
        return isBeyond || !Self.believed.contains(time) ? now : time
    }

    /// The clock of another less ours, in milliseconds, where both may say anything.
    package static func between(_ other: Int64, and own: Int64) -> Int64 {
        let (difference, isBeyond) = other.subtractingReportingOverflow(own)
        return isBeyond ? (other < 0 ? .min : .max) : difference
    }

    /// Whether a difference is so great that people are told of it.
    package static func isReported(_ milliseconds: Int64) -> Bool { milliseconds.magnitude > reportedBeyond.magnitude }
}
