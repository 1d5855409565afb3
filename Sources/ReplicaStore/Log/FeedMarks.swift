import ReplicaModel
import SQLiteAccess

/// Chooses the changesets by which two sides find the last that they have in common of a feed.
struct FeedMarks {
    let transaction: Transaction

    /// Changesets that are held of some feeds, for a peer that seems to hold others: of each way the last, those 1, 2, 4
    /// and so on before it, and the first.
    ///
    /// - Parameters:
    ///   - feeds: as headers name them; nil for all.
    ///   - max: how many in all.
    func of(_ feeds: Set<FeedID>?, max: Int) throws(StoreError) -> [FeedHead] {
        let ways = transaction.state.feeds.filter { feed in
            transaction.state.soundHead(of: feed).seq > feed.after && feeds?.contains(feed.id.base) ?? true
        }
        var out: Set<FeedHead> = []
        for way in ways.prefix(max) {
            let end = Dot(feed: way.ordinal, seq: transaction.state.soundHead(of: way).seq)
            for dot in ladder(to: end).prefix(Swift.max(1, max / ways.count)) {
                guard let hash = try transaction.log.hash(of: dot) else { continue }
                out.insert(FeedHead(way.id, Head(seq: dot.seq, hash: HashPrefix(hash))))
            }
        }
        return out.sorted()
    }

    private func ladder(to end: Dot) -> [Dot] {
        let line = transaction.state.forks.lines.line(to: end)
        var seqs = [end.seq]
        var step: UInt64 = 1
        while step < end.seq {
            seqs.append(end.seq - step)
            step *= 2
        }
        if seqs.last ?? 1 > 1 { seqs.append(1) }
        // The line leads from the end towards the beginning.
        return seqs.compactMap { seq in line.last { $0.seq >= seq }.map { Dot(feed: $0.feed, seq: seq) } }
    }
}
