import ReplicaModel
import SQLiteAccess
import SyncWire

/// Changesets too large for memory, whose chunks go to the file as they come.
///
/// Two sessions that bring the same one write the same chunks to the same place, and the first that has them all holds
/// it; a session that was cut leaves its chunks to the next.
struct Staging {
    let transaction: Transaction

    /// How many chunks of a changeset a session that was cut left here.
    func keptChunks(of header: VerifiedHeader) throws(StoreError) -> Int {
        let left = try transaction.connection.value(
            "SELECT body FROM caravan_staged WHERE hash = ?1", [.blob(header.hash.bytes)])
        guard case .integer(let body)? = left else { return 0 }
        return try transaction.log.chunkCount(body: body)
    }

    /// Has the chunks of a changeset awaited. Those that are kept of it stay, and of another that was awaited of its
    /// feed nothing does.
    ///
    /// - Returns: the number of its chunks.
    func begin(_ header: VerifiedHeader, on way: FeedOrdinal, now: Int64) throws(StoreError) -> Int64 {
        let feed = Value.integer(Int64(way.number))
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

    /// Whether chunks of a changeset are kept, or awaited.
    func awaits(_ header: UnverifiedHeader) throws(StoreError) -> Bool {
        try transaction.connection.value(
            "SELECT 1 FROM caravan_staged WHERE hash = ?1", [.blob(header.hash.bytes)]) != nil
    }

    /// Drops the chunks of another changeset of the feed under the number of one, on whichever way it was arriving.
    ///
    /// - Returns: whether there was another.
    func dropOther(than header: UnverifiedHeader) throws(StoreError) -> Bool {
        var isDropped = false
        for way in transaction.state.ways(of: header.header.feed) {
            let others = try transaction.connection.rows(
                "SELECT body FROM caravan_staged WHERE feed = ?1 AND seq = ?2 AND hash <> ?3",
                [
                    .integer(Int64(way.number)), .integer(Int64(header.header.seq)), .blob(header.hash.bytes),
                ])
            for other in others {
                guard case .integer(let body)? = other.first else { continue }
                try deleteStaged(body: body)
                isDropped = true
            }
        }
        return isDropped
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

    /// How many chunks are kept of each changeset that has begun to arrive, and whether it comes next in its feed.
    func chunkCounts() throws(StoreError) -> [(chunks: Int, isNext: Bool)] {
        var out: [(chunks: Int, isNext: Bool)] = []
        for row in try transaction.connection.rows("SELECT feed, seq, body FROM caravan_staged") {
            guard case .integer(let feed) = row[0], case .integer(let seq) = row[1], case .integer(let body) = row[2]
            else { continue }
            let isNext =
                feed < transaction.state.feeds.count && transaction.state.feeds[Int(feed)].held + 1 == UInt64(seq)
            out.append((try transaction.log.chunkCount(body: body), isNext))
        }
        return out
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
