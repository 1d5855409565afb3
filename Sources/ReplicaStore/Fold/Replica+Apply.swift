import ReplicaModel
import SyncWire

/// Applying what is held, in causal order. Inside a transaction only.
extension Replica {
    /// Applies these changesets, in this order, as far as their contexts are applied; then whatever waited for them.
    ///
    /// - Parameter now: milliseconds since 1970; it says which stamps are followed.
    /// - Returns: how many were applied.
    @discardableResult
    func applyReady(_ fresh: [LoggedChangeset], now: Int64) throws(StoreError) -> Int {
        var count = 0
        for changeset in fresh where state.feed(changeset.dot.feed).applied + 1 == changeset.dot.seq {
            if try apply(changeset, now: now) { count += 1 }
        }
        var progress = count > 0
        while progress {
            progress = false
            for feed in state.feeds.indices {
                while state.feeds[feed].held > state.feeds[feed].applied {
                    let dot = Dot(feed: FeedOrdinal(feed), seq: state.feeds[feed].applied + 1)
                    guard try apply(try logged(dot), now: now) else { break }
                    count += 1
                    progress = true
                }
            }
        }
        try settle()
        return count
    }

    /// The whole context of the next changeset of its feed. Nil while this replica has not applied all of it: it waits.
    func context(of header: ChangesetHeader, feed: FeedState) throws(StoreError) -> VersionVector? {
        var context = feed.context
        context[feed.ordinal] = header.seq - 1
        for (id, head) in header.contextAdvance {
            guard let known = state.feed(id), known.applied >= head.seq,
                let hash = try hash(of: Dot(feed: known.ordinal, seq: head.seq)), HashPrefix(hash) == head.hash
            else { return nil }
            context[known.ordinal] = max(context[known.ordinal], head.seq)
        }
        return state.applied.covers(context) ? context : nil
    }

    /// False if it must wait: for its context, or for newer software.
    private func apply(_ changeset: LoggedChangeset, now: Int64) throws(StoreError) -> Bool {
        let feed = state.feed(changeset.dot.feed)
        guard let context = try context(of: changeset.header, feed: feed) else { return false }
        let standing: Standing
        if feed.id.scope == .control {
            guard let judged = try foldControl(changeset, context: context) else { return false }
            standing = judged
        } else {
            var judge = DataJudge(replica: self, changeset: changeset, context: context)
            standing = try judge.standing()
            if standing == .counts { try fold(changeset, context: context) }
        }
        try markApplied(changeset, context: context, standing: standing)
        try follow(changeset.header.stamp, at: now)
        return true
    }

    /// Gives a changeset its place in the order of application.
    func markApplied(
        _ changeset: LoggedChangeset, context: VersionVector, standing: Standing
    ) throws(StoreError) {
        let (number, reason): (Int64, Value) =
            switch standing {
            case .counts: (0, .null)
            case .void(let reason): (1, .text(reason))
            case .quarantined(let reason): (2, .text(reason))
            }
        try statement(
            "UPDATE caravan_changeset SET position = ?3, standing = ?4, reason = ?5 WHERE feed = ?1 AND seq = ?2"
        ).run([
            .integer(Int64(changeset.dot.feed.number)), .integer(Int64(changeset.dot.seq)), .integer(state.nextPosition),
            .integer(number), reason,
        ])
        state.nextPosition += 1
        try setApplied(changeset.dot.feed, seq: changeset.dot.seq, context: context)
    }

    func folder(of table: TableState) throws(StoreError) -> TableFolder {
        if let known = folders[table.id] { return known }
        let folder = try TableFolder(replica: self, table: table)
        folders[table.id] = folder
        return folder
    }

    /// Folds a changeset that counts into tables and row clocks.
    private func fold(_ changeset: LoggedChangeset, context: VersionVector) throws(StoreError) {
        var source = OperationSource(replica: self, changeset: changeset)
        let rows = RowFold(replica: self, dot: changeset.dot, context: context, tableHolds: false)
        var target: (layout: OperationLayout, folder: TableFolder)?
        do throws(OperationStop) {
            while let item = try source.next() {
                if case .table(let table) = item {
                    let layout = try layout(of: table, in: context)
                    target = (layout, try stopping { () throws(StoreError) in try folder(of: layout.table) })
                } else if let target {
                    try stopping { () throws(StoreError) in
                        try fold(item, source.cursor, rows: rows, layout: target.layout, folder: target.folder)
                    }
                }
            }
        } catch {
            switch error {
            case .store(let error): throw error
            case .illFormed(let sentence): throw .damaged("a changeset that was judged cannot be read again: \(sentence)")
            }
        }
    }

    private func stopping<Result>(_ body: () throws(StoreError) -> Result) throws(OperationStop) -> Result {
        do { return try body() } catch { throw .store(error) }
    }

    private func fold(
        _ item: OperationCursor.Item, _ cursor: OperationCursor, rows: RowFold, layout: OperationLayout, folder: TableFolder
    ) throws(StoreError) {
        switch item {
        case .table: break
        case .insert:
            if try !insertUnknown(cursor, rows: rows, layout: layout, folder: folder) {
                try rows.put(folder, key: layout.key(cursor), cells: layout.cells(item, cursor), isInsert: true)
            }
        case .update: try rows.put(folder, key: layout.key(cursor), cells: layout.cells(item, cursor), isInsert: false)
        case .delete: try rows.delete(folder, key: layout.key(cursor), sealed: nil)
        }
        try trimLedger()
    }

    /// The way of nearly every row of a first exchange: nobody has heard of it, so its clock is one integer and its cells are bound from
    /// the chunk. False if the row is known.
    private func insertUnknown(
        _ cursor: OperationCursor, rows: RowFold, layout: OperationLayout, folder: TableFolder
    ) throws(StoreError) -> Bool {
        let keyCount = layout.table.keyColumns.count
        let clock = folder.insertClock
        let insert = try folder.insert(columns: layout.columns)
        let cells = cursor.cells
        return try cursor.withUnsafeBytes { (bytes) throws(StoreError) -> Bool in
            for index in 0..<keyCount { try clock.bind(cells[index], of: bytes, at: index + 1) }
            try clock.bind(rows.dot.bits, at: keyCount + 1)
            _ = try clock.step()
            guard connection.changes == 1 else { return false }
            for index in cells.indices { try insert.bind(cells[index], of: bytes, at: index + 1) }
            try stepMakingPlain(insert, folder: folder)
            if !folder.links.isEmpty { ledger.appeared(layout.key(cursor), layout.row(cursor), in: folder) }
            if folder.isWatched { ledger.touched(layout.key(cursor), in: folder) }
            return true
        }
    }
}
