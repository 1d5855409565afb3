import ReplicaModel
import SQLiteAccess
import SyncWire

/// The part of a replica that serves an exchange with a peer.
extension Replica {
    /// The changesets that this replica tells others that it holds: of each feed what is before the first one that was
    /// altered.
    package func soundVector() throws(StoreError) -> Vector {
        try read().state.soundVector
    }

    /// The place of a site in the roster; nil where nobody ever admitted it.
    package func member(_ site: SiteID) throws(StoreError) -> RosterEntry? { try read().state.roster.entry(of: site) }

    /// The sites that were ever admitted, by site.
    package func members() throws(StoreError) -> [RosterEntry] {
        try read().state.roster.entries
    }

    /// Held and applied vectors, over the feeds of every scope.
    package func vectors() throws(StoreError) -> (held: Vector, applied: Vector) {
        let state = try read().state
        return (state.vector(state.held), state.vector(state.applied))
    }

    /// Heads of what is held, as others are told: of one scope, or of all.
    package func heads(scope: Scope? = nil) throws(StoreError) -> [FeedID: Head] {
        try read().state.heads(scope: scope)
    }

    /// The whole of what is held, as others are told, of one moment.
    package func holdings() throws(StoreError) -> Holdings { try read().state.holdings }

    /// Lets the bearer of a secret in: seals its admission. A site that was let in by this secret before is let in
    /// again, so that a joining that broke off can be repeated.
    package func redeem(_ request: JoinRequest, by site: SiteID, now: Int64) throws(StoreError) -> Redemption {
        try write { try $0.invitations.redeem(request, by: site, now: now) }
    }

    /// The changesets that a peer with this held vector lacks, as of now.
    ///
    /// - Parameters:
    ///   - ceiling: nothing beyond this vector is given; nil: all that is held.
    ///   - bytesInMemory: how large a changeset may be that the peer takes in memory.
    /// - Throws: `spoilt` where the peer has nothing yet and the disk altered the founding changeset.
    package func outgoing(
        lackedBy peer: Vector, scopes: Set<Scope>? = nil, unfinished: [UnfinishedChangeset] = [],
        marks: [FeedHead] = [], for reader: Outgoing.Reader = .peer, upTo ceiling: Vector? = nil,
        bytesInMemory: Int = 4 << 20
    ) throws(StoreError) -> Outgoing {
        try Outgoing(
            replica: self, peer: peer, scopes: scopes, unfinished: unfinished, marks: marks, for: reader, upTo: ceiling,
            bytesInMemory: bytesInMemory)
    }

    /// The changesets that are held beyond a vector, whatever the disk made of what is before it: for whoever compares
    /// logs.
    package func everything(beyond vector: Vector) throws(StoreError) -> Outgoing {
        try Outgoing(
            replica: self, peer: vector, scopes: nil, unfinished: [], for: .comparison, bytesInMemory: .max)
    }

    /// Seals all that is pending into one changeset, in a transaction of its own. Nil if nothing had changed.
    @discardableResult
    package func seal() throws(StoreError) -> UInt64? {
        guard try read().sealer.isToSeal() else { return nil }
        return try write { try $0.sealer.sealPending()?.dot.seq }
    }

}
