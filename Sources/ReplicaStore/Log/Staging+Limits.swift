import ReplicaModel
import SQLiteAccess
import SyncWire

/// Bounds on changesets that arrive through the file: how many, how much, how long.
extension Staging {
    /// Why a changeset may not begin, or go on, to arrive through the file; nil if it may.
    func stagingRefusal(_ header: VerifiedHeader, now: Int64) throws(StoreError) -> Refusal? {
        guard let quota = transaction.file.quota else { return nil }
        let feed = header.header.feed
        guard header.hash == transaction.state.alliance || transaction.state.roster.knows(feed.site) else {
            return Refusal(.stranger, Intake.strangerSentence(feed))
        }
        var meter = IntakeMeter(now: now)
        let bytes =
            header.bytes.count + (header.header.chunkHashes.count - (try keptChunks(of: header)))
            * WireLimits.chunkBytes
        guard try transaction.intake.admits(header.header, bytes: bytes, &meter) else {
            return Refusal(.quota, meter.beyond[feed.site] ?? "")
        }
        let others = try unfinishedFeeds().filter { $0.id.base != feed }
        guard others.count < quota.unfinished, others.count(where: { $0.id.site == feed.site }) < quota.unfinishedOfSite
        else {
            return Refusal(.quota, "too many changesets have begun to arrive here and have not ended")
        }
        var kept: Int64 = 0
        for other in others {
            kept += Int64(try transaction.log.chunkCount(body: other.body)) * Int64(WireLimits.chunkBytes)
        }
        guard kept + Int64(bytes) <= quota.unfinishedBytes else {
            return Refusal(
                .quota, "more than \(quota.unfinishedBytes >> 30) GiB are here of changesets that have not ended")
        }
        return nil
    }

    private func unfinishedFeeds() throws(StoreError) -> [(id: FeedID, body: Int64)] {
        try transaction.connection.rows("SELECT feed, body FROM caravan_staged").compactMap { row in
            guard case .integer(let feed) = row[0], case .integer(let body) = row[1],
                feed < transaction.state.feeds.count
            else { return nil }
            return (transaction.state.feeds[Int(feed)].id, body)
        }
    }

    /// Chunks came: their author pays for them, and the rest is awaited anew.
    func noteArrival(of bytes: Int, by site: SiteID, body: Int64, now: Int64) throws(StoreError) {
        try transaction.statement("UPDATE caravan_arrival SET last = ?2 WHERE body = ?1").run([
            .integer(body), .integer(now),
        ])
        try transaction.statement(
            """
            INSERT INTO caravan_taken VALUES (?1, ?2, 0, ?3) ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes
            """
        ).run([.blob(site.bytes), .integer(IntakeMeter(now: now).day), .integer(Int64(bytes))])
    }

    /// Drops what has not gone on for long. Of what older software left nobody knows since when it is here: that is
    /// counted from now.
    ///
    /// - Parameter awaited: feeds of which a peer was told that there is a part here: it leaves that out.
    func dropStale(now: Int64, but awaited: Set<FeedID>) throws(StoreError) {
        try transaction.connection.rows(
            "INSERT OR IGNORE INTO caravan_arrival SELECT body, ?1, ?1 FROM caravan_staged", [.integer(now)])
        let stale = try transaction.connection.rows(
            "SELECT body FROM caravan_arrival WHERE last < ?1", [.integer(now - IntakeQuota.unfinishedMillisecondsMax)])
        let kept = Set(
            try unfinishedFeeds().filter { feed in awaited.contains { $0.base == feed.id.base } }.map(\.body))
        for case .integer(let body)? in stale.map(\.first) where !kept.contains(body) { try deleteStaged(body: body) }
    }

    /// Changesets of which only a part has come, with the bytes that are here.
    func unfinishedParts() throws(StoreError) -> [(feed: FeedID, bytes: Int)] {
        try unfinishedFeeds().map { (unfinished) throws(StoreError) in
            (unfinished.id, try transaction.log.chunkCount(body: unfinished.body) * WireLimits.chunkBytes)
        }
    }
}
