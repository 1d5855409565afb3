import ReplicaModel

/// One conversation with one peer, decided without IO: an event goes in, orders come out. It is symmetric but for three things: only a
/// dialling side joins, only a listening side refuses who knocks, and the dialling side says bye when all is done.
///
/// Strangers: a side that knows the other's key by its roster says hello at once. A side that does not says nothing of its own: it
/// asks by `knock` to be shown control changesets, judges again after them, and refuses by a named error.
public struct Session: Sendable {
    /// What the session asks its surroundings to do, in the order given.
    public enum Action: Hashable, Sendable {
        case send(Message)
        /// Compose a hello from the replica as it is now, and send it.
        case sendHello
        /// Stream what a peer with this held vector lacks, of these scopes (nil: all), and mark the end.
        case stream(lackedBy: Vector, scopes: Set<Scope>?)
        /// Take these bytes of the peer's stream. `isControlOnly`: anything else in them is refused.
        case take([UInt8], isLast: Bool, isControlOnly: Bool)
        /// Send an ack of what is durable.
        case acknowledge
        case redeem(JoinRequest)
        /// Read the vector of this hello with the roster, and report it by `resolved`.
        case resolve(Hello)
        case sendVector
        /// Keep what the peer says it holds and applied.
        case record(held: Vector, applied: Vector)
        case end(SessionEnd)
    }

    public let isDialler: Bool
    public let site: SiteID
    public let peer: SiteID
    public let alliance: Bytes32

    var knowsPeer: Bool
    var hasEnded = false
    var hasSentHello = false
    var hasSentVector = false
    var hasKnocked = false
    var hasIntroduced = false
    /// The introduction is ordered, and its last frame is not sent.
    var isIntroducing = false
    /// Bytes taken from a peer that is not on the roster yet.
    var strangerBytes = 0
    /// The peer's hello, once it was accepted.
    var hello: Hello?
    /// What this side sent as digest of its heads.
    var ownHeads: Bytes32?
    /// What this side's hello said that it holds.
    var ownHeld: Vector = [:]
    var isStreaming = false
    /// The peer was asked for its vector, and has not told it.
    var isVectorWanted = false
    var hasSentLast = false
    var hasReceivedLast = false
    var hasAcknowledgedLast = false
    var hasReceivedAck = false
    /// What the peer holds once it has taken this side's stream.
    var reaches: Vector = [:]
    /// What the peer said last that it holds.
    var acked: Vector = [:]
    /// What the peer said last that it applied, of the feeds of which that is not what it holds.
    var ackedApplied: Vector = [:]
    var lastHeard: Int64
    let began: Int64

    /// - Parameters:
    ///   - knowsPeer: the peer's key is on the roster, or is that of the invitation being redeemed.
    ///   - now: milliseconds, of any clock that only goes forward.
    public init(isDialler: Bool, site: SiteID, peer: SiteID, alliance: Bytes32, knowsPeer: Bool, now: Int64) {
        self.isDialler = isDialler
        self.site = site
        self.peer = peer
        self.alliance = alliance
        self.knowsPeer = knowsPeer
        lastHeard = now
        began = now
    }

    /// What the peer said of itself; nil before its hello was accepted.
    public var peerHello: Hello? { hello }

    /// Whether the peer belongs: its key is on the roster, or was dialled with an invitation.
    public var isPeerKnown: Bool { knowsPeer }

    /// Forgets what the peer said of feeds that this side has not heard of: a peer can invent any number of them.
    public mutating func forget(feedsBut isKnown: (FeedID) -> Bool) { acked = acked.filter { isKnown($0.key) } }

    /// The range of protocol versions that this software speaks.
    public static let versions: ClosedRange<UInt64> = 1...1

    /// What a peer that is not on the roster may show: enough for thousands of roster changes, little enough to be held in memory.
    public static let strangerBytesMax = 1 << 20

    /// A peer that says nothing for so long is given up: slow links lose packets, not minutes.
    public static let silenceMax: Int64 = 60_000

    /// Who has said nothing for so long says ping, from its first word on, and above all while it works on what it got: three may be lost.
    public static let pingEvery: Int64 = 15_000

    /// A stranger has this long to show itself.
    public static let strangerSilenceMax: Int64 = 10_000
}

/// Why a session is over.
public enum SessionEnd: Hashable, Sendable {
    /// Both sides hold what either had at the hello.
    case done
    /// The peer said bye before that.
    case bye(ByeReason)
    /// This side refuses: a named error was sent.
    case refused(ErrorCode, String)
    /// The peer refused: its named error and sentence.
    case refusedByPeer(ErrorCode, String)
}
