import ReplicaModel
import SQLiteAccess

/// Chooses the changesets by which two sides find the last that they have in common of a feed.
struct FeedMarks {
    let transaction: Transaction

    /// Changesets that are held of some feeds, for a peer that seems to hold others: of each way the last, those 1, 2,
    /// 4 and so on before it, and the first.
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
            var dots = ladder(to: end, from: 1, by: 2)
            if let last = dots.last, last.seq > 1 { dots += on([1], lineTo: last) }
            try add(dots.prefix(Swift.max(1, max / ways.count)), of: way, to: &out)
        }
        return out.sorted()
    }

    /// Changesets by which a reader of a file tells which ways are held here: of each feed and branch the last, and
    /// those that lie 16, 256 and so on before the end of a way. A reader that holds none of those sends more than it
    /// had to, and no file says so little that it has to be asked.
    ///
    /// - Parameter max: how many in all.
    func ends(max: Int) throws(StoreError) -> [FeedHead] {
        var out: Set<FeedHead> = []
        for way in transaction.state.feeds {
            let seq = transaction.state.soundHead(of: way).seq
            guard seq > way.after else { continue }
            let parts = transaction.state.parts(of: way.ordinal, through: seq)
            let dots =
                parts.map { Dot(feed: way.ordinal, seq: $0.last) }
                + ladder(to: Dot(feed: way.ordinal, seq: seq), from: 16, by: 16)
            guard out.count + dots.count <= max else { break }
            try add(dots, of: way, to: &out)
        }
        return out.sorted()
    }

    private func add(_ dots: some Sequence<Dot>, of way: FeedState, to out: inout Set<FeedHead>) throws(StoreError) {
        for dot in dots {
            guard let hash = try transaction.log.hash(of: dot) else { continue }
            out.insert(FeedHead(way.id, Head(seq: dot.seq, hash: HashPrefix(hash))))
        }
    }

    /// A changeset, and those of its line that lie before it by a number, by that times `factor`, and so on.
    private func ladder(to end: Dot, from first: UInt64, by factor: UInt64) -> [Dot] {
        var seqs = [end.seq]
        var step = first
        while step < end.seq {
            seqs.append(end.seq - step)
            step *= factor
        }
        return on(seqs, lineTo: end)
    }

    private func on(_ seqs: [UInt64], lineTo end: Dot) -> [Dot] {
        // The line leads from the end towards the beginning.
        let line = transaction.state.forks.lines.line(to: end)
        return seqs.compactMap { seq in line.last { $0.seq >= seq }.map { Dot(feed: $0.feed, seq: seq) } }
    }
}
