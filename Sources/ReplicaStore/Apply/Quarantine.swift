import ReplicaModel
import SQLiteAccess
import SyncWire

/// Changesets that do not count although they are not void: what lies beyond a cut, or is of somebody whose admission
/// does not stand. A function of all control changesets, so it may change with each of them.
struct Quarantine {
    let transaction: Transaction

    /// The standing of a changeset that is not void.
    func standing(of changeset: LoggedChangeset, context: VersionVector) throws(StoreError) -> Standing {
        guard !transaction.state.roster.judgement.cuts.isEmpty else { return .counts }
        let judgement = transaction.state.roster.judgement
        return Self.standing(
            judgement.quarantine(
                .init(dot: changeset.dot, feed: changeset.header.feed, hasSeen: { context.covers($0) })))
    }

    /// Judges anew what is applied, after the roster came to something else, and folds again the rows that this
    /// concerns.
    func settle(after old: RosterJudgement) throws(StoreError) {
        let new = transaction.state.roster.judgement
        guard !new.cuts.isEmpty || !old.cuts.isEmpty else { return }
        let sites = old.doubtfulSites.union(new.doubtfulSites)
        try settle(transaction.state.feeds.filter { sites.contains($0.id.site) })
    }

    /// Judges anew once a changeset is applied that has the number of an end of a right: it is the one that is meant,
    /// or its author went two ways, and another one is.
    func settleBranch(at changeset: LoggedChangeset) throws(StoreError) {
        let feed = changeset.header.feed
        let before = transaction.state.roster.judgement
        var isOther = false
        for head in transaction.state.roster.namedHeads(of: feed, at: changeset.dot.seq) {
            let name = FeedHead(feed, head)
            let meaning = try meaning(of: name)
            if transaction.state.roster.learn(name, meaning) { isOther = true }
        }
        // A cut may name every changeset of a feed.
        guard isOther else { return }
        transaction.judgements = [:]
        try settle(after: before)
    }

    /// Has everybody know of a way that was opened, once its first changeset is held; or that came to nothing.
    func settleForks() throws(StoreError) {
        transaction.state.refreshForks()
        let before = transaction.state.roster.judgement
        try readEnds()
        try settle(after: before)
    }

    /// Has the roster know what those ends mean that a record of its names.
    func noteEnds(of record: RosterRecord) throws(StoreError) {
        let heads = record.namedHeads
        guard !heads.isEmpty else { return }
        var ends = transaction.state.roster.ends
        for head in heads { try note(head, in: &ends) }
        set(ends)
    }

    /// Has the roster know what all ends of rights mean.
    func readEnds() throws(StoreError) {
        var ends = EndMeanings(transaction.state.forks.lines)
        for (feed, heads) in transaction.state.roster.namedHeads {
            for head in heads.values.joined() { try note(FeedHead(feed, head), in: &ends) }
        }
        set(ends)
    }

    private func set(_ ends: EndMeanings) {
        transaction.state.roster.setEnds(ends)
        transaction.judgements = [:]
    }

    private func note(_ name: FeedHead, in ends: inout EndMeanings) throws(StoreError) {
        ends.set(name, try meaning(of: name))
    }

    private func meaning(of name: FeedHead) throws(StoreError) -> EndMeanings.Meaning {
        var (named, others): (Dot?, [Dot]) = (nil, [])
        for way in transaction.state.ways(of: name.feed) {
            let (feed, dot) = (transaction.state.feed(way), Dot(feed: way, seq: name.head.seq))
            guard dot.seq > feed.after, dot.seq <= feed.applied else { continue }
            if try transaction.spoilt.isHeld(dot, as: { HashPrefix($0) == name.head.hash }, lists: false) {
                named = dot
            } else {
                others.append(dot)
            }
        }
        return .init(named: named, others: others)
    }

    private func settle(_ feeds: [FeedState]) throws(StoreError) {
        var changed: [Dot] = []
        for feed in feeds where feed.applied > feed.after { changed += try settle(feed) }
        guard !changed.isEmpty else { return }
        try RowRefold(transaction: transaction).fold(rowsOf: changed.sorted { $0.bits < $1.bits })
        transaction.dirtyRows.isCaptureDue = true
    }

    /// Returns the changesets of the people's tables that count now and did not, or the other way round.
    private func settle(_ feed: FeedState) throws(StoreError) -> [Dot] {
        let (judgement, known) = (transaction.state.roster.judgement, transaction.state.knownSince)
        let void = try transaction.standings.voidNumbers(of: feed.ordinal)
        var changed: [Dot] = []
        for seq in feed.after + 1...feed.applied where !void.contains(seq) {
            let dot = Dot(feed: feed.ordinal, seq: seq)
            let found = judgement.quarantine(
                .init(
                    dot: dot, feed: feed.id.base, hasSeen: { known[$0]?[feed.ordinal].map { $0 <= seq } ?? false }))
            let wasQuarantined = transaction.state.quarantined.contains(dot)
            guard found != nil || wasQuarantined else { continue }
            try transaction.standings.set(Self.standing(found), of: dot)
            if (found != nil) != wasQuarantined, feed.id.scope != .control { changed.append(dot) }
        }
        return changed
    }

    private static func standing(_ quarantine: RosterJudgement.Quarantine?) -> Standing {
        switch quarantine {
        case nil: .counts
        case .cut(let author):
            .quarantined("it lies beyond the end that the admin \(author.short.prefix(9)) set to its author's right")
        case .pending: .quarantined("its author waits for an admin to admit it again")
        }
    }
}
