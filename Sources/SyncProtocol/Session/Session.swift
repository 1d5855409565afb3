import ReplicaModel

/// Decides a conversation with one peer, without IO: an event goes in, orders come out. It is symmetric but for three
/// things: only a dialling side joins, only a listening side refuses who knocks, and the dialling side says bye when
/// all is done. Where both sides stay, nobody does: the session *stands*, and what either side comes to hold it tells
/// the other at once.
///
/// Strangers: a side that knows the other's key by its roster says hello at once. A side that does not says nothing of
/// its own: it asks by `knock` to be shown control changesets, judges again after them, and refuses by a named error.
///
/// Each order is carried out, and what came of it reported, before the next event.
package struct Session: Sendable {
    /// An order of the session to its surroundings, carried out in the order given.
    package enum Action: Hashable, Sendable {
        case send(Message)
        /// Compose a hello from the replica as it is now, and send it.
        case sendHello
        /// Stream what a peer with this held vector lacks, of these scopes (nil: all), and mark the end.
        case stream(lackedBy: Vector, scopes: Set<Scope>?)
        /// Take these bytes of the peer's stream. Of a peer that has to prove itself anything but control changesets is
        /// refused.
        case take([UInt8], isLast: Bool, trust: PeerTrust)
        /// Stream what this side holds and a peer with this vector lacks, and mark the end. The vector is what this
        /// side knows, and not what the peer said.
        case push(lackedBy: Vector)
        /// Note that both sides hold what either had, and that the session stands.
        case settled
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

    package let isDialler: Bool
    package let site: SiteID
    package let peer: SiteID
    package let alliance: Bytes32

    /// How far the peer's key is trusted: what was known of it at the beginning, until it has shown that it belongs.
    package private(set) var trust: PeerTrust
    var phase: Phase
    /// The time when the peer's last word came, or this side was last at work on one.
    var lastHeard: Int64
    package let began: Int64

    /// - Parameter now: milliseconds, of any clock that only goes forward.
    package init(isDialler: Bool, site: SiteID, peer: SiteID, alliance: Bytes32, trust: PeerTrust, now: Int64) {
        self.isDialler = isDialler
        self.site = site
        self.peer = peer
        self.alliance = alliance
        self.trust = trust
        phase = trust.mustProve ? .silent : .greeting(Greeting())
        lastHeard = now
        began = now
    }

    var hasEnded: Bool { if case .ended = phase { true } else { false } }

    /// The peer's hello; nil before one was accepted.
    package var peerHello: Hello? {
        switch phase {
        case .silent, .greeting: nil
        case .knocked(let proof): proof.hello
        case .answering(let hello): hello
        case .exchanging(let exchange): exchange.peerHello
        case .ended(let hello): hello
        }
    }

    /// Whether the peer belongs: its key is on the roster, or was dialled with an invitation.
    package var isPeerKnown: Bool { !trust.mustProve }

    /// Notes that the peer has shown that it belongs.
    mutating func proved(_ trust: PeerTrust) { self.trust = trust }

    /// Forgets what the peer said of feeds that this side has not heard of: a peer can invent any number of them.
    package mutating func forget(feedsBut isKnown: (FeedID) -> Bool) {
        guard case .exchanging(var exchange) = phase else { return }
        exchange.forget(feedsBut: isKnown)
        phase = .exchanging(exchange)
    }
}

extension Session {
    /// The range of protocol versions that this software speaks.
    package static let versions: ClosedRange<UInt64> = 1...1

    /// The most that a peer may show which is not on the roster: enough for thousands of roster changes, little enough
    /// to be held in memory.
    package static let strangerBytesMax = 1 << 20

    /// The silence after which a peer is given up: slow links lose packets, not minutes.
    package static let silenceMax: Int64 = 60_000

    /// The same of a session that stands, in which nobody has anything to say.
    package static let standingSilenceMax: Int64 = 150_000

    /// The silence after which a side says ping, from its first word on, and above all while it works on what it got:
    /// three may be lost.
    package static let pingEvery: Int64 = 15_000

    /// The same where the session stands: one small frame a minute.
    package static let standingPingEvery: Int64 = 60_000

    /// The time that a stranger has to show itself.
    package static let strangerSilenceMax: Int64 = 10_000
}
