import ReplicaModel

/// How far an exchange is, in changesets.
public struct SyncProgress: Sendable {
    public let peer: String
    public let sent: UInt64
    public let toSend: UInt64
    public let received: UInt64
    public let applied: UInt64
}

/// The outcome of an exchange with one peer.
public struct SyncOutcome: Sendable {
    public let peer: String
    /// Nil where the peer was never reached.
    public let site: SiteID?
    public let sent: UInt64
    public let received: UInt64
    public let applied: UInt64
    /// Nil if both sides hold the same now.
    public let error: NodeError?
}

extension SyncOutcome {
    /// Both exchanges as one.
    func followed(by next: SyncOutcome) -> SyncOutcome {
        SyncOutcome(
            peer: peer, site: next.site ?? site, sent: sent + next.sent, received: received + next.received,
            applied: applied + next.applied,
            error: next.error)
    }
}
