import ReplicaModel
import SQLiteAccess
import SyncWire

/// A changeset as it came from a peer: its header not verified, its chunks already held against the header's hashes.
package struct IncomingChangeset: Sendable {
    package let header: UnverifiedHeader
    package let chunks: [[UInt8]]

    package init(header: UnverifiedHeader, chunks: [[UInt8]]) {
        self.header = header
        self.chunks = chunks
    }
}

/// The outcome of taking what a peer sent.
package enum IntakeOutcome: Sendable {
    /// Durable: how many changesets are newly held, and how many were applied; and what was left aside, for no
    /// signature vouches for it yet.
    case accepted(held: Int, applied: Int, unvouched: [IncomingChangeset])
    /// The same, less what is of authors of whom more came than they may cost in a day, with what it was.
    case partly(held: Int, applied: Int, unvouched: [IncomingChangeset], beyond: [SiteID: String])
    /// A refusal of all that came, of which nothing was kept: the peer misbehaves, or its feed is not ours.
    case refused(ErrorCode, String)
}

struct Intake {
    let transaction: Transaction

    /// Seals what is pending before these are taken, in a new incarnation where they show that this replica has lost
    /// its past.
    func prepare(for headers: [UnverifiedHeader], _ key: SigningKey) throws(StoreError) {
        for header in headers {
            try transaction.incarnations.beginIncarnationIfReturning(header.header, isSigned: header.isSigned)
        }
        try transaction.sealer.sealPending(with: key)
    }

    func take(_ batch: [IncomingChangeset], now: Int64) throws(StoreError) -> IntakeOutcome {
        let verified: [Bytes32: VerifiedHeader]
        let unvouched: Set<Bytes32>
        switch try verifyHeaders(batch.map(\.header)) {
        case .refused(let code, let sentence): return .refused(code, sentence)
        case .verified(let headers, let rest): (verified, unvouched) = (headers, rest)
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
            fresh.append(try transaction.log.append(header, body: body))
        }
        try save(meter)
        try transaction.incarnations.noteOwnPast(in: fresh)
        let applied = try transaction.applier.applyReady(fresh, now: now)
        if let stranger = applied.stranger { return .refused(.stranger, Self.strangerSentence(stranger)) }
        if let sentence = unknownRefusal(after: fresh) { return .refused(.stranger, sentence) }
        let left = batch.filter { unvouched.contains($0.header.hash) }
        guard meter.beyond.isEmpty else {
            return .partly(held: fresh.count, applied: applied.count, unvouched: left, beyond: meter.beyond)
        }
        return .accepted(held: fresh.count, applied: applied.count, unvouched: left)
    }

    /// The same before a changeset is taken that came through the file.
    func prepare(for staged: StagedChangeset, _ key: SigningKey) throws(StoreError) {
        try transaction.incarnations.beginIncarnationIfReturning(staged.header.header, isSigned: true)
        try transaction.sealer.sealPending(with: key)
    }

    /// Holds and applies a staged changeset, if its chunks are still awaited and it still joins what is held.
    func finish(_ staged: StagedChangeset, now: Int64) throws(StoreError) -> IntakeOutcome {
        let nothing = IntakeOutcome.accepted(held: 0, applied: 0, unvouched: [])
        let (header, log) = (staged.header.header, transaction.log)
        guard try transaction.staging.isStaged(staged.body) else { return nothing }
        let feed = transaction.state.feed(try log.ordinal(of: header.feed))
        try transaction.staging.endStaging(body: staged.body)
        guard feed.held + 1 == header.seq, feed.hash == header.previous else {
            try log.deleteChunks(body: staged.body)
            return nothing
        }
        let fresh = [try log.append(staged.header, body: staged.body)]
        try transaction.incarnations.noteOwnPast(in: fresh)
        let applied = try transaction.applier.applyReady(fresh, now: now)
        if let stranger = applied.stranger { return .refused(.stranger, Self.strangerSentence(stranger)) }
        return .accepted(held: 1, applied: applied.count, unvouched: [])
    }

    enum Verdict {
        case refused(ErrorCode, String)
        /// The headers that are new here, by hash, and the hashes of those for which no signature vouches yet.
        case verified([Bytes32: VerifiedHeader], unvouched: Set<Bytes32>)
    }

    /// Checks, feed by feed, that what is new joins what is held, and that a signature vouches for it.
    func verifyHeaders(_ headers: [UnverifiedHeader]) throws(StoreError) -> Verdict {
        var runs: [FeedID: [UnverifiedHeader]] = [:]
        for header in headers {
            let feed = header.header.feed
            let held = transaction.state.feed(feed)?.held ?? 0
            if header.header.seq > held {
                runs[feed, default: []].append(header)
            } else if let known = transaction.state.feed(feed),
                try !transaction.spoilt.isHeld(
                    Dot(feed: known.ordinal, seq: header.header.seq), as: { $0 == header.hash }),
                try !transaction.spoilt.isSpoilt(Dot(feed: known.ordinal, seq: header.header.seq))
            {
                // Nobody accuses an author with what it did not sign.
                guard header.isSigned else {
                    return .refused(
                        .badSignature, "changeset \(header.header.seq) of feed \(feed) is not signed by its author")
                }
                return .refused(
                    .fork, "feed \(feed) has two changesets numbered \(header.header.seq): \(Self.forkAdvice)")
            }
        }
        guard
            transaction.state.feeds.count + runs.keys.count(where: { transaction.state.feed($0) == nil })
                <= Self.feedsMaxOfPeers
        else {
            return .refused(
                .tooMuch,
                "a replica takes at most \(Self.feedsMaxOfPeers) feeds from its peers, and these would be more")
        }
        var verified: [Bytes32: VerifiedHeader] = [:]
        var unvouched: Set<Bytes32> = []
        for (feed, run) in runs.sorted(by: { $0.key < $1.key }) {
            let known = transaction.state.feed(feed)
            let after = (seq: known?.held ?? 0, hash: known?.hash ?? .zero)
            do throws(WireError) {
                let vouched = try FeedVerifier.verify(
                    run, of: feed, after: after, areKnown: transaction.file.takesKnown)
                for header in vouched { verified[header.hash] = header }
                unvouched.formUnion(run.dropFirst(vouched.count).map(\.hash))
            } catch {
                guard Self.isFork(run, of: feed, after: after) else { return .refused(error.code, error.sentence) }
                return .refused(
                    .fork, "feed \(feed) went two ways before its changeset \(after.seq + 1): \(Self.forkAdvice)")
            }
        }
        return .verified(verified, unvouched: unvouched)
    }

    /// A dot can number more; but a context that names so many must leave room in a header for what it is the context
    /// of.
    static let feedsMaxOfPeers = 40_000

    private static let forkAdvice =
        "a node's whole disk was copied or put back, and both copies wrote; keep one of them, and let the other join anew"

    /// Whether the author signed what does not join what is held, but follows something else with the number before.
    private static func isFork(_ run: [UnverifiedHeader], of feed: FeedID, after: (seq: UInt64, hash: Bytes32)) -> Bool
    {
        guard let first = run.first?.header, after.seq > 0, first.seq == after.seq + 1, first.previous != after.hash
        else { return false }
        let branch = try? FeedVerifier.verify(run, of: feed, after: (seq: after.seq, hash: first.previous))
        return branch?.isEmpty == false
    }
}
