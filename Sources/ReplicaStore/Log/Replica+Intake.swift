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
        for changeset in batch { try beginIncarnationIfReturning(changeset.header.header, isSigned: changeset.header.isSigned) }
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

    enum Verdict {
        case refused(ErrorCode, String)
        /// By hash: those that are new here. And those for which no signature vouches yet.
        case verified([Bytes32: VerifiedHeader], unvouched: Set<Bytes32>)
    }

    /// Checks, feed by feed, that what is new joins what is held, and that a signature vouches for it.
    func verify(_ headers: [UnverifiedHeader]) throws(StoreError) -> Verdict {
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

    private static let forkAdvice = "a node's whole disk was copied or put back, and both copies wrote; keep one of them, and let the other join anew"

    /// Whether the author signed what does not join what is held, but follows something else with the number before.
    private static func isFork(_ run: [UnverifiedHeader], of feed: FeedID, after: (seq: UInt64, hash: Bytes32)) -> Bool {
        guard let first = run.first?.header, after.seq > 0, first.seq == after.seq + 1, first.previous != after.hash else { return false }
        let branch = try? FeedVerifier.verify(run, of: feed, after: (seq: after.seq, hash: first.previous))
        return branch?.isEmpty == false
    }
}
