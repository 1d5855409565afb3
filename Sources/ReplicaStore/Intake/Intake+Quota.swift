import ReplicaModel
import SQLiteAccess
import SyncWire

/// Quotas: how much was taken of each author, by day.
extension Intake {
    /// Whether this much more of an author may be taken today; else the meter notes what is too much.
    ///
    /// - Parameter goesOn: a part of the changeset is here already, and the feed that it may begin is counted.
    func admits(
        _ header: ChangesetHeader, bytes: Int, goesOn: Bool = false, _ meter: inout IntakeMeter
    ) throws(StoreError) -> Bool {
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
        } else if !goesOn, try isNewFeed(header), let most = try mostFeeds(ifBeyond: quota, of: site, &meter) {
            meter.note(
                site, isBeyond: "\(site.short) began more feeds than the \(most) that one site may bring in a day")
        } else {
            meter.add(changesets: 1, bytes: Int64(bytes), of: payer)
            return true
        }
        return false
    }

    /// Counts one more feed of an author and of whoever brings it. The most that may be taken of them in a day, where
    /// it is more than that; nil where it is not.
    private func mostFeeds(
        ifBeyond quota: IntakeQuota, of author: SiteID, _ meter: inout IntakeMeter
    ) throws(StoreError) -> Int64? {
        let gift = IntakeMeter.Gift(giver: giver ?? author, author: author)
        if meter.feeds[gift] == nil { meter.begin(gift, with: try feeds(gift, on: meter.day)) }
        let most = gift.giver == author ? quota.feeds : quota.feedsOfOthers
        guard meter.feeds[gift] ?? 0 < most else { return most }
        meter.addFeed(gift)
        return nil
    }

    private func feeds(_ gift: IntakeMeter.Gift, on day: Int64) throws(StoreError) -> Int64 {
        let row = try transaction.statement("SELECT changesets FROM caravan_taken WHERE site = ?1 AND day = ?2")
            .first([.blob(gift.bytes), .integer(day)])
        return if case .integer(let feeds)? = row?.first { feeds } else { 0 }
    }

    /// Keeps how many feeds began.
    func saveFeeds(_ meter: IntakeMeter) throws(StoreError) {
        for (gift, feeds) in meter.feeds {
            try transaction.statement("INSERT OR REPLACE INTO caravan_taken VALUES (?1, ?2, ?3, 0)").run([
                .blob(gift.bytes), .integer(meter.day), .integer(feeds),
            ])
        }
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
        try saveFeeds(meter)
        for (site, taken) in meter.taken {
            try transaction.statement("INSERT OR REPLACE INTO caravan_taken VALUES (?1, ?2, ?3, ?4)").run([
                .blob(site?.bytes ?? []), .integer(meter.day), .integer(taken.changesets), .integer(taken.bytes),
            ])
        }
        try transaction.statement("DELETE FROM caravan_taken WHERE day NOT BETWEEN ?1 AND ?2").run([
            .integer(meter.day - 7), .integer(meter.day + 7),
        ])
    }

    /// The refusal of more from sites that the roster does not have, where too much of them waits; nil where it does
    /// not.
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

extension IntakeMeter.Gift {
    /// The name under which it is counted.
    fileprivate var bytes: [UInt8] { author.bytes + giver.bytes }
}
