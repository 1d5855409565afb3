import ReplicaModel
import SQLiteAccess
import SyncWire

/// Quotas: how much was taken of each author, by day.
extension Intake {
    /// Whether this much more of an author may be taken today; else the meter notes what is too much.
    func admits(_ header: ChangesetHeader, bytes: Int, _ meter: inout IntakeMeter) throws(StoreError) -> Bool {
        guard let quota = transaction.file.quota else { return true }
        let site = header.feed.site
        guard meter.beyond[site] == nil else { return false }
        // The founder is on no roster before its founding is.
        let payer = !transaction.state.roster.knows(site) && header.feed.scope != .control ? nil : site
        if meter.taken[payer] == nil { meter.begin(payer, with: try taken(of: payer, on: meter.day)) }
        let before = meter.taken[payer] ?? IntakeMeter.Taken()
        let bytesMax = payer == nil ? quota.unknownBytes : quota.bytes
        if before.changesets >= quota.changesets {
            meter.note(
                site,
                isBeyond:
                    "\(site.short) wrote more than the \(quota.changesets) changesets that are taken of a member in a day"
            )
        } else if before.bytes + Int64(bytes) > bytesMax {
            meter.note(
                site,
                isBeyond: "\(site.short) wrote more than the \(bytesMax >> 20) MiB that are taken of a member in a day")
        } else if try isNewFeed(header),
            transaction.state.feeds.count(where: { $0.id.site == site }) >= quota.feeds
        {
            meter.note(site, isBeyond: "\(site.short) has more than \(quota.feeds) feeds")
        } else {
            meter.add(changesets: 1, bytes: Int64(bytes), of: payer)
            return true
        }
        return false
    }

    /// Whether a changeset begins a feed here, or another way of one.
    private func isNewFeed(_ header: ChangesetHeader) throws(StoreError) -> Bool {
        guard transaction.state.feed(header.feed) != nil else { return true }
        guard transaction.log.going(on: header) == nil else { return false }
        return try transaction.log.point(before: header) != nil
    }

    private func taken(of site: SiteID?, on day: Int64) throws(StoreError) -> IntakeMeter.Taken {
        let row = try transaction.statement("SELECT changesets, bytes FROM caravan_taken WHERE site = ?1 AND day = ?2")
            .first([.blob(site?.bytes ?? []), .integer(day)])
        guard case .integer(let changesets)? = row?.first, case .integer(let bytes)? = row?.last else {
            return IntakeMeter.Taken()
        }
        return IntakeMeter.Taken(changesets: changesets, bytes: bytes)
    }

    func save(_ meter: IntakeMeter) throws(StoreError) {
        for (site, taken) in meter.taken {
            try transaction.statement("INSERT OR REPLACE INTO caravan_taken VALUES (?1, ?2, ?3, ?4)").run([
                .blob(site?.bytes ?? []), .integer(meter.day), .integer(taken.changesets), .integer(taken.bytes),
            ])
        }
        try transaction.statement("DELETE FROM caravan_taken WHERE day NOT BETWEEN ?1 AND ?2").run([
            .integer(meter.day - 7), .integer(meter.day + 7),
        ])
    }

    /// The refusal of more from sites that the roster does not have, where too much of them waits; nil where it does not.
    func unknownRefusal(after fresh: [LoggedChangeset]) -> Refusal? {
        guard let quota = transaction.file.quota,
            fresh.contains(where: { isUnknown(transaction.state.feed($0.dot.feed)) })
        else { return nil }
        let waiting = transaction.state.feeds.filter(isUnknown)
        guard waiting.count <= quota.unknownFeeds,
            waiting.reduce(0, { $0 + $1.held - $1.applied }) <= UInt64(quota.unknownChangesets)
        else {
            return Refusal(
                .stranger, "too many changesets wait here whose authors nobody is known to have admitted")
        }
        return nil
    }

    private func isUnknown(_ feed: FeedState) -> Bool {
        feed.held > feed.applied && !transaction.state.roster.knows(feed.id.site)
    }

    /// Takes back what is held of a feed whose author turned out to be nobody's member.
    func dropStranger(_ feed: FeedOrdinal, now: Int64) throws(StoreError) {
        let present = transaction.state.feed(feed)
        try transaction.log.dropUnapplied(of: feed)
        for branching in transaction.state.branchings
        where branching.parent == feed && branching.after > present.applied
            && transaction.state.feed(branching.way).held > branching.after
        {
            try dropStranger(branching.way, now: now)
        }
        if transaction.state.forks.lines.isForked(present.id) { try transaction.quarantine.settleForks() }
        try transaction.peerBook.noteRefusal(
            of: nil, named: ErrorCode.stranger.rawValue, times: 1, because: Self.strangerRefusal(present.id).sentence,
            now: now)
    }

    /// The refusal of a feed whose author turned out to be nobody's member.
    static func strangerRefusal(_ feed: FeedID) -> Refusal {
        Refusal(
            .stranger, "nobody had admitted \(feed.site.short), by the roster that it had seen when it wrote")
    }
}
