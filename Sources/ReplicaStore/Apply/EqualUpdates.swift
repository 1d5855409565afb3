import ReplicaModel
import SQLiteAccess
import SyncWire

/// Updates of the same columns in rows whose clocks are equal: of one it is worked out what its clock comes to, and the
/// others take that, by one statement a row, which says so where the clock was another. Whatever is judged of an update
/// by its row hangs on that clock alone, so that it is judged with the first.
struct EqualUpdates {
    private let layout: OperationLayout
    private let tableRows: TableRows
    private let rowFold: RowFold
    private let keyCount: Int
    /// The columns of the updates, as the changeset counts them; nil before there was one.
    private var indexes: [Int]?
    private var update: Statement?
    private var (found, missed) = (0, 0)

    /// Fails where clocks that are equal in the file may be of rows that differ, or what is written does not count.
    init?(_ layout: OperationLayout, _ tableRows: TableRows, rowFold: RowFold) {
        guard tableRows.table.addedColumns.isEmpty, rowFold.transaction.state.quarantined.isEmpty else { return nil }
        (self.layout, self.tableRows, self.rowFold) = (layout, tableRows, rowFold)
        keyCount = layout.table.keyColumns.count
    }

    /// Folds an update. False, and nothing is done, where its row has to be looked at more closely.
    mutating func fold(_ cursor: OperationCursor) throws(StoreError) -> Bool {
        guard let update, indexes == cursor.columnIndexes, !tableRows.isWatched, missed < 100 + found else {
            return false
        }
        let advance = try tableRows.advanceClock
        let isFolded = try cursor.withUnsafeBytes { (bytes) throws(StoreError) -> Bool in
            let cells = cursor.cells
            for index in 0..<keyCount { try advance.bind(cells[index], of: bytes, at: index + 1) }
            _ = try advance.step()
            guard rowFold.transaction.connection.changes == 1 else { return false }
            for index in cells.indices { try update.bind(cells[index], of: bytes, at: index + 1) }
            try rowFold.transaction.uniqueIndexes.stepRelaxingUnique(update, tableRows: tableRows)
            return true
        }
        guard isFolded else {
            missed += 1
            return false
        }
        found += 1
        if rowFold.transaction.connection.changes == 0 { throw tableRows.missing(layout.key(cursor)) }
        // The write may be what made the table one that is watched.
        if tableRows.isWatched { rowFold.transaction.dirtyRows.touched(layout.key(cursor), in: tableRows) }
        return true
    }

    /// Takes what an update of these columns made of a row for what it makes of all that are known in the same way,
    /// unless that hangs on what the row shows, or concerns other rows.
    mutating func learn(_ indexes: [Int], from before: RowRecord, to after: RowRecord) throws(StoreError) {
        self.indexes = nil
        let columns = indexes.compactMap { layout.columns[$0] }
        guard !columns.isEmpty, columns.count == indexes.count, tableRows.linkColumns.isDisjoint(with: columns),
            before.isVisible, before.openBits == nil, after.openBits == nil,
            !before.clock.needsShown(toPut: columns, context: rowFold.context), before.clock.base == after.clock.base,
            let base = before.clock.base, let state = RowRecordCodec.encode(after)
        else { return }
        let advance = try tableRows.advanceClock
        try advance.bind(base.dot.bits, at: keyCount + 1)
        try advance.bind(RowRecordCodec.encode(before).map { .blob($0) } ?? .null, at: keyCount + 2)
        try advance.bind(.blob(state), at: keyCount + 3)
        update = try tableRows.update(columns: columns)
        self.indexes = indexes
    }
}
