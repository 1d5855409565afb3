import ReplicaModel
import SQLiteAccess
import SyncWire

/// A changeset as it came from a peer: its header not verified, its chunks already held against the header's hashes.
package struct IncomingChangeset: Sendable {
    package let header: UnverifiedHeader
    package private(set) var chunks: [[UInt8]]

    package init(header: UnverifiedHeader, chunks: [[UInt8]]) {
        self.header = header
        self.chunks = chunks
    }

    mutating func append(_ chunk: [UInt8]) { chunks.append(chunk) }
}

/// The outcome of taking what a peer sent.
package enum IntakeOutcome: Sendable {
    /// Durable: how many changesets are newly held, and how many were applied; and what was left aside, for no
    /// signature vouches for it yet.
    case accepted(held: Int, applied: Int, unvouched: [IncomingChangeset])
    /// The same, less what is of authors of whom more came than they may cost in a day, with what it was.
    case partly(held: Int, applied: Int, unvouched: [IncomingChangeset], beyond: [SiteID: String])
    /// The same, less what is of feeds of which something came that its author signed and that joins nothing here: they
    /// went two ways before that.
    case apart(held: Int, applied: Int, unvouched: [IncomingChangeset], feeds: Set<FeedID>)
    /// A refusal of all that came, of which nothing was kept: the peer misbehaves, or its feed is not ours.
    case refused(Refusal)
}

/// Takes what a peer sent: checks it, and has it held and applied.
struct Intake {
    let transaction: Transaction
    /// The site that brings it; nil: whoever wrote it.
    var giver: SiteID?

    /// Seals what is pending before these are taken, in a new incarnation where they show that this replica has lost
    /// its past.
    func prepare(for headers: [UnverifiedHeader]) throws(StoreError) {
        for header in headers {
            try transaction.incarnations.beginIncarnationIfReturning(
                header.header, hash: header.hash, isSigned: header.isSigned)
        }
        try transaction.sealer.sealPending()
    }

    func take(_ batch: [IncomingChangeset], now: Int64) throws(StoreError) -> IntakeOutcome {
        let verified: [Bytes32: VerifiedHeader]
        let unvouched: Set<Bytes32>
        let apart: Set<FeedID>
        switch try verifyHeaders(batch.map(\.header)) {
        case .refused(let refusal): return .refused(refusal)
        case .verified(let headers, let rest, let strays): (verified, unvouched, apart) = (headers, rest, strays)
        }
        var meter = IntakeMeter(now: now)
        var fresh: [LoggedChangeset] = []
        for changeset in batch {
            guard let header = verified[changeset.header.hash] else { continue }
            let bytes = header.bytes.count + changeset.chunks.reduce(0) { $0 + $1.count }
            guard try admits(header.header, bytes: bytes, &meter) else { continue }
            let body = try transaction.log.allocateBody()
            try transaction.log.writeChunks(
                changeset.chunks, body: body, from: 0, repeats: ChangesetLog.repeats(in: header.header.chunkHashes))
            var logged = try append(header, body: body)
            logged.chunks = transaction.file.chunks == nil ? changeset.chunks : nil
            fresh.append(logged)
        }
        try save(meter)
        try transaction.incarnations.noteOwnPast(in: fresh)
        let applied = try transaction.applier.applyReady(fresh, now: now)
        if let stranger = applied.stranger { return .refused(Self.strangerRefusal(stranger)) }
        if let refusal = unknownRefusal(after: fresh) { return .refused(refusal) }
        let left = batch.filter { unvouched.contains($0.header.hash) }
        guard meter.beyond.isEmpty else {
            return .partly(held: fresh.count, applied: applied.count, unvouched: left, beyond: meter.beyond)
        }
        guard apart.isEmpty else {
            return .apart(held: fresh.count, applied: applied.count, unvouched: left, feeds: apart)
        }
        return .accepted(held: fresh.count, applied: applied.count, unvouched: left)
    }

    /// The same before a changeset is taken that came through the file.
    func prepare(for staged: StagedChangeset) throws(StoreError) {
        try transaction.incarnations.beginIncarnationIfReturning(
            staged.header.header, hash: staged.header.hash, isSigned: true)
        try transaction.sealer.sealPending()
    }

    /// Holds and applies a staged changeset, if its chunks are still awaited and it still joins what is held.
    func finish(_ staged: StagedChangeset, now: Int64) throws(StoreError) -> IntakeOutcome {
        let nothing = IntakeOutcome.accepted(held: 0, applied: 0, unvouched: [])
        let (header, log) = (staged.header.header, transaction.log)
        guard try transaction.staging.isStaged(staged.body) else { return nothing }
        try transaction.staging.endStaging(body: staged.body)
        // It may have come another way meanwhile.
        let joins = if log.going(on: header) != nil { true } else { try log.point(before: header) != nil }
        guard joins, try log.dot(header.seq, of: header.feed, as: { $0 == staged.header.hash }) == nil else {
            try log.deleteChunks(body: staged.body)
            return nothing
        }
        let fresh = [try append(staged.header, body: staged.body)]
        try transaction.incarnations.noteOwnPast(in: fresh)
        let applied = try transaction.applier.applyReady(fresh, now: now)
        if let stranger = applied.stranger { return .refused(Self.strangerRefusal(stranger)) }
        return .accepted(held: 1, applied: applied.count, unvouched: [])
    }

    /// Has the log hold a changeset, and everybody know of the way that it may begin.
    private func append(_ header: VerifiedHeader, body: Int64) throws(StoreError) -> LoggedChangeset {
        let logged = try transaction.log.append(header, body: body)
        if let point = logged.opened { try transaction.carrierBook.forget(point.feed, beyond: point.seq) }
        if logged.beginsWay { try transaction.quarantine.settleForks() }
        return logged
    }

    enum Verdict {
        case refused(Refusal)
        /// The headers that are new here, by hash, the hashes of those for which no signature vouches yet, and the
        /// feeds of which something came that its author signed and that joins nothing here.
        case verified([Bytes32: VerifiedHeader], unvouched: Set<Bytes32>, apart: Set<FeedID>)
    }

    /// Checks, feed by feed and way by way, that what is new joins what is held, and that a signature vouches for it.
    func verifyHeaders(_ headers: [UnverifiedHeader]) throws(StoreError) -> Verdict {
        var chains = HeaderChains(transaction: transaction)
        for header in headers where try isNew(header) {
            guard try chains.add(header) else {
                return .refused(WireError.brokenChain(feed: header.header.feed, seq: header.header.seq).refusal)
            }
        }
        guard
            transaction.state.feeds.count + newFeeds(chains.all) <= Self.feedsMaxOfPeers
        else {
            return .refused(
                Refusal(
                    .tooMuch,
                    "a replica takes at most \(Self.feedsMaxOfPeers) feeds from its peers, and these would be more"))
        }
        var verified: [Bytes32: VerifiedHeader] = [:]
        var apart: Set<FeedID> = []
        do throws(WireError) {
            for chain in chains.all {
                let vouched = try FeedVerifier.verify(
                    chain.headers, of: chain.feed, after: chain.after, areKnown: transaction.file.takesKnown)
                guard chain.isJoined else {
                    try Self.checkStray(chain, isVouched: !vouched.isEmpty, reach: chains.reach(of: chain.feed))
                    apart.insert(chain.feed)
                    continue
                }
                for header in vouched { verified[header.hash] = header }
            }
        } catch { return .refused(error.refusal) }
        let rest = chains.all.filter { $0.isJoined }.flatMap(\.headers).map(\.hash).filter { verified[$0] == nil }
        return .verified(verified, unvouched: Set(rest), apart: apart)
    }

    /// Whether a header is neither held nor what the disk made something else of.
    private func isNew(_ header: UnverifiedHeader) throws(StoreError) -> Bool {
        let held = try transaction.log.dot(
            header.header.seq, of: header.header.feed, lists: true, as: { $0 == header.hash })
        guard held == nil else { return false }
        return try transaction.spoilt.spoilt(header.header).isEmpty
    }

    private func newFeeds(_ chains: [HeaderChains.Chain]) -> Int {
        let begun = Set(chains.map(\.feed)).count { transaction.state.feed($0) == nil }
        return begun + chains.count { $0.isJoined && !$0.isGoingOn }
    }

    /// Checks what joins nothing that is held: a number that does not follow is the sender's fault, and so is what its
    /// author did not sign. What its author signed is another way that its feed went.
    private static func checkStray(
        _ chain: HeaderChains.Chain, isVouched: Bool, reach: UInt64
    ) throws(WireError) {
        let seq = chain.after.seq + 1
        guard seq <= reach + 1 else { throw .gap(feed: chain.feed, expected: reach + 1, found: seq) }
        guard !isVouched else { return }
        throw seq <= reach ? .badSignature(feed: chain.feed, seq: seq) : .brokenChain(feed: chain.feed, seq: seq)
    }

    /// A dot can number more; but a context that names so many must leave room in a header for what it is the context
    /// of.
    static let feedsMaxOfPeers = 40_000
}

extension Refusal {
    /// The refusal of a changeset that its author did not sign.
    package static func notSigned(_ header: ChangesetHeader) -> Refusal {
        Refusal(.badSignature, "changeset \(header.seq) of feed \(header.feed) is not signed by its author")
    }

    /// The refusal of what came of a feed and joins nothing, although its author signed it.
    package static func apart(_ feed: FeedID) -> Refusal {
        Refusal(
            .fork,
            """
            feed \(feed) went two ways, and the peer holds another than this node: the next exchange looks for the \
            last changeset that both have
            """)
    }
}
