import ReplicaModel
import SyncWire

/// Sealing: what was noted becomes one changeset, signed, appended, and folded like anybody else's.
extension Replica {
    /// Whether rows are noted that no changeset has yet.
    func hasPending() throws(StoreError) -> Bool {
        for table in state.tables {
            if try statement("SELECT 1 FROM caravan_pending_\(table.id) LIMIT 1").first([]) != nil { return true }
        }
        return false
    }

    /// Seals all that is pending into one changeset, in a transaction of its own. Nil if nothing had changed.
    @discardableResult
    public func seal(with key: SigningKey) throws(StoreError) -> UInt64? {
        let isToDo = try look { () throws(StoreError) -> Bool in
            if try hasPending() { return true }
            return try isSchemaChanged()
        }
        guard isToDo else { return nil }
        return try transact { () throws(StoreError) in try sealPending(with: key)?.dot.seq }
    }

    /// Seals all that is pending. Inside a transaction only. Nil if the notes came to nothing.
    ///
    /// What others would hold as void is not signed: its tables are made anew from the log, with what their definitions can hold of it, and the rest is
    /// kept aside. It keeps back no other row.
    ///
    /// - Returns: the changeset, or the last where one header has no room for the hashes of all its chunks, about 7 GB.
    @discardableResult
    func sealPending(with key: SigningKey) throws(StoreError) -> LoggedChangeset? {
        guard try hasPending() else { return nil }
        guard mayWrite else {
            try takeOutPending()
            return nil
        }
        var refused: [TableState] = []
        let sealed = try sealNoted(with: key, refused: &refused)
        guard !refused.isEmpty else { return sealed }
        try remakeMisfits(refused)
        refused = []
        let rest = try sealNoted(with: key, refused: &refused)
        guard refused.isEmpty else {
            throw .notAllowed("what was written to table \(refused[0].name) cannot be sealed: it has values that its definition does not hold")
        }
        return rest ?? sealed
    }

    /// Whether others take what this node writes.
    var mayWrite: Bool { state.roster.record(of: state.site)?.admission.role.mayWrite ?? false }

    /// Puts aside what was written past the triggers of a node that may not write: the tables show again what the log says.
    private func takeOutPending() throws(StoreError) {
        var tables: [TableState] = []
        for table in state.tables {
            let notes = PendingNotes(connection: connection, table: table)
            guard try notes.lastTime() != nil else { continue }
            try notes.clear()
            tables.append(table)
        }
        try remakeMisfits(tables)
    }

    /// - Parameter refused: takes the tables with rows that were not sealed, whose notes are gone like all others.
    private func sealNoted(with key: SigningKey, refused: inout [TableState]) throws(StoreError) -> LoggedChangeset? {
        precondition(key.site == state.site, "a replica is sealed with the key of its own site")
        try beginIncarnationIfPutBack()
        let feed = try ordinal(of: FeedID(site: state.site, incarnation: state.incarnation, scope: .alliance))
        let contextCount = contextAdvance(of: feed).count
        var writer = try ChangesetWriter(replica: self)
        var time: Int64 = 0
        var sealed: LoggedChangeset?
        for table in state.tables.sorted(by: { $0.name < $1.name }) {
            let notes = PendingNotes(connection: connection, table: table)
            guard let last = try notes.lastTime() else { continue }
            time = max(time, last)
            var isWhole = true
            var sealing = try sealing(table, in: feed)
            try notes.forEach { (touch) throws(StoreError) in
                if writer.isFull(contextCount: contextCount) {
                    sealed = try finish(&writer, feed: feed, time: time, key: key) ?? sealed
                    writer = try ChangesetWriter(replica: self)
                    sealing = try self.sealing(table, in: feed)
                }
                if try !sealing.seal(touch, into: &writer) { isWhole = false }
            }
            try notes.clear()
            if !isWhole { refused.append(table) }
        }
        sealed = try finish(&writer, feed: feed, time: time, key: key) ?? sealed
        try settle()
        return sealed
    }

    private func sealing(_ table: TableState, in feed: FeedOrdinal) throws(StoreError) -> TableSealing {
        TableSealing(replica: self, folder: try folder(of: table), dot: Dot(feed: feed, seq: state.feed(feed).held + 1))
    }

    /// Signs, appends and applies what `writer` holds. Nil if it holds no operation.
    private func finish(
        _ writer: inout ChangesetWriter, feed: FeedOrdinal, time: Int64, key: SigningKey
    ) throws(StoreError) -> LoggedChangeset? {
        let content = try writer.finish()
        guard content.operationCount > 0 else { return nil }
        let stamp = try nextStamp(at: time)
        let sealed = try appendOwn(content, feed: feed, stamp: stamp, key: key)
        var context = state.applied
        context[feed] = sealed.dot.seq - 1
        try markApplied(sealed, context: contextOver(context, scope: .alliance), standing: .counts)
        try follow(stamp, at: time)
        return sealed
    }

    /// Seals control operations, judged and folded like anybody else's. Inside a transaction only.
    func sealControl(_ operations: [ControlOperation], with key: SigningKey, now: Int64) throws(StoreError) -> LoggedChangeset {
        try beginIncarnationIfPutBack()
        let feed = try ordinal(of: FeedID(site: state.site, incarnation: state.incarnation, scope: .control))
        var writer = try ChangesetWriter(replica: self)
        try writer.write(control: operations)
        let sealed = try appendOwn(try writer.finish(), feed: feed, stamp: try nextStamp(at: now), key: key)
        if state.alliance == .zero {
            state.alliance = sealed.hash
            try setMeta("alliance", .blob(sealed.hash.bytes))
        }
        guard try applyReady([sealed], now: now).count > 0 else { throw .damaged("a control changeset of our own waits for its context") }
        return sealed
    }

    /// Signs a changeset whose chunks are written, with the context that this replica really has, and holds it.
    private func appendOwn(
        _ content: ChangesetContent, feed: FeedOrdinal, stamp: Stamp, key: SigningKey
    ) throws(StoreError) -> LoggedChangeset {
        let own = state.feed(feed)
        var advance: Context = [:]
        for (other, seq) in contextAdvance(of: feed) {
            guard let hash = try agreedHash(of: Dot(feed: other, seq: seq)) else { throw .damaged("the log of \(path) lacks what was applied") }
            advance[state.feed(other).id] = Head(seq: seq, hash: HashPrefix(hash))
        }
        guard ChangesetWriter.headerHasRoom(chunks: content.chunkHashes.count, contextCount: advance.count) else {
            throw .notAllowed("what was written cannot be sealed: this replica has heard of \(advance.count) feeds since it sealed last, more than a changeset can name")
        }
        let header = ChangesetHeader(
            feed: own.id, seq: own.held + 1, previous: own.hash, stamp: stamp, contextAdvance: advance,
            operationCount: content.operationCount, chunkHashes: content.chunkHashes)
        return try append(key.seal(header), body: content.body)
    }

    /// What was applied since the last changeset of an own feed.
    private func contextAdvance(of feed: FeedOrdinal) -> [(feed: FeedOrdinal, seq: UInt64)] {
        let own = state.feed(feed)
        return contextOver(state.applied, scope: own.id.scope).entries.filter { $0.feed != feed && $0.seq > own.context[$0.feed] }
    }

    /// The part of a vector that a context of `scope` speaks of: its own feeds and those of control.
    private func contextOver(_ vector: VersionVector, scope: Scope) -> VersionVector {
        var out = VersionVector()
        for (feed, seq) in vector.entries where [scope, .control].contains(state.feed(feed).id.scope) { out[feed] = seq }
        return out
    }
}
