import ReplicaModel
import SQLiteAccess
import SyncWire

/// Folding a changeset that counts.
extension Applier {
    /// Folds a changeset that counts into tables and row clocks.
    ///
    /// - Parameters:
    ///   - id: of the only table into which it is folded; nil for all.
    ///   - rows: the only rows into which it is folded, by the table's id; nil for all.
    func fold(
        _ changeset: LoggedChangeset, context: VersionVector, into id: Int64? = nil,
        only rows: [Int64: Set<[Value]>]? = nil
    ) throws(StoreError) {
        var source = OperationSource(transaction: transaction, changeset: changeset)
        let rowFold = RowFold(transaction: transaction, dot: changeset.dot, context: context, tableHolds: false)
        var target: FoldTarget?
        do throws(OperationStop) {
            while let item = try source.next() {
                if case .table(let table) = item {
                    let layout = try transaction.history.layout(of: table, in: context)
                    target = nil
                    if let id, layout.table.id != id { continue }
                    if let rows, rows[layout.table.id] == nil { continue }
                    target = FoldTarget(
                        layout: layout,
                        tableRows: try stopping { () throws(StoreError) in try transaction.tableRows(of: layout.table) }
                    )
                } else if let target {
                    if let rows, rows[target.layout.table.id]?.contains(target.layout.key(source.cursor)) != true {
                        continue
                    }
                    try stopping { () throws(StoreError) in
                        try fold(item, source.cursor, rowFold: rowFold, into: target)
                    }
                }
            }
        } catch { throw error.ofJudged }
    }

    private func stopping<Result>(_ body: () throws(StoreError) -> Result) throws(OperationStop) -> Result {
        do { return try body() } catch { throw .store(error) }
    }

    private func fold(
        _ item: OperationCursor.Item, _ cursor: OperationCursor, rowFold: RowFold, into target: FoldTarget
    ) throws(StoreError) {
        let (layout, tableRows) = (target.layout, target.tableRows)
        switch item {
        case .table: break
        case .insert:
            if try !insertUnknown(cursor, rowFold: rowFold, into: target) {
                try rowFold.put(tableRows, key: layout.key(cursor), cells: layout.cells(item, cursor), isInsert: true)
            }
        case .update:
            try rowFold.put(tableRows, key: layout.key(cursor), cells: layout.cells(item, cursor), isInsert: false)
        case .delete: try rowFold.delete(tableRows, key: layout.key(cursor), sealed: nil)
        }
        try transaction.constraints.trimDirtyRows()
    }

    /// The way of nearly every row of a first exchange: nobody has heard of it, so its clock is one integer and its
    /// cells are bound from the chunk. False if the row is known.
    private func insertUnknown(
        _ cursor: OperationCursor, rowFold: RowFold, into target: FoldTarget
    ) throws(StoreError) -> Bool {
        guard !rowFold.isQuarantined, let insert = try target.insert() else { return false }
        let (layout, tableRows) = (target.layout, target.tableRows)
        let keyCount = layout.table.keyColumns.count
        let clock = tableRows.insertClock
        let cells = cursor.cells
        return try cursor.withUnsafeBytes { (bytes) throws(StoreError) -> Bool in
            for index in 0..<keyCount { try clock.bind(cells[index], of: bytes, at: index + 1) }
            try clock.bind(rowFold.dot.bits, at: keyCount + 1)
            _ = try clock.step()
            guard transaction.connection.changes == 1 else { return false }
            for index in cells.indices { try insert.bind(cells[index], of: bytes, at: index + 1) }
            try transaction.uniqueIndexes.stepMakingPlain(insert, tableRows: tableRows)
            if !tableRows.links.isEmpty {
                transaction.dirtyRows.appeared(layout.key(cursor), layout.row(cursor), in: tableRows)
            }
            if tableRows.isWatched { transaction.dirtyRows.touched(layout.key(cursor), in: tableRows) }
            return true
        }
    }
}

/// The table into which the operations that come now are folded.
private final class FoldTarget {
    let layout: OperationLayout
    let tableRows: TableRows
    private var prepared: Statement?

    init(layout: OperationLayout, tableRows: TableRows) {
        self.layout = layout
        self.tableRows = tableRows
    }

    /// The statement for a row with all columns that the operations name, made once; nil where one of them is shown by
    /// nobody.
    func insert() throws(StoreError) -> Statement? {
        if let prepared { return prepared }
        guard let columns = layout.shownColumns else { return nil }
        prepared = try tableRows.insert(columns: columns)
        return prepared
    }
}
