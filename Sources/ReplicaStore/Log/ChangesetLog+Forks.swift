import ReplicaModel
import SQLiteAccess
import SyncWire

/// Feeds that went two ways, in the file and in `state` alike.
extension ChangesetLog {
    /// The changeset of a feed with a number and a hash, on whichever way it lies; nil where it is not held.
    ///
    /// - Parameter lists: whether a record of another hash, where the header has this one, is listed as altered.
    func dot(
        _ seq: UInt64, of feed: FeedID, lists: Bool = false, as isIt: (Bytes32) -> Bool
    ) throws(StoreError) -> Dot? {
        for way in transaction.state.ways(of: feed) {
            let state = transaction.state.feed(way)
            guard seq > state.after, seq <= state.held else { continue }
            let dot = Dot(feed: way, seq: seq)
            if try transaction.spoilt.isHeld(dot, as: isIt, lists: lists) { return dot }
        }
        return nil
    }

    /// Whether a changeset is held that a context names: of a feed that went one way here its number tells.
    func holds(_ one: FeedHead) throws(StoreError) -> Bool {
        if transaction.state.forks.isEmpty || !transaction.state.forks.lines.isForked(one.feed) {
            return transaction.toldHoldings.held(of: one.feed) >= one.head.seq
        }
        return try dot(one.head.seq, of: one.feed) { HashPrefix($0) == one.head.hash } != nil
    }

    /// The name of a changeset by its number and hash, which two replicas have in common whatever they know of ways.
    func identity(of dot: Dot) throws(StoreError) -> FeedID {
        let feed = transaction.state.feed(dot.feed).id.base
        return feed.on(FeedBranch(first: dot.seq, hash: try hash(of: dot) ?? .zero))
    }

    /// The changeset of such a name; nil where it is not held.
    func dot(identified name: FeedID) throws(StoreError) -> Dot? {
        guard let branch = name.branch else { return nil }
        return try dot(branch.first, of: name) { $0 == branch.hash }
    }

    /// The changeset behind which one comes that is not held: of its feed the one before, on whichever way it lies.
    /// With seq 0 where it is the first. Nil where that is not held.
    func point(before header: ChangesetHeader) throws(StoreError) -> Dot? {
        guard header.seq > 1 else { return transaction.state.ordinals[header.feed].map { Dot(feed: $0, seq: 0) } }
        return try dot(header.seq - 1, of: header.feed) { $0 == header.previous }
    }

    /// The way that goes on with a changeset; nil where one would begin with it, or it does not join what is held.
    func going(on header: ChangesetHeader) -> FeedOrdinal? {
        transaction.state.ways(of: header.feed).first { way in
            let feed = transaction.state.feed(way)
            return feed.held + 1 == header.seq && feed.hash == header.previous
        }
    }

    /// The ordinal under which a changeset that joins what is held is kept. A way that begins with it is opened.
    ///
    /// - Returns: with it the changeset behind which the way begins, if it was opened now: who else is said to hold what
    ///   is behind that one, nobody knows any more.
    func way(for header: ChangesetHeader, hash: Bytes32) throws(StoreError) -> (feed: FeedOrdinal, opened: Dot?) {
        let main = try ordinal(of: header.feed)
        if let going = going(on: header) { return (going, nil) }
        guard let point = try point(before: header) else {
            throw .damaged("changeset \(header.seq) of feed \(header.feed) joins nothing in \(transaction.file.path)")
        }
        let id = header.feed.on(FeedBranch(first: header.seq, hash: hash))
        if let kept = transaction.state.ordinals[id] { return (kept, nil) }
        let sibling = try sibling(behind: point, of: main)
        let way = FeedOrdinal(transaction.state.feeds.count)
        guard way.number <= 0xFFFF else { throw .damaged("the replica cannot number more than 65,536 feeds") }
        try transaction.statement(
            """
            INSERT INTO caravan_feed(ordinal, site, incarnation, scope, held, hash, applied) VALUES (?1, ?2, ?3, ?4, ?5, \
            ?6, ?5)
            """
        ).run([
            .integer(Int64(way.number)), .blob(id.site.bytes), .integer(Int64(bitPattern: id.incarnation.bits)),
            .text("\(id.scope.name)~\(hash.bytes.hex)"), .integer(Int64(point.seq)), .blob(header.previous.bytes),
        ])
        try transaction.statement("INSERT INTO caravan_branch VALUES (?1, ?2, ?3, ?4, ?5)").run([
            .integer(Int64(way.number)), .integer(Int64(point.feed.number)), .integer(Int64(point.seq)),
            .blob(hash.bytes), .blob(sibling.bytes),
        ])
        transaction.state.feeds.append(
            FeedState(
                ordinal: way, id: id, after: point.seq, held: point.seq, hash: header.previous, applied: point.seq,
                context: VersionVector()))
        transaction.state.ordinals[id] = way
        transaction.state.branchings.append(
            .init(way: way, parent: point.feed, after: point.seq, first: hash, sibling: sibling))
        return (way, point)
    }

    private func sibling(behind point: Dot, of main: FeedOrdinal) throws(StoreError) -> Bytes32 {
        let next = Dot(feed: point.seq == 0 ? main : point.feed, seq: point.seq + 1)
        let recorded = try hash(of: next)
        return try transaction.state.sound[next.feed] == nil
            ? recorded ?? .zero : transaction.spoilt.agreedHash(of: next) ?? .zero
    }

    /// The name of the feed or branch that a changeset is of which a peer sends: as this replica names it if it is
    /// held, or goes on with what is held; by its own hash if a branch begins with it.
    func name(of header: UnverifiedHeader) throws(StoreError) -> FeedID {
        let (feed, seq) = (header.header.feed, header.header.seq)
        if let held = try dot(seq, of: feed, as: { $0 == header.hash }) { return transaction.state.name(of: held) }
        if let going = going(on: header.header) {
            return transaction.state.name(of: Dot(feed: going, seq: seq))
        }
        guard let point = try point(before: header.header), seq > 1 || transaction.state.feed(point.feed).held > 0
        else {
            return feed
        }
        return feed.on(FeedBranch(first: seq, hash: header.hash))
    }
}
