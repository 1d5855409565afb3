import ReplicaModel
import SQLiteAccess
import SyncWire

/// The part of a replica that serves an exchange with a peer.
extension Replica {
    /// The changesets that this replica tells others that it holds: of each feed what is before the first one that was
    /// altered.
    package func soundVector() throws(StoreError) -> Vector {
        try read().spoilt.soundVector()
    }

    /// Changesets that were found altered, and have not come again.
    package func spoilt() throws(StoreError) -> [(feed: FeedID, seq: UInt64)] {
        try read().spoilt.spoilt()
    }

    /// Changesets of which some chunks are kept and not all: what a session that was cut left.
    package func unfinished() throws(StoreError) -> [UnfinishedChangeset] {
        let transaction = try read()
        return try transaction.staging.unfinished() + transaction.spoilt.unfinished()
    }

    /// Whether the witness beside this file names what the file does not have: it was put back, or its write-ahead log
    /// was lost.
    package func lacksWhatWitnessNames() throws(StoreError) -> Bool {
        try read().incarnations.lacksWhatWitnessNames()
    }

    /// The place of a site in the roster; nil where nobody ever admitted it.
    package func member(_ site: SiteID) throws(StoreError) -> RosterEntry? { try read().founding.member(site) }

    /// Everybody who was ever admitted, by site.
    package func members() throws(StoreError) -> [RosterEntry] {
        try read().founding.members()
    }

    /// Held and applied vectors, over the feeds of every scope.
    package func vectors() throws(StoreError) -> (held: Vector, applied: Vector) {
        try read().founding.vectors()
    }

    /// Heads of what is held, as others are told: of one scope, or of all.
    package func heads(scope: Scope? = nil) throws(StoreError) -> [FeedID: Head] {
        try read().founding.heads(scope: scope)
    }

    /// Everything that is held, as others are told, of one moment.
    package func holdings() throws(StoreError) -> Holdings { try read().founding.holdings() }

    /// Lets the bearer of a secret in: seals its admission. A site that was let in by this secret before is let in
    /// again, so that a joining that broke off can be repeated.
    package func redeem(
        _ request: JoinRequest, by site: SiteID, with key: SigningKey, now: Int64
    ) throws(StoreError) -> Redemption {
        try write { try $0.invitations.redeem(request, by: site, with: key, now: now) }
    }

    /// Notes that a changeset was found altered.
    package func noteSpoilt(_ feed: FeedID, seq: UInt64) throws(StoreError) {
        try write { transaction in
            guard let dot = transaction.state.dot(seq, of: feed) else { return }
            try transaction.spoilt.list(spoilt: [dot])
        }
    }

    /// Puts right what is of such changesets, in a transaction of its own: what is pending may not be sealed before
    /// that.
    package func replaceSpoilt(from batch: [IncomingChangeset]) throws(StoreError) {
        guard !state.sound.isEmpty else { return }
        try write { try $0.spoilt.replaceSpoilt(from: batch) }
    }

    /// A vector's feeds of which this replica has heard, and the one that it writes itself: what a peer says of others
    /// says nothing here.
    package func known(_ vector: Vector) throws(StoreError) -> Vector {
        vector.isEmpty ? vector : try read().peerBook.known(vector)
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

    /// All that is held beyond a vector, whatever the disk made of what is before it: for whoever compares logs.
    package func everything(beyond vector: Vector) throws(StoreError) -> Outgoing {
        try Outgoing(
            replica: self, peer: vector, scopes: nil, unfinished: [], for: .comparison, bytesInMemory: .max)
    }

    /// Seals all that is pending into one changeset, in a transaction of its own. Nil if nothing had changed.
    @discardableResult
    package func seal(with key: SigningKey) throws(StoreError) -> UInt64? {
        guard try read().sealer.isToSeal() else { return nil }
        return try write { try $0.sealer.sealPending(with: key)?.dot.seq }
    }

    /// A peer says that it holds more of this replica's own feed than this replica does: it lost its past, and goes on
    /// in a new incarnation.
    ///
    /// It is said, not signed. So a peer is believed only so often before something of the past has come back: whoever
    /// lies would make a node begin feeds until nobody takes another of it.
    package func peerHolds(_ vector: Vector, says peer: SiteID) throws(StoreError) {
        guard try read().incarnations.believes(peer, holds: vector) else { return }
        try write { try $0.incarnations.begin(believing: peer, holds: vector) }
    }

    /// Makes the witness name what was sealed here. Before any of it is sent, whichever process sealed it.
    package func witness() throws(StoreError) {
        guard try read().incarnations.isWitnessToWrite() else { return }
        // Under the lock of whoever writes, or an older one could overtake.
        try write { try $0.incarnations.writeWitness() }
    }

    /// Looks again at all that waits for something else than a changeset, if another software, or another schema of the
    /// file, than the one that looked last has it before it.
    ///
    /// - Parameters:
    ///   - software: its name and version.
    ///   - key: seals first what is pending.
    ///   - now: milliseconds since 1970.
    package func retryWaiting(asSoftware software: String, sealingWith key: SigningKey, now: Int64) throws(StoreError) {
        guard try read().waiting.isToRetry(asSoftware: software) else { return }
        try writeApplying { try $0.waiting.retry(asSoftware: software, sealingWith: key, now: now) }
    }
}
