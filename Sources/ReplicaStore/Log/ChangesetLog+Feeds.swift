import ReplicaModel
import SQLiteAccess

/// Feeds and their heads, in `state`, and in the file once that is written.
extension ChangesetLog {
    /// The ordinal of a feed, given to it now if this replica had not heard of it.
    func ordinal(of id: FeedID) throws(StoreError) -> FeedOrdinal {
        if let known = transaction.state.ordinals[id] { return known }
        let ordinal = FeedOrdinal(transaction.state.feeds.count)
        guard ordinal.number <= 0xFFFF else { throw .damaged("the replica cannot number more than 65,536 feeds") }
        try transaction.statement("INSERT INTO caravan_feed(ordinal, site, incarnation, scope) VALUES (?1, ?2, ?3, ?4)")
            .run([
                .integer(Int64(ordinal.number)), .blob(id.site.bytes), .integer(Int64(bitPattern: id.incarnation.bits)),
                .text(id.scope.name),
            ])
        transaction.state.feeds.append(
            FeedState(ordinal: ordinal, id: id, held: 0, hash: .zero, applied: 0, context: VersionVector()))
        transaction.state.ordinals[id] = ordinal
        return ordinal
    }

    func setHeld(_ ordinal: FeedOrdinal, seq: UInt64, hash: Bytes32) {
        transaction.state.feeds[ordinal.number].held = seq
        transaction.state.feeds[ordinal.number].hash = hash
        transaction.unwritten.note(ordinal)
    }

    func setApplied(_ ordinal: FeedOrdinal, seq: UInt64, context: VersionVector) throws(StoreError) {
        transaction.state.feeds[ordinal.number].applied = seq
        transaction.state.feeds[ordinal.number].context = context
        transaction.state.applied[ordinal] = seq
        transaction.unwritten.note(ordinal)
        for origin in transaction.state.addedOrigins { try noteIfKnown(origin, ordinal, seq, context) }
        for record in transaction.state.roster.records.cutting { try noteIfKnown(record.dot, ordinal, seq, context) }
    }

    private func noteIfKnown(
        _ origin: Dot, _ feed: FeedOrdinal, _ seq: UInt64, _ context: VersionVector
    ) throws(StoreError) {
        guard context.covers(origin), transaction.state.knownSince[origin]?[feed] == nil else { return }
        try noteKnown(origin, feed, from: seq)
    }

    /// Notes that the feed's author knows, from this changeset on, what that control changeset says.
    func noteKnown(_ origin: Dot, _ feed: FeedOrdinal, from seq: UInt64) throws(StoreError) {
        transaction.state.knownSince[origin, default: [:]][feed] = seq
        try transaction.statement("INSERT OR REPLACE INTO caravan_knows VALUES (?1, ?2, ?3)").run([
            .integer(origin.bits), .integer(Int64(feed.number)), .integer(Int64(seq)),
        ])
    }

    /// Whether the author of a changeset knew a column when it sealed it.
    func knew(_ column: MergedColumn, _ dot: Dot) -> Bool {
        column.isOriginal
            || column.origins.contains { origin in
                transaction.state.knownSince[origin]?[dot.feed].map { $0 <= dot.seq } ?? false
            }
    }

    /// The hash of a changeset that is held; nil if it is not.
    func hash(of dot: Dot) throws(StoreError) -> Bytes32? {
        let feed = transaction.state.feed(dot.feed)
        if feed.held == dot.seq { return feed.hash }
        guard feed.held > dot.seq else { return nil }
        let row = try transaction.statement("SELECT hash FROM caravan_changeset WHERE feed = ?1 AND seq = ?2").first(
            dot.place)
        guard case .blob(let bytes)? = row?.first else { return nil }
        return Bytes32(bytes)
    }

    /// The rank that decides among concurrent writes.
    func rank(of dot: Dot) throws(StoreError) -> Rank {
        let row = try transaction.statement("SELECT stamp, hash FROM caravan_changeset WHERE feed = ?1 AND seq = ?2")
            .first(dot.place)
        guard case .integer(let stamp)? = row?.first, case .blob(let bytes)? = row?.last, let hash = Bytes32(bytes)
        else {
            throw .damaged("a row names a changeset that the log of \(transaction.file.path) does not have")
        }
        let feed = transaction.state.feed(dot.feed).id
        return Rank(
            stamp: Stamp(bits: UInt64(bitPattern: stamp)), site: feed.site, incarnation: feed.incarnation, hash: hash)
    }

    /// The name that reports give a write: its site, feed, seq and stamp.
    func write(_ dot: Dot) throws(StoreError) -> WriteReport {
        // First, for a disk may have altered the name that a row has of it: there is no feed of every number.
        let stamp = try rank(of: dot).stamp
        let feed = transaction.state.name(of: dot)
        return WriteReport(site: feed.site, feed: feed, seq: dot.seq, stamp: stamp)
    }

    /// How many changesets of a feed the log has behind a seq.
    func count(of feed: FeedOrdinal, beyond seq: UInt64) throws(StoreError) -> Int {
        let row = try transaction.statement("SELECT count(*) FROM caravan_changeset WHERE feed = ?1 AND seq > ?2")
            .first(Dot(feed: feed, seq: seq).place)
        guard case .integer(let count)? = row?.first else { return 0 }
        return Int(count)
    }

    /// Writes to the file what is held and applied of some feeds.
    func write(_ feeds: Set<FeedOrdinal>) throws(StoreError) {
        for ordinal in feeds {
            let feed = transaction.state.feed(ordinal)
            try transaction.statement(
                "UPDATE caravan_feed SET held = ?2, hash = ?3, applied = ?4, context = ?5 WHERE ordinal = ?1"
            ).run([
                .integer(Int64(ordinal.number)), .integer(Int64(feed.held)), .blob(feed.hash.bytes),
                .integer(Int64(feed.applied)), .blob(VectorBlob.encode(feed.context)),
            ])
        }
    }

    /// Forgets what is held of a feed and is not applied. A way of which nothing is left stands again behind the
    /// changeset of another where it began.
    func dropUnapplied(of feed: FeedOrdinal) throws(StoreError) {
        let present = transaction.state.feed(feed)
        let beyond = Dot(feed: feed, seq: present.applied).place
        let bodies = try transaction.connection.rows(
            "SELECT body FROM caravan_changeset WHERE feed = ?1 AND seq > ?2", beyond)
        for case .integer(let body)? in bodies.map(\.first) { try deleteChunks(body: body) }
        try transaction.connection.rows("DELETE FROM caravan_changeset WHERE feed = ?1 AND seq > ?2", beyond)
        try transaction.spoilt.forget(beyond: Dot(feed: feed, seq: present.applied))
        let head =
            present.applied == present.after
            ? try transaction.state.forks.lines.beginning(of: feed).flatMap { (point) throws(StoreError) in
                try hash(of: point)
            } ?? .zero : try hash(of: Dot(feed: feed, seq: present.applied)) ?? .zero
        setHeld(feed, seq: present.applied, hash: head)
    }
}
