import ReplicaModel
import SQLiteAccess
import SyncWire

/// A replica that was copied, or put back to an older state, has lost its own past: it must not number anew what its
/// peers may have of it. It begins a new incarnation instead, without asking anybody, before it seals the next
/// changeset. What is pending is sealed there, under what its tables really showed; the old feed comes back from peers
/// like any other.
struct Incarnations {
    let transaction: Transaction

    /// Begins a new incarnation if this replica is a copy, or was put back. Before anything is sealed.
    func beginIncarnationIfPutBack() throws(StoreError) {
        let witness = try witnessFile().read()
        let isCopied = try isCopied()
        let isBehind = try isBehind(witness)
        if isCopied || isBehind { try beginIncarnation(after: witness) }
    }

    /// A peer sends back what this replica should have written itself, or something else than it wrote under a number:
    /// it lost its past, or a copy of it wrote on, and it goes on in a new incarnation. Before anything is sealed.
    ///
    /// - Parameter isSigned: nobody but this site signs in its feed, so nobody can make it leave it.
    func beginIncarnationIfReturning(
        _ header: ChangesetHeader, hash: Bytes32, isSigned: @autoclosure () -> Bool
    ) throws(StoreError) {
        guard isOwn(header.feed),
            try transaction.log.dot(header.seq, of: header.feed, as: { $0 == hash }) == nil,
            try transaction.spoilt.spoilt(header).isEmpty, isSigned()
        else { return }
        try beginIncarnation(after: witnessFile().read())
    }

    /// Whether the witness beside this file names what the file does not have: it was put back, or its write-ahead log
    /// was lost.
    func lacksWhatWitnessNames() throws(StoreError) -> Bool {
        try isBehind(try witnessFile().read())
    }

    /// Whether a peer that says that it holds this vector holds more of this replica's own feed than it does, and is
    /// believed.
    func believes(_ peer: SiteID, holds vector: Vector) throws(StoreError) -> Bool {
        guard isBehind(vector) else { return false }
        return try claims(of: peer) < Self.claimsMax
    }

    /// Begins a new incarnation for what a peer says, if it is still to be believed.
    func begin(believing peer: SiteID, holds vector: Vector) throws(StoreError) {
        guard try believes(peer, holds: vector) else { return }
        try transaction.setMeta(Self.claimsName(peer), .integer(try claims(of: peer) + 1))
        try beginIncarnation(after: witnessFile().read())
    }

    /// The number of incarnations that were begun here: by it others tell what this node says from what it said before
    /// its replica was put back.
    func count() throws(StoreError) -> UInt64 {
        if case .integer(let count)? = try transaction.meta("incarnations") { UInt64(clamping: count) } else { 0 }
    }

    /// Raises the number of incarnations that were begun here to what this node once said.
    func count(atLeast least: UInt64) throws(StoreError) {
        guard try count() < least else { return }
        try transaction.setMeta("incarnations", .integer(Int64(clamping: least)))
    }

    /// Whether the witness does not name what was sealed here.
    func isWitnessToWrite() throws(StoreError) -> Bool {
        let heads = ownHeads()
        // An incarnation that was begun is named before it has sealed anything: the one before must not be gone on with
        // again.
        guard !heads.isEmpty || transaction.state.incarnation != .first, !names(heads, transaction.file.witnessed)
        else { return false }
        // Another process may have told it.
        transaction.file.witnessed = try witnessFile().read()
        return !names(heads, transaction.file.witnessed)
    }

    /// Makes the witness name what was sealed here.
    func writeWitness() throws(StoreError) {
        let last = try witnessFile().read()
        guard try !isCopied(), try !isBehind(last) else { return }
        let state = transaction.state
        let next = Witness(
            number: (last?.number ?? 0) + 1, site: state.site, incarnation: state.incarnation, heads: ownHeads())
        if !names(next.heads, last) { try witnessFile().write(next) }
        transaction.file.witnessed = next
    }

    /// How often one peer is believed that shows nothing of what it claims to hold.
    private static let claimsMax: Int64 = 8

    private static func claimsName(_ peer: SiteID) -> String { "claims \(peer.hex)" }

    private func claims(of peer: SiteID) throws(StoreError) -> Int64 {
        guard case .integer(let count)? = try transaction.meta(Self.claimsName(peer)) else { return 0 }
        return count
    }

    /// Believes every peer again once something of this site's own past has come back.
    func noteOwnPast(in fresh: [LoggedChangeset]) throws(StoreError) {
        guard fresh.contains(where: { $0.header.feed.site == transaction.state.site }) else { return }
        try transaction.connection.run("DELETE FROM caravan_meta WHERE name GLOB 'claims *'")
    }

    private func names(_ heads: [Witness.OwnHead], _ witness: Witness?) -> Bool {
        witness?.site == transaction.state.site && witness?.incarnation == transaction.state.incarnation
            && witness?.heads == heads
    }

    private func isOwn(_ feed: FeedID) -> Bool {
        feed.site == transaction.state.site && feed.incarnation == transaction.state.incarnation
    }

    private func isBehind(_ vector: Vector) -> Bool {
        // A branch of it that is not here is more than is here, however short it is.
        vector.contains { feed, seq in
            guard isOwn(feed), seq > 0 else { return false }
            let end = transaction.state.dot(feed.branch?.first ?? 1, of: feed).map(transaction.state.endOfPart) ?? 0
            return seq > end
        }
    }

    private func ownHeads() -> [Witness.OwnHead] {
        transaction.state.feeds.filter { isOwn($0.id) && $0.id.branch == nil && $0.held > 0 }.sorted { $0.id < $1.id }
            .map {
                Witness.OwnHead(scope: $0.id.scope, seq: $0.held, hash: $0.hash)
            }
    }

    /// Whether the file is another than the one in which this incarnation began.
    private func isCopied() throws(StoreError) -> Bool {
        guard case .text(let bytes)? = try transaction.meta("file") else { return true }
        let kept = String(decoding: bytes, as: UTF8.self)
        if transaction.file.identity.isSame(as: kept, isSamePlace: false) { return false }
        let place = FilePlace.text(of: transaction.file.path, on: transaction.connection.disk)
        guard !place.isEmpty, try transaction.meta("place") == .text(place) else { return true }
        return !transaction.file.identity.isSame(as: kept, isSamePlace: true)
    }

    /// Whether the witness names what this replica does not have. One that led to a new incarnation has done its work.
    private func isBehind(_ witness: Witness?) throws(StoreError) -> Bool {
        guard let witness, witness.site == transaction.state.site else { return false }
        if case .integer(let done)? = try transaction.meta("witness"), UInt64(bitPattern: done) >= witness.number {
            return false
        }
        // Begun after this one; that its feed has come back from a peer meanwhile says nothing of the feed that would
        // be gone on with.
        guard witness.incarnation == transaction.state.incarnation else { return true }
        for head in witness.heads {
            let id = FeedID(site: witness.site, incarnation: witness.incarnation, scope: head.scope)
            guard let feed = transaction.state.feed(id),
                try transaction.log.hash(of: Dot(feed: feed.ordinal, seq: head.seq)) == head.hash
            else { return true }
        }
        return false
    }

    private func beginIncarnation(after witness: Witness?) throws(StoreError) {
        guard let drawIncarnation = transaction.file.drawIncarnation else {
            throw .notAllowed("this replica was copied or put back: open it as a node's to write into its log")
        }
        let known = Set(transaction.state.feeds.filter { $0.id.site == transaction.state.site }.map(\.id.incarnation))
        var next = Incarnation.first
        while next == .first || next == transaction.state.incarnation || known.contains(next) {
            next = Incarnation(drawIncarnation())
        }
        transaction.state.incarnation = next
        try count(atLeast: try count() + 1)
        try transaction.setMeta("incarnation", .integer(Int64(bitPattern: next.bits)))
        try transaction.setMeta("file", .text(transaction.file.identity.text))
        try transaction.setMeta(
            "place", .text(FilePlace.text(of: transaction.file.path, on: transaction.connection.disk)))
        if let witness { try transaction.setMeta("witness", .integer(Int64(bitPattern: witness.number))) }
    }

    private func witnessFile() throws(StoreError) -> WitnessFile {
        if let open = transaction.file.openWitness { return open }
        let file = try WitnessFile(besideReplica: transaction.file.path, on: transaction.connection.disk)
        transaction.file.openWitness = file
        return file
    }
}
