import ReplicaModel
import SQLiteAccess
import SyncWire

/// The bound on how long a part of a changeset is kept, and what there is of such parts.
extension Staging {
    /// The feeds of which a changeset has begun to arrive, each with the number of its chunks.
    func unfinishedFeeds() throws(StoreError) -> [(id: FeedID, body: Int64)] {
        try transaction.connection.rows("SELECT feed, body FROM caravan_staged").compactMap { row in
            guard case .integer(let feed) = row[0], case .integer(let body) = row[1],
                feed < transaction.state.feeds.count
            else { return nil }
            return (transaction.state.feeds[Int(feed)].id, body)
        }
    }

    /// Notes that something of a changeset has come: the rest is awaited anew.
    func noteArrival(body: Int64, now: Int64) throws(StoreError) {
        try transaction.statement("UPDATE caravan_arrival SET last = ?2 WHERE body = ?1").run([
            .integer(body), .integer(now),
        ])
    }

    /// Drops what has not gone on for long. Of what older software left nobody knows since when it is here, nor of what
    /// came while the clock was ahead: that is counted from now.
    ///
    /// - Parameter awaited: feeds of which a peer was told that there is a part here: it leaves that out.
    func dropStale(now: Int64, but awaited: Set<FeedID>) throws(StoreError) {
        try transaction.connection.rows(
            "INSERT OR IGNORE INTO caravan_arrival SELECT body, ?1, ?1 FROM caravan_staged", [.integer(now)])
        try transaction.connection.rows(
            "UPDATE caravan_arrival SET last = ?1 WHERE last > ?2", [.integer(now), .integer(now + Self.aheadMax)])
        let stale = try transaction.connection.rows(
            "SELECT body FROM caravan_arrival WHERE last < ?1", [.integer(now - Self.keptMilliseconds)])
        let kept = Set(
            try unfinishedFeeds().filter { feed in awaited.contains { $0.base == feed.id.base } }.map(\.body))
        for case .integer(let body)? in stale.map(\.first) where !kept.contains(body) { try deleteStaged(body: body) }
    }

    /// Changesets of which only a part has come, with the bytes that are here, and when something of them came last.
    func unfinishedParts() throws(StoreError) -> [(feed: FeedID, seq: UInt64, bytes: Int, last: Int64?)] {
        var out: [(feed: FeedID, seq: UInt64, bytes: Int, last: Int64?)] = []
        for row in try transaction.connection.rows(
            "SELECT feed, seq, body, last FROM caravan_staged LEFT JOIN caravan_arrival USING (body) ORDER BY feed")
        {
            guard case .integer(let feed) = row[0], case .integer(let seq) = row[1], case .integer(let body) = row[2],
                feed < transaction.state.feeds.count
            else { continue }
            let last: Int64? = if case .integer(let moment) = row[3] { moment } else { nil }
            let bytes = try transaction.log.chunkCount(body: body) * WireLimits.cutBytes
            out.append((transaction.state.feeds[Int(feed)].id, UInt64(seq), bytes, last))
        }
        return out
    }

    /// Whether something has not gone on for long, or nobody knows since when it is here.
    func hasStale(now: Int64) throws(StoreError) -> Bool {
        try transaction.connection.value(
            """
            SELECT 1 FROM caravan_staged LEFT JOIN caravan_arrival USING (body)
            WHERE last IS NULL OR last < ?1 OR last > ?2 LIMIT 1
            """, [.integer(now - Self.keptMilliseconds), .integer(now + Self.aheadMax)]) != nil
    }

    /// How long an unfinished changeset is kept after its last chunk came: a link may be up once a week.
    static let keptMilliseconds: Int64 = 14 * 86_400_000

    /// Milliseconds by which a note of an arrival may lie ahead of now: more is of a clock that was wrong, and would be
    /// kept for as long.
    private static let aheadMax: Int64 = 86_400_000
}
