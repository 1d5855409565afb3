/// The state of a connection as this machine's own network knows it, whatever the programs at its ends do.
package struct LinkState: Hashable, Sendable {
    /// Milliseconds since the other machine last acknowledged anything.
    package let silence: Int64
    /// Whether something was sent, and is not acknowledged.
    package let isOwed: Bool
    /// Whether the address from which it was made is still this machine's.
    package let isAtHome: Bool

    package init(silence: Int64, isOwed: Bool, isAtHome: Bool) {
        (self.silence, self.isOwed, self.isAtHome) = (silence, isOwed, isAtHome)
    }

    /// The time, in milliseconds, in which a machine acknowledges a ping that stands at the other end: some round trips
    /// of a slow link, and one packet that is sent again.
    package static let doubtMax: Int64 = 3_000
    /// The silence, in milliseconds, after which a session that stood is given up where something is owed.
    package static let owedMax: Int64 = 15_000
    /// Milliseconds by which the clocks of the network are coarse.
    private static let coarse: Int64 = 50

    /// Whether nobody is at the other end any more, where it was doubted and a ping was sent so long ago.
    ///
    /// A machine that has no room for more acknowledges seldom, and owes nothing then: that is no silence. Where
    /// a session stands there is always room for a ping.
    package func isGone(doubtedFor elapsed: Int64, isStanding: Bool) -> Bool {
        elapsed >= Self.doubtMax && silence > elapsed + Self.coarse && (isStanding || isOwed || !isAtHome)
    }

    /// Whether a session that stood is to be given up, for the other machine acknowledges nothing of what was sent. A
    /// link that is slow, or full, acknowledges.
    package var isSilent: Bool { isOwed && silence >= Self.owedMax }
}
