import ReplicaModel

/// Folds operations of one changeset into rows, one operation at a time.
///
/// Two ways to use it: for what came from elsewhere the table is written; for what was captured here (`tableHolds`) the table
/// shows it already, and only clocks are.
struct RowFold {
    let replica: Replica
    let dot: Dot
    let context: VersionVector
    let tableHolds: Bool

    /// A put of columns by their index; of every column, the key's included, if it is an insert.
    func put(
        _ folder: TableFolder, key: [Value], cells: [(column: Int, value: Value)], isInsert: Bool
    ) throws(StoreError) {
        var record =
            try folder.record(key)
            ?? RowRecord(clock: RowClock(columnCount: folder.table.others.count), archive: nil)
        let wasVisible = record.isVisible
        let isRelinked = wasVisible && !tableHolds && cells.contains { folder.linkColumns.contains($0.column) }
        var before = record.archive
        if before == nil, isRelinked || record.clock.needsShown(toPut: cells.lazy.map(\.column), context: context) {
            before = try folder.row(key)
        }
        let shown = before
        let now = try record.clock.put(
            cells, isInsert: isInsert, dot: dot, context: context,
            shown: { (column) throws(StoreError) -> Value in
                guard let shown else { throw folder.missing(key) }
                return shown[column]
            }, rank: { (dot) throws(StoreError) -> Rank in try replica.rank(of: dot) })
        let isAlive = record.clock.isAlive
        if isAlive { record.archive = nil }
        try folder.save(record, key: key)
        // The write below may be what makes the table one that is watched.
        defer { replica.ledger.touched(key, in: folder) }
        guard !tableHolds, isAlive, !cells.isEmpty || !wasVisible else { return }
        if wasVisible, !isRelinked {
            return try update(folder, key: key, columns: cells.map(\.column), values: now)
        }
        var after = before ?? folder.table.defaults
        for (cell, value) in zip(cells, now) { after[cell.column] = value }
        if wasVisible {
            try update(folder, key: key, columns: cells.map(\.column), values: now)
            if let before { replica.ledger.disappeared(key, before, in: folder) }
        } else if before != nil {
            try write(folder, try folder.insert(columns: Array(after.indices)), key: key, values: after)
        } else {
            try write(folder, try folder.insert(columns: cells.map(\.column)), key: key, values: now)
        }
        replica.ledger.appeared(key, after, in: folder)
    }

    /// - Parameter sealed: what the row showed, of a delete that was captured here, where the table has it no more.
    func delete(_ folder: TableFolder, key: [Value], sealed: [Value]?) throws(StoreError) {
        var record =
            try folder.record(key)
            ?? RowRecord(clock: RowClock(columnCount: folder.table.others.count), archive: nil)
        let wasVisible = record.isVisible
        let wasKept = record.isKept
        var row = record.archive
        if wasVisible {
            row = if let sealed { sealed } else { try folder.row(key) }
            if row == nil { throw folder.missing(key) }
        } else if !tableHolds, try folder.has(key) {
            throw folder.unknown(key)
        }
        let before = row
        let now = try record.clock.delete(
            dot: dot, context: context, rank: { (dot) throws(StoreError) -> Rank in try replica.rank(of: dot) })
        for (column, value) in now { row?[column] = value }
        let isAlive = record.clock.isAlive
        // What was kept stays where it is: a delete changes nothing for what refers to it.
        let isGone = !isAlive && (tableHolds || !wasKept)
        record.archive = isGone ? row : nil
        try folder.save(record, key: key)
        defer { replica.ledger.touched(key, in: folder) }
        guard wasVisible, let before, let row else { return }
        if isGone {
            if !tableHolds { try folder.delete(key) }
            replica.ledger.died(key, in: folder)
            replica.ledger.disappeared(key, before, in: folder)
        } else if !tableHolds, !now.isEmpty {
            try update(folder, key: key, columns: now.map(\.column), values: now.map(\.value))
            replica.ledger.disappeared(key, before, in: folder)
            replica.ledger.appeared(key, row, in: folder)
        }
    }

    /// Writes columns of a row that its clock says is there.
    private func update(_ folder: TableFolder, key: [Value], columns: [Int], values: [Value]) throws(StoreError) {
        try write(folder, try folder.update(columns: columns), key: key, values: values)
        if replica.connection.changes == 0 { throw folder.missing(key) }
    }

    /// Writes a row, and makes plain each UNIQUE index that refuses it.
    private func write(
        _ folder: TableFolder, _ statement: Statement, key: [Value], values: [Value]
    ) throws(StoreError) {
        try folder.bindKey(key, to: statement)
        for (index, value) in values.enumerated() { try statement.bind(value, at: key.count + index + 1) }
        try replica.stepMakingPlain(statement, folder: folder)
    }
}
