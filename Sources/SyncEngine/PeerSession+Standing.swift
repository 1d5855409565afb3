import ReplicaModel
import ReplicaStore
import SyncProtocol

/// A session that stays when all is exchanged.
extension PeerSession {
    /// Whether both sides hold what either has, and the session waits for what comes.
    package var isStanding: Bool { session.isStanding }

    /// Whether nothing is left to be noted of a session that stands.
    package var isQuiet: Bool { isStanding && unnoted == nil }

    /// Milliseconds after which this side says ping, if it has said nothing.
    package var pingEvery: Int64 { session.pingEvery }

    /// Whether the peer dialled this side.
    package var isAnswered: Bool { !session.isDialler }

    /// Notes that this side holds something else than before: what the peer lacks of it goes on its way, where both
    /// stay.
    ///
    /// - Parameters:
    ///   - held: the vector of what is held here, sound.
    ///   - retired: the sites whose right was ended, which many sessions are told together; nil: it is looked up.
    /// - Returns: whether there is something to send.
    package func holds(
        _ held: Vector, retired: Set<SiteID>? = nil, at moment: Moment
    ) throws(StoreError) -> Bool {
        self.moment = moment
        // What is new may be the end of the peer's right.
        let isRetired = if let retired { retired.contains(peer) } else { try engine.trust(in: peer) == .retired }
        if session.isPeerKnown, isRetired {
            try carryOut(session.refuse(.retired))
            return true
        }
        guard !forks.misnames(told, now: held) else {
            try carryOut(session.isStanding ? session.part() : session.refuse(ForkWatch.wentTwoWays))
            return true
        }
        guard hasSettled else { return false }
        let actions = told.exceeds(held) ? session.part() : session.holds(held)
        try carryOut(actions)
        return !actions.isEmpty
    }

    /// Ends the session if it stands, so that the next one compares everything anew: clocks, forks, what a disk
    /// altered.
    package func part(at moment: Moment) throws(StoreError) {
        self.moment = moment
        try carryOut(session.part())
    }

    /// Milliseconds after which the side that dialled parts.
    private static let standingMax: Int64 = 15 * 60_000

    package func partIfOld(at moment: Moment) throws(StoreError) {
        if session.isDialler, moment.steady - session.began > Self.standingMax { try part(at: moment) }
    }
}
