import ReplicaModel
import SQLiteAccess
import SyncWire

// A changeset too large for memory: its header is verified first, then its chunks go to the file as they come. Two
// sessions that bring the same one write the same chunks to the same place, and the first that has them all holds it; a
// session that was cut leaves its chunks to the next.
struct Staging {
    let transaction: Transaction

    /// Verifies a header and makes room for its chunks. Nil if the changeset could be staged and is not to be.
    func begin(
        _ header: UnverifiedHeader, now: Int64, if isWanted: (VerifiedHeader) throws(StoreError) -> Bool
    ) throws(StoreError) -> StagingOutcome? {
        switch try transaction.intake.verifyHeaders([header]) {
        case .refused(let refusal): return .refused(refusal)
        case .verified(let headers, let unvouched, let apart):
            if let feed = apart.first { return .refused(.apart(feed)) }
            guard !unvouched.contains(header.hash) else {
                return .refused(.notSigned(header.header))
            }
            let again = try transaction.spoilt.replacement(header)
            guard let verified = headers[header.hash] ?? again else { return .held }
            guard try isWanted(verified) else { return nil }
            if let refusal = try stagingRefusal(verified, now: now) { return .refused(refusal) }
            return .begun(StagedChangeset(header: verified, body: try room(for: verified, now: now)))
        }
    }

    /// How many chunks of a changeset a session that was cut left here.
    func keptChunks(of header: VerifiedHeader) throws(StoreError) -> Int {
        let left = try transaction.connection.value(
            "SELECT body FROM caravan_staged WHERE hash = ?1", [.blob(header.hash.bytes)])
        guard case .integer(let body)? = left else { return 0 }
        return try transaction.log.chunkCount(body: body)
    }

    private func room(for header: VerifiedHeader, now: Int64) throws(StoreError) -> Int64 {
        let feed = Value.integer(Int64(try way(for: header).number))
        let left = try transaction.connection.rows("SELECT body, hash FROM caravan_staged WHERE feed = ?1", [feed])
            .first
        if case .integer(let body)? = left?.first {
            if left?.last == .blob(header.hash.bytes) { return body }
            try deleteStaged(body: body)
        }
        transaction.unwritten.isStaging = true
        let body = try transaction.log.allocateBody()
        try transaction.connection.rows(
            "INSERT OR REPLACE INTO caravan_staged(feed, seq, hash, body) VALUES (?1, ?2, ?3, ?4)",
            [feed, .integer(Int64(header.header.seq)), .blob(header.hash.bytes), .integer(body)])
        try transaction.connection.rows(
            "INSERT INTO caravan_arrival VALUES (?1, ?2, ?2)", [.integer(body), .integer(now)])
        return body
    }

    /// The way of a staged changeset: where it takes the place of one that the disk altered, that of this one.
    private func way(for header: VerifiedHeader) throws(StoreError) -> FeedOrdinal {
        if let altered = try transaction.spoilt.spoilt(header.header).first { return altered.feed }
        return try transaction.log.way(for: header.header, hash: header.hash)
    }

    /// Drops what was arriving through the file and has come another way.
    func dropStaged(of feed: FeedOrdinal, upTo seq: UInt64) throws(StoreError) {
        let isStaging = if let known = transaction.unwritten.isStaging { known } else { try hasStaged() }
        transaction.unwritten.isStaging = isStaging
        guard isStaging else { return }
        let left = try transaction.statement("SELECT body FROM caravan_staged WHERE feed = ?1 AND seq <= ?2").first([
            .integer(Int64(feed.number)), .integer(Int64(seq)),
        ])
        guard case .integer(let body)? = left?.first else { return }
        try deleteStaged(body: body)
    }

    private func hasStaged() throws(StoreError) -> Bool {
        try transaction.statement("SELECT 1 FROM caravan_staged LIMIT 1").first([]) != nil
    }

    func deleteStaged(body: Int64) throws(StoreError) {
        try endStaging(body: body)
        try transaction.log.deleteChunks(body: body)
    }

    /// The chunks stay.
    func endStaging(body: Int64) throws(StoreError) {
        try transaction.connection.rows("DELETE FROM caravan_staged WHERE body = ?1", [.integer(body)])
        try transaction.connection.rows("DELETE FROM caravan_arrival WHERE body = ?1", [.integer(body)])
    }

    /// Changesets of which some chunks are kept and not all: what a session that was cut left.
    func unfinished() throws(StoreError) -> [UnfinishedChangeset] {
        var out: [UnfinishedChangeset] = []
        for row in try transaction.connection.rows(
            "SELECT feed, seq, body FROM caravan_staged ORDER BY feed LIMIT 512")
        {
            guard case .integer(let feed) = row[0], case .integer(let seq) = row[1], case .integer(let body) = row[2],
                feed < transaction.state.feeds.count
            else {
                throw .damaged("the list of unfinished changesets in \(transaction.file.path) cannot be read")
            }
            let chunks = try transaction.log.chunkCount(body: body)
            let way = transaction.state.feeds[Int(feed)]
            if chunks > 0, UInt64(seq) == way.held + 1 {
                let isBeginning = way.id.branch != nil && way.held == way.after
                let name =
                    isBeginning ? way.id : transaction.state.name(of: Dot(feed: way.ordinal, seq: UInt64(seq)))
                out.append(UnfinishedChangeset(feed: name, seq: UInt64(seq), chunks: UInt64(chunks)))
            }
        }
        return out
    }

    /// Makes room for a changeset of which the sender left out its first chunks, because they are here. Nil if they are
    /// not.
    func resume(_ header: UnverifiedHeader, skipped: Int, now: Int64) throws(StoreError) -> StagingOutcome? {
        try begin(header, now: now) { (verified) throws(StoreError) in try keptChunks(of: verified) >= skipped }
    }

    /// Keeps the next chunks of a staged changeset.
    func stage(_ chunks: [[UInt8]], of staged: StagedChangeset, now: Int64) throws(StoreError) {
        guard try isStaged(staged.body) else { return }
        try transaction.log.writeChunks(chunks, body: staged.body, from: staged.chunkCount, repeats: staged.repeats)
        let bytes = chunks.reduce(0) { $0 + $1.count }
        try noteArrival(of: bytes, by: staged.header.header.feed.site, body: staged.body, now: now)
    }

    /// Whether a staged changeset was one that is held and that the disk altered: then it is put right.
    func hasReplaced(_ staged: StagedChangeset) throws(StoreError) -> Bool {
        guard try !transaction.spoilt.spoilt(staged.header.header).isEmpty, try isStaged(staged.body) else {
            return false
        }
        try endStaging(body: staged.body)
        try transaction.spoilt.replaceSpoilt(by: staged.header, body: staged.body)
        return true
    }

    /// Whether the chunks of this body are still awaited: nobody has held the changeset, or put another in its place.
    func isStaged(_ body: Int64) throws(StoreError) -> Bool {
        try transaction.connection.value("SELECT 1 FROM caravan_staged WHERE body = ?1", [.integer(body)]) != nil
    }
}

package enum StagingOutcome {
    case begun(StagedChangeset)
    /// Its chunks need not be kept.
    case held
    case refused(Refusal)
}

/// A changeset of which chunks are arriving. In no vector until it is whole.
package struct StagedChangeset {
    package let header: VerifiedHeader
    let body: Int64
    let repeats: [Int: Int]
    package internal(set) var chunkCount = 0

    init(header: VerifiedHeader, body: Int64) {
        self.header = header
        self.body = body
        repeats = ChangesetLog.repeats(in: header.header.chunkHashes)
    }
}
