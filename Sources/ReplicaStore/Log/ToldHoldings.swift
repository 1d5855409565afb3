import ReplicaModel
import SQLiteAccess
import SyncWire

/// The holdings of somebody else, as this replica understands what they say of themselves.
struct ToldHoldings {
    let transaction: Transaction

    /// The holdings of somebody who names them so, in this replica's own numbers: no more than is certain. Of a part
    /// that went on in several ways here, and of which that somebody does not say which, only what is before them.
    ///
    /// - Parameter marks: changesets that it says it holds; of their feeds the vector says nothing.
    func covered(by vector: Vector, marks: [FeedHead] = []) throws(StoreError) -> VersionVector {
        var out = VersionVector()
        let marked = Set(marks.map(\.feed))
        for (name, seq) in vector where seq > 0 {
            guard !marked.contains(name.base), let main = transaction.state.ordinals[name.base] else { continue }
            guard let branch = name.branch else {
                guard !transaction.state.forks.isEmpty, transaction.state.forks.lines.isForked(name) else {
                    out[main] = max(out[main], seq)
                    continue
                }
                if transaction.state.name(of: Dot(feed: main, seq: 1)).branch == nil {
                    cover(Dot(feed: main, seq: min(seq, transaction.state.endOfPart(Dot(feed: main, seq: 1)))), &out)
                }
                continue
            }
            guard let first = try self.first(of: branch, named: name) else { continue }
            cover(Dot(feed: first.feed, seq: max(first.seq, min(seq, transaction.state.endOfPart(first)))), &out)
        }
        try cover(marks, &out)
        return out
    }

    /// The holdings of somebody who says so in a file.
    ///
    /// Where it marks a feed, the marks that are held here say which way it is on. It is trusted beyond that where it
    /// says that it is ahead of everything here, and nobody knows of a fork: what is here is before that then, or comes
    /// to be told apart with the first of what it has. Not in `control`: who is admitted on one way alone is a stranger
    /// on the other, and must bring what admits it.
    func covered(by announcement: Announcement) throws(StoreError) -> VersionVector {
        let marked = Set((announcement.marks ?? []).map(\.feed))
        var told = announcement.held.filter { name, seq in
            guard name.branch == nil, marked.contains(name) else { return true }
            return seq > held(of: name) && name.scope != .control
        }
        let forked = Set(told.keys.filter { $0.branch != nil }.map(\.base))
        for name in told.keys where name.branch == nil && marked.contains(name) {
            if forked.contains(name) || transaction.state.forks.lines.isForked(name) { told[name] = nil }
        }
        var out = try covered(by: told)
        try cover(announcement.marks ?? [], &out)
        return out
    }

    /// The first changeset of a branch; nil where it is not held. Most branches have the name here that others give
    /// them.
    private func first(of branch: FeedBranch, named name: FeedID) throws(StoreError) -> Dot? {
        if let way = transaction.state.ordinals[name], transaction.state.feed(way).held >= branch.first {
            return Dot(feed: way, seq: branch.first)
        }
        return try transaction.log.dot(branch.first, of: name, as: { $0 == branch.hash })
    }

    /// The greatest number that is held of a feed, on whichever way.
    func held(of feed: FeedID) -> UInt64 {
        transaction.state.ways(of: feed).map { transaction.state.feed($0).held }.max() ?? 0
    }

    /// The name under which a changeset is missed that is not held: where another is held under its number, by its
    /// hash.
    func nameOfMissing(_ one: FeedHead) -> FeedID {
        held(of: one.feed) < one.head.seq ? one.feed : one.byHash
    }

    private func cover(_ marks: [FeedHead], _ vector: inout VersionVector) throws(StoreError) {
        for mark in marks {
            let held = try transaction.log.dot(
                mark.head.seq, of: mark.feed, as: { HashPrefix($0) == mark.head.hash })
            if let held { cover(held, &vector) }
        }
    }

    private func cover(_ dot: Dot, _ vector: inout VersionVector) {
        let lines = transaction.state.forks.lines
        var next: Dot? = dot
        // What is covered is so with all before it: of many marks each goes on only to where another has been.
        while let dot = next, !vector.covers(dot) {
            let beginning = lines.beginning(of: dot.feed)
            if dot.seq > beginning?.seq ?? 0 { vector[dot.feed] = dot.seq }
            next = beginning.map { Dot(feed: $0.feed, seq: min($0.seq, dot.seq)) }
        }
    }
}

extension Transaction {
    var toldHoldings: ToldHoldings { ToldHoldings(transaction: self) }
}
