import ReplicaModel
import SQLiteAccess
import SyncWire

/// Changesets that arrive through the file: what is checked before their chunks are kept.
extension Intake {
    /// Verifies a header and makes room for its chunks. Nil if the changeset could be staged and is not to be.
    func beginStaging(
        _ header: UnverifiedHeader, now: Int64, if isWanted: (VerifiedHeader) throws(StoreError) -> Bool
    ) throws(StoreError) -> StagingOutcome? {
        switch try verifyHeaders([header]) {
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
            return .begun(
                StagedChangeset(
                    header: verified, body: try transaction.staging.begin(verified, on: way(of: verified), now: now)))
        }
    }

    /// Makes room for a changeset of which the sender left out its first chunks, because they are here. Nil if they are
    /// not.
    ///
    /// - Parameter isTold: whether peers were told that there is a part of a changeset of this feed.
    func resumeStaging(
        _ header: UnverifiedHeader, skipped: Int, isTold: Bool, now: Int64
    ) throws(StoreError) -> StagingOutcome? {
        let outcome = try beginStaging(header, now: now) { (verified) throws(StoreError) in
            try transaction.staging.keptChunks(of: verified) >= skipped
        }
        // The sender took the number that it was told for that of what it has itself. Were the chunks kept, it would do
        // so in every session. Another session may have dropped them already.
        guard outcome == nil else { return outcome }
        var isOther = try transaction.staging.dropOther(than: header)
        if isTold, !isOther { isOther = try !transaction.staging.awaits(header) }
        return isOther ? .refused(.apart(header.header.feed)) : nil
    }

    /// Keeps the next chunks of a staged changeset.
    func stage(_ chunks: [[UInt8]], of staged: StagedChangeset, now: Int64) throws(StoreError) {
        guard try transaction.staging.isStaged(staged.body) else { return }
        try transaction.log.writeChunks(chunks, body: staged.body, from: staged.chunkCount, repeats: staged.repeats)
        try transaction.staging.noteArrival(body: staged.body, now: now)
        try pay(for: chunks.reduce(0) { $0 + $1.count }, by: staged.header.header.feed.site, now: now)
    }

    /// The way of a staged changeset: where it takes the place of one that the disk altered, that of this one.
    private func way(of header: VerifiedHeader) throws(StoreError) -> FeedOrdinal {
        if let altered = try transaction.spoilt.spoilt(header.header).first { return altered.feed }
        let (way, opened) = try transaction.log.way(for: header.header, hash: header.hash)
        if let opened { try transaction.carrierBook.forget(opened.feed, beyond: opened.seq) }
        return way
    }

    /// Why a changeset may not begin, or go on, to arrive through the file; nil if it may.
    private func stagingRefusal(_ header: VerifiedHeader, now: Int64) throws(StoreError) -> Refusal? {
        guard let quota = transaction.file.quota else { return nil }
        let feed = header.header.feed
        guard header.hash == transaction.state.alliance || transaction.state.roster.knows(feed.site) else {
            return Intake.strangerRefusal(feed)
        }
        var meter = IntakeMeter(now: now)
        let known = try transaction.staging.keptChunks(of: header)
        let bytes = header.bytes.count + (header.header.chunkHashes.count - known) * WireLimits.chunkBytes
        guard try admits(header.header, bytes: bytes, goesOn: known > 0, &meter) else {
            return Refusal(.quota, meter.beyond[feed.site] ?? "")
        }
        try saveFeeds(meter)
        let others = try transaction.staging.unfinishedFeeds().filter { $0.id.base != feed }
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

    /// Has the author of chunks that came pay for them.
    private func pay(for bytes: Int, by site: SiteID, now: Int64) throws(StoreError) {
        try transaction.statement(
            """
            INSERT INTO caravan_taken VALUES (?1, ?2, 0, ?3) ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes
            """
        ).run([.blob(site.bytes), .integer(IntakeMeter(now: now).day), .integer(Int64(bytes))])
    }
}

/// The outcome of a header whose chunks are to arrive through the file.
package enum StagingOutcome {
    case begun(StagedChangeset)
    /// A changeset whose chunks need not be kept.
    case held
    case refused(Refusal)
}
