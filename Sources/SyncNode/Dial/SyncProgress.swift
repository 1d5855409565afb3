import ReplicaModel
import SyncEngine

/// How far an exchange is, in changesets.
public struct SyncProgress: Sendable {
    /// The name under which this node knows the peer, or the HOST:PORT by which it was dialled where it has none.
    public let peer: String
    /// How many changesets this side has put into its stream so far.
    public let sent: UInt64
    /// How many changesets this side sends in all; 0 until the peer has said what it holds.
    public let toSend: UInt64
    /// How many changesets came that were not held here before. They are durable.
    public let received: UInt64
    /// How many changesets were applied here since the exchange began, those included that had waited before.
    public let applied: UInt64
}

/// The outcome of an exchange with one peer.
public struct SyncOutcome: Sendable {
    /// The name under which this node knows the peer, or the HOST:PORT by which it was dialled where it has none.
    public let peer: String
    /// Nil where the peer was never reached.
    public let site: SiteID?
    /// How many changesets this side sent; 0 where the connection broke off, also if some went before. Where the peer
    /// was met twice in one `sync`, this and the counts below are those of both exchanges.
    public let sent: UInt64
    /// How many changesets came that were not held here before; 0 where the connection broke off, also if some came
    /// before and were kept.
    public let received: UInt64
    /// How many changesets were applied here, those included that had waited before; 0 where the connection broke off.
    public let applied: UInt64
    /// Nil if both sides hold the same now.
    public let error: NodeError?
    /// Whether it stood for a while, once both sides held the same.
    var hasStood = false
    /// Whether the link broke off after it had carried so much that the next session goes on further.
    var hasProgressed = false
    /// How far an exchange had got that broke off; nil where none was begun.
    var headway: Headway?
}

extension SyncOutcome {
    /// Adds the exchange that follows, so that both count as one.
    func followed(by next: SyncOutcome) -> SyncOutcome {
        SyncOutcome(
            peer: peer, site: next.site ?? site, sent: sent + next.sent, received: received + next.received,
            applied: applied + next.applied, error: next.error, hasStood: next.hasStood,
            hasProgressed: next.hasProgressed, headway: next.headway)
    }
}
