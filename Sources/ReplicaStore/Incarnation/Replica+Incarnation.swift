import ReplicaModel
import SyncWire

/// A replica that was copied, or put back to an older state, has lost its own past: it must not number anew what its peers may have of it. It
/// begins a new incarnation instead, without asking anybody, before it seals the next changeset. What is pending is sealed there, under what its
/// tables really showed; the old feed comes back from peers like any other.
extension Replica {
    /// Begins a new incarnation if this replica is a copy, or was put back. Inside a transaction, before anything is sealed.
    func beginIncarnationIfPutBack() throws(StoreError) {
        let witness = try witnessFile().read()
        let isCopied = try isCopied()
        let isBehind = try isBehind(witness)
        if isCopied || isBehind { try beginIncarnation(after: witness) }
    }

    /// A peer sends back what this replica should have written itself: it lost its past, and goes on in a new incarnation. Inside a transaction,
    /// before anything is sealed.
    ///
    /// - Parameter isSigned: nobody but this site signs in its feed, so nobody can make it leave it.
    func beginIncarnationIfReturning(_ header: ChangesetHeader, isSigned: @autoclosure () -> Bool) throws(StoreError) {
        guard isOwn(header.feed), header.seq > state.feed(header.feed)?.held ?? 0, isSigned() else { return }
        try beginIncarnation(after: witnessFile().read())
    }

    /// Whether the witness beside this file names what the file does not have: it was put back, or its write-ahead log was lost.
    public func lacksWhatWitnessNames() throws(StoreError) -> Bool {
        try look { () throws(StoreError) in try isBehind(try witnessFile().read()) }
    }

    /// A peer says that it holds more of this replica's own feed than this replica does: it lost its past, and goes on in a new incarnation.
    ///
    /// It is said, not signed. So a peer is believed only so often before something of the past has come back: whoever lies would make a node
    /// begin feeds until nobody takes another of it.
    public func peerHolds(_ vector: Vector, says peer: SiteID) throws(StoreError) {
        let isToldMore = try look { () throws(StoreError) in
            guard isBehind(vector) else { return false }
            return try claims(of: peer) < Self.claimsMax
        }
        guard isToldMore else { return }
        try transact { () throws(StoreError) in
            let count = try claims(of: peer)
            guard isBehind(vector), count < Self.claimsMax else { return }
            try setMeta(Self.claimsName(peer), .integer(count + 1))
            try beginIncarnation(after: witnessFile().read())
        }
    }

    /// How often one peer is believed that shows nothing of what it claims to hold.
    private static let claimsMax: Int64 = 8

    private static func claimsName(_ peer: SiteID) -> String { "claims \(peer.hex)" }

    private func claims(of peer: SiteID) throws(StoreError) -> Int64 {
        guard case .integer(let count)? = try meta(Self.claimsName(peer)) else { return 0 }
        return count
    }

    /// Believes every peer again once something of this site's own past has come back. Inside a transaction.
    func noteOwnPast(in fresh: [LoggedChangeset]) throws(StoreError) {
        guard fresh.contains(where: { $0.header.feed.site == state.site }) else { return }
        try connection.run("DELETE FROM caravan_meta WHERE name GLOB 'claims *'")
    }

    /// Makes the witness name what was sealed here. Before any of it is sent, whichever process sealed it.
    public func witness() throws(StoreError) {
        let heads = try look { () throws(StoreError) in ownHeads() }
        // An incarnation that was begun is named before it has sealed anything: the one before must not be gone on with again.
        guard !heads.isEmpty || state.incarnation != .first, !names(heads, witnessed) else { return }
        // Another process may have told it.
        witnessed = try witnessFile().read()
        guard !names(heads, witnessed) else { return }
        // Under the lock of whoever writes, or an older one could overtake.
        try transact { () throws(StoreError) in
            let last = try witnessFile().read()
            guard try !isCopied(), try !isBehind(last) else { return }
            let next = Witness(number: (last?.number ?? 0) + 1, site: state.site, incarnation: state.incarnation, heads: ownHeads())
            if !names(next.heads, last) { try witnessFile().write(next) }
            witnessed = next
        }
    }

    private func names(_ heads: [Witness.OwnHead], _ witness: Witness?) -> Bool {
        witness?.site == state.site && witness?.incarnation == state.incarnation && witness?.heads == heads
    }

    private func isOwn(_ feed: FeedID) -> Bool { feed.site == state.site && feed.incarnation == state.incarnation }

    private func isBehind(_ vector: Vector) -> Bool {
        vector.contains { feed, seq in isOwn(feed) && seq > state.feed(feed)?.held ?? 0 }
    }

    private func ownHeads() -> [Witness.OwnHead] {
        state.feeds.filter { isOwn($0.id) && $0.held > 0 }.sorted { $0.id < $1.id }.map {
            Witness.OwnHead(scope: $0.id.scope, seq: $0.held, hash: $0.hash)
        }
    }

    /// Whether the file is another than the one in which this incarnation began.
    private func isCopied() throws(StoreError) -> Bool {
        guard case .text(let bytes)? = try meta("file") else { return true }
        let kept = String(decoding: bytes, as: UTF8.self)
        if identity.isSame(as: kept, isSamePlace: false) { return false }
        let place = FilePlace.text(of: path, on: connection.disk)
        guard !place.isEmpty, try meta("place") == .text(place) else { return true }
        return !identity.isSame(as: kept, isSamePlace: true)
    }

    /// Whether the witness names what this replica does not have. One that led to a new incarnation has done its work.
    private func isBehind(_ witness: Witness?) throws(StoreError) -> Bool {
        guard let witness, witness.site == state.site else { return false }
        if case .integer(let done)? = try meta("witness"), UInt64(bitPattern: done) >= witness.number { return false }
        // Begun after this one; that its feed has come back from a peer meanwhile says nothing of the feed that would be gone on with.
        guard witness.incarnation == state.incarnation else { return true }
        for head in witness.heads {
            let id = FeedID(site: witness.site, incarnation: witness.incarnation, scope: head.scope)
            guard let feed = state.feed(id), try hash(of: Dot(feed: feed.ordinal, seq: head.seq)) == head.hash else { return true }
        }
        return false
    }

    private func beginIncarnation(after witness: Witness?) throws(StoreError) {
        guard let drawIncarnation else { throw .notAllowed("this replica was copied or put back: open it as a node's to write into its log") }
        let known = Set(state.feeds.filter { $0.id.site == state.site }.map(\.id.incarnation))
        var next = Incarnation.first
        while next == .first || next == state.incarnation || known.contains(next) { next = Incarnation(drawIncarnation()) }
        state.incarnation = next
        try setMeta("incarnation", .integer(Int64(bitPattern: next.bits)))
        try setMeta("file", .text(identity.text))
        try setMeta("place", .text(FilePlace.text(of: path, on: connection.disk)))
        if let witness { try setMeta("witness", .integer(Int64(bitPattern: witness.number))) }
    }

    private func witnessFile() throws(StoreError) -> WitnessFile {
        if let open = openWitness { return open }
        let file = try WitnessFile(besideReplica: path, on: connection.disk)
        openWitness = file
        return file
    }
}
