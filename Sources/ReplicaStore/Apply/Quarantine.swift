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
        let hashes = try hashes(of: changeset.dot.feed, upTo: changeset)
        return Self.standing(
            judgement.quarantine(
                .init(
                    dot: changeset.dot, feed: changeset.header.feed, hasSeen: { context.covers($0) },
                    hash: { hashes[$0] })))
    }

    /// Judges anew what is applied, after the roster came to something else, and folds again the rows that this
    /// concerns.
    func settle(after old: RosterJudgement) throws(StoreError) {
        let new = transaction.state.roster.judgement
        guard !new.cuts.isEmpty || !old.cuts.isEmpty else { return }
        let sites = old.doubtfulSites.union(new.doubtfulSites)
        try settle(transaction.state.feeds.filter { sites.contains($0.id.site) })
    }

    /// Judges the feed of a changeset anew, if a cut names that number there and means another changeset: then the
    /// author went two ways, and the cut means the other one.
    func settleBranch(at changeset: LoggedChangeset) throws(StoreError) {
        guard !transaction.state.forks.lines.isForked(changeset.header.feed) else {
            let head = Head(seq: changeset.dot.seq, hash: HashPrefix(changeset.hash))
            let isNamed = transaction.state.roster.namedHeads(of: changeset.header.feed).contains(head)
            return isNamed ? try settleLines() : ()
        }
        guard !transaction.state.roster.judgement.cuts.isEmpty else { return }
        let judgement = transaction.state.roster.judgement
        let named = judgement.namedHeads(of: changeset.header.feed).filter { $0.seq == changeset.dot.seq }
        guard named.contains(where: { $0.hash != HashPrefix(changeset.hash) }) else { return }
        try settle([transaction.state.feed(changeset.dot.feed)])
    }

    /// Has everybody know of a way that was opened, once its first changeset is held; or that came to nothing.
    func settleForks() throws(StoreError) {
        transaction.state.refreshForks()
        try settleLines()
    }

    /// Judges anew after a feed went another way, or a changeset came that an end of a right names there.
    private func settleLines() throws(StoreError) {
        let before = transaction.state.roster.judgement
        try refreshLines()
        try settle(after: before)
    }

    /// Has the roster know which changesets are before which in feeds that went two ways, and which of them ends name.
    func refreshLines() throws(StoreError) {
        var lines = transaction.state.forks.lines
        for feed in transaction.state.forks.ways.keys {
            for head in transaction.state.roster.namedHeads(of: feed) {
                guard let dot = try transaction.log.dot(head.seq, of: feed, as: { HashPrefix($0) == head.hash }),
                    dot.seq <= transaction.state.feed(dot.feed).applied
                else { continue }
                lines.name(FeedHead(feed, head), dot)
            }
        }
        transaction.state.roster.setLines(lines)
        transaction.judgements = [:]
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
        let hashes = try hashes(of: feed.ordinal, upTo: nil)
        let void = try transaction.standings.voidNumbers(of: feed.ordinal)
        var changed: [Dot] = []
        for seq in feed.after + 1...feed.applied where !void.contains(seq) {
            let dot = Dot(feed: feed.ordinal, seq: seq)
            let found = judgement.quarantine(
                .init(
                    dot: dot, feed: feed.id.base, hasSeen: { known[$0]?[feed.ordinal].map { $0 <= seq } ?? false },
                    hash: { hashes[$0] }))
            let wasQuarantined = transaction.state.quarantined.contains(dot)
            guard found != nil || wasQuarantined else { continue }
            try transaction.standings.set(Self.standing(found), of: dot)
            if (found != nil) != wasQuarantined, feed.id.scope != .control { changed.append(dot) }
        }
        return changed
    }

    /// The hashes of those changesets of a feed that cuts and releases name.
    ///
    /// - Parameter fresh: one that is being applied.
    private func hashes(of feed: FeedOrdinal, upTo fresh: LoggedChangeset?) throws(StoreError) -> [UInt64: HashPrefix] {
        let present = transaction.state.feed(feed)
        let end = fresh?.dot.seq ?? present.applied
        var out: [UInt64: HashPrefix] = [:]
        for head in transaction.state.roster.judgement.namedHeads(of: present.id) where head.seq <= end {
            if let hash = try transaction.log.hash(of: Dot(feed: feed, seq: head.seq)) {
                out[head.seq] = HashPrefix(hash)
            }
        }
        return out
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
