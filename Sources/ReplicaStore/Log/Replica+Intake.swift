import ReplicaModel
import SyncWire

/// A changeset as it came from a peer: its header not verified, its chunks already held against the header's hashes.
public struct IncomingChangeset: Sendable {
    public let header: UnverifiedHeader
    public let chunks: [[UInt8]]

    public init(header: UnverifiedHeader, chunks: [[UInt8]]) {
        self.header = header
        self.chunks = chunks
    }
}

/// What became of what a peer sent.
public enum IntakeOutcome: Sendable {
    /// Durable: how many changesets are newly held, and how many were applied; and what was left aside, for no signature vouches for it yet.
    case accepted(held: Int, applied: Int, unvouched: [IncomingChangeset])
    /// Nothing of it was kept: the peer misbehaves, or its feed is not ours.
    case refused(ErrorCode, String)
}

extension Replica {
    /// Takes what a peer sent, in the order in which it came, in one transaction that begins by sealing what is pending.
    ///
    /// - Parameters:
    ///   - site: one that is not on the roster: unless the changesets put it there, nothing is kept and it is refused as a stranger.
    ///   - now: milliseconds since 1970.
    public func accept(
        _ batch: [IncomingChangeset], provingItself site: SiteID? = nil, sealingWith key: SigningKey, now: Int64
    ) throws(StoreError) -> IntakeOutcome {
        if let site {
            // Tried first and undone, so that what a stranger shows costs nothing that lasts.
            guard try wouldAdmit(site, batch, key, now: now) else { return .refused(.stranger, "this node does not know the key that was shown") }
        }
        return try transact { () throws(StoreError) in try take(batch, key, now: now) }
    }

    private func wouldAdmit(_ site: SiteID, _ batch: [IncomingChangeset], _ key: SigningKey, now: Int64) throws(StoreError) -> Bool {
        var isAdmitted = false
        do {
            try transact { () throws(StoreError) in
                _ = try take(batch, key, now: now)
                isAdmitted = state.roster.record(of: site) != nil
                throw .notAllowed("only tried")
            }
        } catch {
            guard case .notAllowed = error else { throw error }
        }
        return isAdmitted
    }

    private func take(_ batch: [IncomingChangeset], _ key: SigningKey, now: Int64) throws(StoreError) -> IntakeOutcome {
        try sealPending(with: key)
        let verified: [Bytes32: VerifiedHeader]
        let unvouched: Set<Bytes32>
        switch try verify(batch.map(\.header)) {
        case .refused(let code, let sentence): return .refused(code, sentence)
        case .verified(let headers, let rest): (verified, unvouched) = (headers, rest)
        }
        var fresh: [LoggedChangeset] = []
        for changeset in batch {
            guard let header = verified[changeset.header.hash] else { continue }
            let body = try allocateBody()
            for (number, chunk) in changeset.chunks.enumerated() { try writeChunk(chunk, body: body, number: number) }
            fresh.append(try append(header, body: body))
        }
        let applied = try applyReady(fresh, now: now)
        return .accepted(held: fresh.count, applied: applied, unvouched: batch.filter { unvouched.contains($0.header.hash) })
    }

    private enum Verdict {
        case refused(ErrorCode, String)
        /// By hash: those that are new here. And those for which no signature vouches yet.
        case verified([Bytes32: VerifiedHeader], unvouched: Set<Bytes32>)
    }

    /// Checks, feed by feed, that what is new joins what is held, and that a signature vouches for it.
    private func verify(_ headers: [UnverifiedHeader]) throws(StoreError) -> Verdict {
        var runs: [FeedID: [UnverifiedHeader]] = [:]
        for header in headers {
            let feed = header.header.feed
            let held = state.feed(feed)?.held ?? 0
            if header.header.seq > held {
                runs[feed, default: []].append(header)
            } else if let known = state.feed(feed), try hash(of: Dot(feed: known.ordinal, seq: header.header.seq)) != header.hash {
                // Nobody accuses an author with what it did not sign.
                guard header.isSigned else { return .refused(.badSignature, "changeset \(header.header.seq) of feed \(feed) is not signed by its author") }
                return .refused(.fork, "feed \(feed) has two changesets numbered \(header.header.seq): \(Self.forkAdvice)")
            }
        }
        guard state.feeds.count + runs.keys.count(where: { state.feed($0) == nil }) <= Self.feedsMaxOfPeers else {
            return .refused(.tooMuch, "a replica takes at most \(Self.feedsMaxOfPeers) feeds from its peers, and these would be more")
        }
        var verified: [Bytes32: VerifiedHeader] = [:]
        var unvouched: Set<Bytes32> = []
        for (feed, run) in runs {
            let known = state.feed(feed)
            let after = (seq: known?.held ?? 0, hash: known?.hash ?? .zero)
            do throws(WireError) {
                let vouched = try FeedVerifier.verify(run, of: feed, after: after)
                for header in vouched { verified[header.hash] = header }
                unvouched.formUnion(run.dropFirst(vouched.count).map(\.hash))
            } catch {
                guard Self.isFork(run, of: feed, after: after) else { return .refused(error.code, error.sentence) }
                return .refused(.fork, "feed \(feed) went two ways before its changeset \(after.seq + 1): \(Self.forkAdvice)")
            }
        }
        return .verified(verified, unvouched: unvouched)
    }

    /// What a dot can number, less room for the feeds that this node begins itself.
    static let feedsMaxOfPeers = WireLimits.feedsMax - 256

    private static let forkAdvice = "a node's folder was copied or put back, and both copies wrote; keep one of them, and let the other join anew"

    /// Whether the author signed what does not join what is held, but follows something else with the number before.
    private static func isFork(_ run: [UnverifiedHeader], of feed: FeedID, after: (seq: UInt64, hash: Bytes32)) -> Bool {
        guard let first = run.first?.header, after.seq > 0, first.seq == after.seq + 1, first.previous != after.hash else { return false }
        let branch = try? FeedVerifier.verify(run, of: feed, after: (seq: after.seq, hash: first.previous))
        return branch?.isEmpty == false
    }
}

// A changeset too large for memory: its header is verified first, then its chunks go to the file as they come. Two sessions that bring the
// same one write the same chunks to the same place, and the first that has them all holds it; a session that was cut leaves its chunks to
// the next.
extension Replica {
    /// Verifies the header and makes room for the chunks.
    public func beginStaging(_ header: UnverifiedHeader) throws(StoreError) -> StagingOutcome {
        try transact { () throws(StoreError) in try begin(header) { (_) throws(StoreError) in true } ?? .held }
    }

    /// Nil if the changeset could be staged and is not to be. Inside a transaction.
    private func begin(
        _ header: UnverifiedHeader, if isWanted: (VerifiedHeader) throws(StoreError) -> Bool
    ) throws(StoreError) -> StagingOutcome? {
        switch try verify([header]) {
        case .refused(let code, let sentence): return .refused(code, sentence)
        case .verified(let headers, let unvouched):
            guard !unvouched.contains(header.hash) else {
                return .refused(.badSignature, "changeset \(header.header.seq) of feed \(header.header.feed) is not signed by its author")
            }
            guard let verified = headers[header.hash] else { return .held }
            guard try isWanted(verified) else { return nil }
            return .begun(StagedChangeset(header: verified, body: try room(for: verified)))
        }
    }

    /// How many chunks of a changeset a session that was cut left here.
    private func keptChunks(of header: VerifiedHeader) throws(StoreError) -> Int {
        guard let feed = state.feed(header.header.feed)?.ordinal else { return 0 }
        let left = try connection.value(
            "SELECT body FROM caravan_staged WHERE feed = ?1 AND hash = ?2", [.integer(Int64(feed.number)), .blob(header.hash.bytes)])
        guard case .integer(let body)? = left else { return 0 }
        return try chunkCount(body: body)
    }

    private func room(for header: VerifiedHeader) throws(StoreError) -> Int64 {
        let feed = Value.integer(Int64(try ordinal(of: header.header.feed).number))
        let left = try connection.rows("SELECT body, hash FROM caravan_staged WHERE feed = ?1", [feed]).first
        if case .integer(let body)? = left?.first {
            if left?.last == .blob(header.hash.bytes) { return body }
            try deleteChunks(body: body)
        }
        let body = try allocateBody()
        try connection.rows(
            "INSERT OR REPLACE INTO caravan_staged(feed, seq, hash, body) VALUES (?1, ?2, ?3, ?4)",
            [feed, .integer(Int64(header.header.seq)), .blob(header.hash.bytes), .integer(body)])
        return body
    }

    /// Changesets of which some chunks are kept and not all: what a session that was cut left.
    public func unfinished() throws(StoreError) -> [UnfinishedChangeset] {
        try look { () throws(StoreError) in
            var out: [UnfinishedChangeset] = []
            for row in try connection.rows("SELECT feed, seq, body FROM caravan_staged ORDER BY feed LIMIT 1024") {
                guard case .integer(let feed) = row[0], case .integer(let seq) = row[1], case .integer(let body) = row[2], feed < state.feeds.count else {
                    throw .damaged("the list of unfinished changesets in \(path) cannot be read")
                }
                let chunks = try chunkCount(body: body)
                let id = state.feeds[Int(feed)].id
                if chunks > 0, UInt64(seq) == state.feeds[Int(feed)].held + 1 {
                    out.append(UnfinishedChangeset(feed: id, seq: UInt64(seq), chunks: UInt64(chunks)))
                }
            }
            return out
        }
    }

    /// Makes room for a changeset of which the sender left out its first chunks, because they are here. Nil if they are not.
    public func resumeStaging(_ header: UnverifiedHeader, skipped: Int) throws(StoreError) -> StagingOutcome? {
        let outcome = try transact { () throws(StoreError) in
            try begin(header) { (verified) throws(StoreError) in try keptChunks(of: verified) >= skipped }
        }
        guard case .begun(var staged)? = outcome else { return outcome }
        staged.chunkCount = skipped
        return .begun(staged)
    }

    /// Whether the chunks of this body are still awaited: nobody has held the changeset, or put another in its place.
    private func isStaged(_ body: Int64) throws(StoreError) -> Bool {
        try connection.value("SELECT 1 FROM caravan_staged WHERE body = ?1", [.integer(body)]) != nil
    }

    /// Keeps the next chunks of a staged changeset.
    public func stage(_ chunks: [[UInt8]], of staged: inout StagedChangeset) throws(StoreError) {
        let first = staged.chunkCount
        let body = staged.body
        try transact { () throws(StoreError) in
            guard try isStaged(body) else { return }
            for (index, chunk) in chunks.enumerated() { try writeChunk(chunk, body: body, number: first + index) }
        }
        staged.chunkCount += chunks.count
    }

    /// Holds and applies a staged changeset whose chunks were all given.
    public func finishStaging(
        _ staged: StagedChangeset, sealingWith key: SigningKey, now: Int64
    ) throws(StoreError) -> IntakeOutcome {
        precondition(staged.chunkCount == staged.header.header.chunkHashes.count, "a changeset is held whole")
        return try transact { () throws(StoreError) in
            try sealPending(with: key)
            guard try isStaged(staged.body) else { return .accepted(held: 0, applied: 0, unvouched: []) }
            let header = staged.header.header
            let feed = try ordinal(of: header.feed)
            try connection.rows("DELETE FROM caravan_staged WHERE body = ?1", [.integer(staged.body)])
            guard state.feed(feed).held + 1 == header.seq, state.feed(feed).hash == header.previous else {
                try deleteChunks(body: staged.body)
                return .accepted(held: 0, applied: 0, unvouched: [])
            }
            let logged = try append(staged.header, body: staged.body)
            return .accepted(held: 1, applied: try applyReady([logged], now: now), unvouched: [])
        }
    }
}

public enum StagingOutcome {
    case begun(StagedChangeset)
    /// Its chunks need not be kept.
    case held
    case refused(ErrorCode, String)
}

/// A changeset of which chunks are arriving. In no vector until it is whole.
public struct StagedChangeset {
    public let header: VerifiedHeader
    let body: Int64
    public internal(set) var chunkCount = 0
}
