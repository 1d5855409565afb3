import ReplicaModel
import SQLiteAccess

/// Folds operations of one changeset into rows, one operation at a time.
///
/// Two ways to use it: for what came from elsewhere the table is written; for what was captured here (`tableHolds`) the
/// table shows it already, and only clocks are.
struct RowFold {
    let transaction: Transaction
    let dot: Dot
    let context: VersionVector
    let tableHolds: Bool
    /// Whether the changeset does not count: what it wrote shows only where nothing does that counts.
    let isQuarantined: Bool

    init(transaction: Transaction, dot: Dot, context: VersionVector, tableHolds: Bool) {
        (self.transaction, self.dot, self.context, self.tableHolds) = (transaction, dot, context, tableHolds)
        isQuarantined = transaction.state.quarantined.contains(dot)
    }

    /// A put of columns by their index; of every column, the key's included, if it is an insert.
    func put(
        _ tableRows: TableRows, key: [Value], cells: [(column: Int, value: Value)], isInsert: Bool
    ) throws(StoreError) {
        try put(tableRows, record: try tableRows.record(key), key: key, cells: cells, isInsert: isInsert)
    }

    /// The same where it is known what is kept of the row; nil: nobody has heard of it.
    ///
    /// - Returns: what is kept of it then.
    @discardableResult
    func put(
        _ tableRows: TableRows, record known: RowRecord?, key: [Value], cells: [(column: Int, value: Value)],
        isInsert: Bool
    ) throws(StoreError) -> RowRecord {
        let unknown = RowRecord(clock: RowClock(columnCount: tableRows.table.valueColumns.count), archive: nil)
        var record = known ?? unknown
        if isQuarantined { return try putQuarantined(tableRows, record, key: key, cells: cells, isInsert: isInsert) }
        let (wasVisible, clock) = (record.isVisible, record.clock)
        let isRelinked = wasVisible && !tableHolds && cells.contains { tableRows.linkColumns.contains($0.column) }
        var before = record.archive
        if before == nil, isRelinked || record.clock.needsShown(toPut: cells.lazy.map(\.column), context: context) {
            before = try tableRows.row(key)
        }
        let shown = before
        let shownNow = try record.clock.put(
            cells, isInsert: isInsert, dot: dot, context: context,
            shown: { (column) throws(StoreError) -> Value in
                guard let shown else { throw tableRows.missing(key) }
                return shown[column]
            }, keep: { CandidateValue($0, columnCount: tableRows.table.valueColumns.count) },
            rank: { (dot) throws(StoreError) -> Rank in try transaction.log.rank(of: dot) })
        let isAlive = record.clock.isAlive
        if isAlive { record.archive = nil }
        try tableRows.save(record, key: key)
        // The write below may be what makes the table one that is watched.
        defer { transaction.dirtyRows.touched(key, in: tableRows) }
        guard !tableHolds, isAlive, !cells.isEmpty || !wasVisible else { return record }
        var now: [Value] = []
        for (cell, shown) in zip(cells, shownNow) {
            now.append(try value(shown, in: cell.column, of: key, tableRows, before: before.map { (clock, $0) }))
        }
        if wasVisible, !isRelinked {
            try update(tableRows, key: key, columns: cells.map(\.column), values: now)
            return record
        }
        var after = before ?? tableRows.table.defaults
        for (cell, value) in zip(cells, now) { after[cell.column] = value }
        if wasVisible {
            try update(tableRows, key: key, columns: cells.map(\.column), values: now)
            if let before { transaction.dirtyRows.disappeared(key, before, in: tableRows) }
        } else if before != nil {
            try write(tableRows, try tableRows.insert(columns: Array(after.indices)), key: key, values: after)
        } else {
            try write(tableRows, try tableRows.insert(columns: cells.map(\.column)), key: key, values: now)
        }
        transaction.dirtyRows.appeared(key, after, in: tableRows)
        return record
    }

    private func putQuarantined(
        _ tableRows: TableRows, _ record: RowRecord, key: [Value], cells: [(column: Int, value: Value)], isInsert: Bool
    ) throws(StoreError) -> RowRecord {
        var record = record
        let isShown = record.isVisible
        let now = try record.clock.putQuarantined(
            cells, isInsert: isInsert, dot: dot,
            rank: { (dot) throws(StoreError) -> Rank in try transaction.log.rank(of: dot) })
        var after = isShown ? try tableRows.row(key) : record.archive ?? tableRows.table.defaults
        if isShown, after == nil { throw tableRows.missing(key) }
        let before = after
        for (column, value) in now { after?[column] = value }
        if !isShown { record.archive = after }
        try tableRows.save(record, key: key)
        defer { transaction.dirtyRows.touched(key, in: tableRows) }
        guard isShown, !now.isEmpty, let before, let after else {
            // Something that counts may refer to it already.
            if !isShown { transaction.dirtyRows.died(key, in: tableRows) }
            return record
        }
        try update(tableRows, key: key, columns: now.map(\.column), values: now.map(\.value))
        transaction.dirtyRows.disappeared(key, before, in: tableRows)
        transaction.dirtyRows.appeared(key, after, in: tableRows)
        return record
    }

    /// - Parameter sealed: what the row showed, of a delete that was captured here, where the table has it no more.
    func delete(_ tableRows: TableRows, key: [Value], sealed: [Value]?) throws(StoreError) {
        if isQuarantined { return }
        var record =
            try tableRows.record(key)
            ?? RowRecord(clock: RowClock(columnCount: tableRows.table.valueColumns.count), archive: nil)
        let (wasVisible, clock) = (record.isVisible, record.clock)
        let wasKept = record.isKept
        var row = record.archive
        if wasVisible {
            row = if let sealed { sealed } else { try tableRows.row(key) }
            if row == nil { throw tableRows.missing(key) }
        } else if !tableHolds, try tableRows.has(key) {
            throw tableRows.unknown(key)
        }
        let before = row
        let now = try record.clock.delete(
            dot: dot, context: context, rank: { (dot) throws(StoreError) -> Rank in try transaction.log.rank(of: dot) })
        for (column, shown) in now where row != nil {
            // What was sealed has no cells with several candidates.
            let known = sealed == nil ? row.map { (clock, $0) } : nil
            row?[column] = try value(shown, in: column, of: key, tableRows, before: known)
        }
        let isAlive = record.clock.isAlive
        // What was kept stays where it is: a delete changes nothing for what refers to it.
        let isGone = !isAlive && (tableHolds || !wasKept)
        record.archive = isGone ? row : nil
        try tableRows.save(record, key: key)
        defer { transaction.dirtyRows.touched(key, in: tableRows) }
        guard wasVisible, let before, let row else { return }
        if isGone {
            if !tableHolds { try tableRows.delete(key) }
            transaction.dirtyRows.died(key, in: tableRows)
            transaction.dirtyRows.disappeared(key, before, in: tableRows)
        } else if !tableHolds, !now.isEmpty {
            let columns = now.map(\.column)
            try update(tableRows, key: key, columns: columns, values: columns.map { row[$0] })
            transaction.dirtyRows.disappeared(key, before, in: tableRows)
            transaction.dirtyRows.appeared(key, row, in: tableRows)
        }
    }

    /// The value that a cell shows now.
    ///
    /// - Parameter before: the clock before, and what the row showed then.
    private func value(
        _ shown: RowClock.Shown, in column: Int, of key: [Value], _ tableRows: TableRows,
        before: (clock: RowClock, row: [Value])?
    ) throws(StoreError) -> Value {
        switch shown {
        case .value(let value): return value
        case .written(let dot):
            let rank = { (dot: Dot) throws(StoreError) -> Rank in try transaction.log.rank(of: dot) }
            if let before, try before.clock.shown(column, rank: rank) == dot { return before.row[column] }
            return try WrittenValues(transaction: transaction).value(in: column, of: key, tableRows.table, by: dot)
        }
    }

    /// Writes columns of a row that its clock says is there.
    private func update(_ tableRows: TableRows, key: [Value], columns: [Int], values: [Value]) throws(StoreError) {
        try write(tableRows, try tableRows.update(columns: columns), key: key, values: values)
        if transaction.connection.changes == 0 { throw tableRows.missing(key) }
    }

    /// Writes a row, and makes plain each UNIQUE index that refuses it.
    private func write(
        _ tableRows: TableRows, _ statement: Statement, key: [Value], values: [Value]
    ) throws(StoreError) {
        try tableRows.bindKey(key, to: statement)
        for (index, value) in values.enumerated() { try statement.bind(value, at: key.count + index + 1) }
        try transaction.uniqueIndexes.stepRelaxingUnique(statement, tableRows: tableRows)
    }
}
