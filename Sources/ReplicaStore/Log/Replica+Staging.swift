import ReplicaModel
import SyncWire

// A changeset too large for memory: its header is verified first, then its chunks go to the file as they come. Two sessions that bring the
// same one write the same chunks to the same place, and the first that has them all holds it; a session that was cut leaves its chunks to
// the next.
extension Replica {
    /// Verifies the header and makes room for the chunks.
    ///
    /// - Parameter now: milliseconds since 1970.
    public func beginStaging(_ header: UnverifiedHeader, now: Int64) throws(StoreError) -> StagingOutcome {
        try transact { () throws(StoreError) in
            try dropStale(now: now)
            return try begin(header, now: now) { (_) throws(StoreError) in true } ?? .held
        }
    }

    /// Nil if the changeset could be staged and is not to be. Inside a transaction.
    private func begin(
        _ header: UnverifiedHeader, now: Int64, if isWanted: (VerifiedHeader) throws(StoreError) -> Bool
    ) throws(StoreError) -> StagingOutcome? {
        switch try verify([header]) {
        case .refused(let code, let sentence): return .refused(code, sentence)
        case .verified(let headers, let unvouched):
            guard !unvouched.contains(header.hash) else {
                return .refused(.badSignature, "changeset \(header.header.seq) of feed \(header.header.feed) is not signed by its author")
            }
            let again = try replacement(header)
            guard let verified = headers[header.hash] ?? again else { return .held }
            guard try isWanted(verified) else { return nil }
            if let (code, sentence) = try stagingRefusal(verified, now: now) { return .refused(code, sentence) }
            return .begun(StagedChangeset(header: verified, body: try room(for: verified, now: now)))
        }
    }

    /// How many chunks of a changeset a session that was cut left here.
    func keptChunks(of header: VerifiedHeader) throws(StoreError) -> Int {
        guard let feed = state.feed(header.header.feed)?.ordinal else { return 0 }
        let left = try connection.value(
            "SELECT body FROM caravan_staged WHERE feed = ?1 AND hash = ?2", [.integer(Int64(feed.number)), .blob(header.hash.bytes)])
        guard case .integer(let body)? = left else { return 0 }
        return try chunkCount(body: body)
    }

    private func room(for header: VerifiedHeader, now: Int64) throws(StoreError) -> Int64 {
        let feed = Value.integer(Int64(try ordinal(of: header.header.feed).number))
        let left = try connection.rows("SELECT body, hash FROM caravan_staged WHERE feed = ?1", [feed]).first
        if case .integer(let body)? = left?.first {
            if left?.last == .blob(header.hash.bytes) { return body }
            try deleteStaged(body: body)
        }
        let body = try allocateBody()
        try connection.rows(
            "INSERT OR REPLACE INTO caravan_staged(feed, seq, hash, body) VALUES (?1, ?2, ?3, ?4)",
            [feed, .integer(Int64(header.header.seq)), .blob(header.hash.bytes), .integer(body)])
        try connection.rows("INSERT INTO caravan_arrival VALUES (?1, ?2, ?2)", [.integer(body), .integer(now)])
        return body
    }

    /// What was arriving through the file has come another way.
    func dropStaged(of feed: FeedOrdinal, upTo seq: UInt64) throws(StoreError) {
        let left = try statement("SELECT body FROM caravan_staged WHERE feed = ?1 AND seq <= ?2").first([.integer(Int64(feed.number)), .integer(Int64(seq))])
        guard case .integer(let body)? = left?.first else { return }
        try deleteStaged(body: body)
    }

    func deleteStaged(body: Int64) throws(StoreError) {
        try endStaging(body: body)
        try deleteChunks(body: body)
    }

    /// The chunks stay.
    private func endStaging(body: Int64) throws(StoreError) {
        try connection.rows("DELETE FROM caravan_staged WHERE body = ?1", [.integer(body)])
        try connection.rows("DELETE FROM caravan_arrival WHERE body = ?1", [.integer(body)])
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
    ///
    /// - Parameter now: milliseconds since 1970.
    public func resumeStaging(_ header: UnverifiedHeader, skipped: Int, now: Int64) throws(StoreError) -> StagingOutcome? {
        let outcome = try transact { () throws(StoreError) in
            try begin(header, now: now) { (verified) throws(StoreError) in try keptChunks(of: verified) >= skipped }
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
    ///
    /// - Parameter now: milliseconds since 1970.
    public func stage(_ chunks: [[UInt8]], of staged: inout StagedChangeset, now: Int64) throws(StoreError) {
        let (first, body, repeats, site) = (staged.chunkCount, staged.body, staged.repeats, staged.header.header.feed.site)
        try transact { () throws(StoreError) in
            guard try isStaged(body) else { return }
            try writeChunks(chunks, body: body, from: first, repeats: repeats)
            try noteArrival(of: chunks.reduce(0) { $0 + $1.count }, by: site, body: body, now: now)
        }
        staged.chunkCount += chunks.count
    }

    /// Whether a staged changeset was one that is held and that the disk altered: then it is put right, before anything is sealed.
    private func hasReplaced(_ staged: StagedChangeset) throws(StoreError) -> Bool {
        guard !state.sound.isEmpty else { return false }
        return try transact { () throws(StoreError) in
            let dot = Dot(feed: try ordinal(of: staged.header.header.feed), seq: staged.header.header.seq)
            guard try isSpoilt(dot), try isStaged(staged.body) else { return false }
            try endStaging(body: staged.body)
            try replaceSpoilt(by: staged.header, body: staged.body)
            return true
        }
    }

    /// Holds and applies a staged changeset whose chunks were all given.
    public func finishStaging(
        _ staged: StagedChangeset, sealingWith key: SigningKey, now: Int64
    ) throws(StoreError) -> IntakeOutcome {
        precondition(staged.chunkCount == staged.header.header.chunkHashes.count, "a changeset is held whole")
        let header = staged.header.header
        if try hasReplaced(staged) { return .accepted(held: 0, applied: 0, unvouched: []) }
        return try undoneIfRefused(
            before: { () throws(StoreError) in
                try beginIncarnationIfReturning(header, isSigned: true)
                try sealPending(with: key)
            },
            { () throws(StoreError) in
                let nothing = IntakeOutcome.accepted(held: 0, applied: 0, unvouched: [])
                guard try isStaged(staged.body) else { return nothing }
                let feed = try ordinal(of: header.feed)
                try endStaging(body: staged.body)
                guard state.feed(feed).held + 1 == header.seq, state.feed(feed).hash == header.previous else {
                    try deleteChunks(body: staged.body)
                    return nothing
                }
                let fresh = [try append(staged.header, body: staged.body)]
                try noteOwnPast(in: fresh)
                let applied = try applyReady(fresh, now: now)
                if let stranger = applied.stranger { return .refused(.stranger, Self.strangerSentence(stranger)) }
                return .accepted(held: 1, applied: applied.count, unvouched: [])
            })
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
    let repeats: [Int: Int]
    public internal(set) var chunkCount = 0

    init(header: VerifiedHeader, body: Int64) {
        self.header = header
        self.body = body
        repeats = Replica.repeats(in: header.header.chunkHashes)
    }
}
