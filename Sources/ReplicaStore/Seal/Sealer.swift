import ReplicaModel
import SQLiteAccess
import SyncWire

/// Seals: what was noted becomes one changeset, signed, appended, and folded like anybody else's. There is none without
/// the key of this site.
struct Sealer {
    let transaction: Transaction
    private let key: SigningKey

    init(transaction: Transaction) {
        // Before anything is looked at: what is pending, or what a peer sent, does not decide whether it fails.
        guard let key = transaction.file.key else {
            preconditionFailure("whoever seals gave the replica its key")
        }
        precondition(key.site == transaction.state.site, "a replica is sealed with the key of its own site")
        (self.transaction, self.key) = (transaction, key)
    }

    /// Whether there may be something to seal: rows are noted, somebody changed the schema, or the disk altered what
    /// was sealed here.
    func isToSeal() throws(StoreError) -> Bool {
        // First, for somebody may have dropped what the notes are kept in.
        if try transaction.repair.isSchemaChanged() || transaction.spoilt.hasOwn { return true }
        return try transaction.capture.hasPending()
    }

    /// Seals all that is pending. Nil if the notes came to nothing.
    ///
    /// What others would hold as void is not signed: its tables are made anew from the log, with what their definitions
    /// can hold of it, and the rest is kept aside. It keeps back no other row.
    ///
    /// - Returns: the changeset, or the last where one header has no room for the hashes of all its chunks, about 7 GB.
    @discardableResult
    func sealPending() throws(StoreError) -> LoggedChangeset? {
        try transaction.spoilt.signAgain(with: key)
        guard try transaction.capture.hasPending() else { return nil }
        guard transaction.state.mayWrite else {
            try takeOutPending()
            return nil
        }
        transaction.file.onAct?(.seal, true)
        defer { transaction.file.onAct?(.seal, false) }
        var refused: [TableState] = []
        let sealed = try sealNoted(refused: &refused)
        guard !refused.isEmpty else { return sealed }
        try transaction.repair.remakeMisfits(refused)
        refused = []
        let rest = try sealNoted(refused: &refused)
        guard refused.isEmpty else {
            throw .notAllowed(
                """
                what was written to table \(refused[0].name) cannot be sealed: it has values that its definition does \
                not hold
                """
            )
        }
        return rest ?? sealed
    }

    /// Puts aside what was written past the triggers of a node that may not write: the tables show again what the log
    /// says.
    private func takeOutPending() throws(StoreError) {
        var tables: [TableState] = []
        for table in transaction.state.tables {
            let notes = PendingNotes(connection: transaction.connection, table: table)
            guard try notes.lastTime() != nil else { continue }
            try notes.clear()
            tables.append(table)
        }
        try transaction.repair.remakeMisfits(tables)
    }

    /// - Parameter refused: takes the tables with rows that were not sealed, whose notes are gone like all others.
    private func sealNoted(refused: inout [TableState]) throws(StoreError) -> LoggedChangeset? {
        try transaction.incarnations.beginIncarnationIfPutBack()
        let feed = try transaction.log.ordinal(
            of: FeedID(site: transaction.state.site, incarnation: transaction.state.incarnation, scope: .alliance))
        let contextCount = contextAdvance(of: feed).count
        var writer = try ChangesetWriter(log: transaction.log, chunksMax: transaction.file.sealing.chunksMax)
        var time: Int64 = 0
        var sealed: LoggedChangeset?
        for table in transaction.state.tables.sorted(by: { $0.name < $1.name }) {
            let notes = PendingNotes(connection: transaction.connection, table: table)
            guard let last = try notes.lastTime() else { continue }
            time = max(time, last)
            var isWhole = true
            var sealing = try sealing(table, in: feed)
            func finishIfFull() throws(StoreError) {
                guard writer.isFull(contextCount: contextCount) else { return }
                sealed = try finish(&writer, feed: feed, time: time) ?? sealed
                writer = try ChangesetWriter(log: transaction.log, chunksMax: transaction.file.sealing.chunksMax)
                sealing = try self.sealing(table, in: feed)
            }
            if let rows = try NotedRows(of: table, notes: notes, in: transaction) {
                // Clocks and the log then take the pages that the notes had, and the file grows by as much less.
                if !rows.readsNotes { try notes.clear() }
                try rows.forEach { (row) throws(StoreError) in
                    try finishIfFull()
                    if try !sealing.seal(row, of: rows, into: &writer) { isWhole = false }
                }
            } else {
                try notes.forEach { (touch) throws(StoreError) in
                    try finishIfFull()
                    if try !sealing.seal(touch, into: &writer) { isWhole = false }
                }
            }
            try notes.clear()
            if !isWhole { refused.append(table) }
        }
        sealed = try finish(&writer, feed: feed, time: time) ?? sealed
        try transaction.constraints.settle()
        return sealed
    }

    private func sealing(_ table: TableState, in feed: FeedOrdinal) throws(StoreError) -> TableSealing {
        try TableSealing(
            transaction: transaction, tableRows: try transaction.tableRows(of: table),
            dot: Dot(feed: feed, seq: transaction.state.feed(feed).held + 1))
    }

    /// Signs, appends and applies what `writer` holds. Nil if it holds no operation.
    private func finish(
        _ writer: inout ChangesetWriter, feed: FeedOrdinal, time: Int64
    ) throws(StoreError) -> LoggedChangeset? {
        let content = try writer.finish()
        guard content.operationCount > 0 else { return nil }
        let stamp = try transaction.stamps.nextStamp(at: time)
        let sealed = try appendOwn(content, feed: feed, stamp: stamp)
        var context = transaction.state.applied
        context[feed] = sealed.dot.seq - 1
        try transaction.standings.markApplied(
            sealed.dot, context: contextOver(context, scope: .alliance), standing: .counts)
        try transaction.stamps.follow(stamp, at: time)
        return sealed
    }

    /// Seals control operations, judged and folded like anybody else's.
    func sealControl(_ operations: [ControlOperation], now: Int64) throws(StoreError) -> LoggedChangeset {
        try transaction.incarnations.beginIncarnationIfPutBack()
        let feed = try transaction.log.ordinal(
            of: FeedID(site: transaction.state.site, incarnation: transaction.state.incarnation, scope: .control))
        var writer = try ChangesetWriter(log: transaction.log, chunksMax: transaction.file.sealing.chunksMax)
        try writer.write(control: operations)
        let sealed = try appendOwn(try writer.finish(), feed: feed, stamp: try transaction.stamps.nextStamp(at: now))
        if transaction.state.alliance == .zero {
            transaction.state.alliance = sealed.hash
            try transaction.setMeta("alliance", .blob(sealed.hash.bytes))
        }
        guard try transaction.applier.applyReady([sealed], now: now).count > 0 else {
            throw .damaged("a control changeset of our own waits for its context")
        }
        return sealed
    }

    /// Signs a changeset whose chunks are written, with the context that this replica really has, and holds it.
    private func appendOwn(
        _ content: ChangesetContent, feed: FeedOrdinal, stamp: Stamp
    ) throws(StoreError) -> LoggedChangeset {
        let own = transaction.state.feed(feed)
        var advance: Context = [:]
        for (other, seq) in contextAdvance(of: feed) {
            guard let hash = try transaction.spoilt.agreedHash(of: Dot(feed: other, seq: seq)) else {
                throw .damaged("the log of \(transaction.file.path) lacks what was applied")
            }
            advance[transaction.state.feed(other).id] = Head(seq: seq, hash: HashPrefix(hash))
        }
        guard ChangesetWriter.headerHasRoom(chunks: content.chunkHashes.count, contextCount: advance.count) else {
            throw .notAllowed(
                """
                what was written cannot be sealed: this replica has heard of \(advance.count) feeds since it sealed \
                last, more than a changeset can name
                """
            )
        }
        let header = ChangesetHeader(
            feed: own.id, seq: own.held + 1, previous: own.hash, stamp: stamp, contextAdvance: advance,
            operationCount: content.operationCount, chunkHashes: content.chunkHashes)
        return try transaction.log.append(key.seal(header), body: content.body)
    }

    /// The feeds of which something was applied since the last changeset of an own feed, each with the seq applied.
    private func contextAdvance(of feed: FeedOrdinal) -> [(feed: FeedOrdinal, seq: UInt64)] {
        let own = transaction.state.feed(feed)
        return contextOver(transaction.state.applied, scope: own.id.scope).entries.filter {
            $0.feed != feed && $0.seq > own.context[$0.feed]
        }
    }

    /// The part of a vector that a context of `scope` speaks of: its own feeds and those of control.
    private func contextOver(_ vector: VersionVector, scope: Scope) -> VersionVector {
        var out = VersionVector()
        for (feed, seq) in vector.entries where [scope, .control].contains(transaction.state.feed(feed).id.scope) {
            out[feed] = seq
        }
        return out
    }
}
