import ReplicaModel
import SQLiteAccess
import SyncWire

/// Rows that one changeset inserts into a table and of which, as far as anybody can tell before it is tried, nobody has
/// heard: the way of nearly every row of a first exchange. The clock of such a row is one integer, and its cells are
/// bound from the chunk.
///
/// They wait until there are several, for one statement that writes some rows costs SQLite two thirds of as many that
/// write one each.
struct UnknownRows {
    private let layout: OperationLayout
    private let tableRows: TableRows
    private let rowFold: RowFold
    private let columns: [Int]
    private let keyCount: Int
    private let cellCount: Int
    /// How many rows are written by one statement.
    private let rowsMax: Int
    /// Cells of all rows that wait, one row after the other.
    private var cells: [CellView] = []
    private var hasMetKnown = false

    /// Fails where rows cannot be written so: the changeset does not count, or names columns that nobody shows.
    init?(_ layout: OperationLayout, _ tableRows: TableRows, rowFold: RowFold) {
        guard !rowFold.isQuarantined, let columns = layout.shownColumns else { return nil }
        (self.layout, self.tableRows, self.rowFold, self.columns) = (layout, tableRows, rowFold, columns)
        keyCount = layout.table.keyColumns.count
        cellCount = layout.insertCount
        rowsMax = max(1, min(Self.rowsMax, Self.cellsMax / cellCount))
    }

    /// The most cells of one statement. More cost more again: SQLite clears as many registers after each statement.
    private static let cellsMax = 80
    private static let rowsMax = 32

    var isEmpty: Bool { cells.isEmpty }

    var isFull: Bool { cells.count == rowsMax * cellCount }

    /// Has an insert wait. False where it has other cells than those of its table.
    mutating func add(_ row: [CellView]) -> Bool {
        guard row.count == cellCount else { return false }
        cells.append(contentsOf: row)
        return true
    }

    /// Writes all rows that wait and nobody had heard of.
    ///
    /// - Parameter cursor: has the bytes of their cells.
    /// - Returns: the cells of each of the others.
    mutating func write(from cursor: OperationCursor) throws(StoreError) -> [[CellView]] {
        defer { cells.removeAll(keepingCapacity: true) }
        let count = cells.count / cellCount
        if isFull, rowsMax > 1, !hasMetKnown {
            if try writeClocks(from: cursor) {
                try insert(0..<rowsMax, by: try tableRows.insert(columns: columns, rows: rowsMax), from: cursor)
                return []
            }
            // Where one is known, the others may be.
            hasMetKnown = true
            return try writeNoted(from: cursor)
        }
        let one = try tableRows.insert(columns: columns)
        var known: [[CellView]] = []
        for row in 0..<count {
            if try writeClock(of: row, from: cursor) {
                try insert(row..<row + 1, by: one, from: cursor)
            } else {
                known.append(Array(self[row]))
            }
        }
        return known
    }

    private subscript(row: Int) -> ArraySlice<CellView> { cells[row * cellCount..<(row + 1) * cellCount] }

    /// False where the row is known.
    private func writeClock(of row: Int, from cursor: OperationCursor) throws(StoreError) -> Bool {
        let statement = tableRows.insertClock
        try cursor.withUnsafeBytes { (bytes) throws(StoreError) in
            for index in 0..<keyCount { try statement.bind(cells[row * cellCount + index], of: bytes, at: index + 1) }
            try statement.bind(rowFold.dot.bits, at: keyCount + 1)
            _ = try statement.step()
        }
        return rowFold.transaction.connection.changes == 1
    }

    /// Notes the clocks of all rows that wait and are not known. False where one is.
    private func writeClocks(from cursor: OperationCursor) throws(StoreError) -> Bool {
        let statement = try tableRows.insertClocks(rowsMax)
        try cursor.withUnsafeBytes { (bytes) throws(StoreError) in
            try statement.bind(rowFold.dot.bits, at: 1)
            var position = 2
            for row in 0..<rowsMax {
                for index in 0..<keyCount {
                    try statement.bind(cells[row * cellCount + index], of: bytes, at: position)
                    position += 1
                }
            }
            _ = try statement.step()
        }
        return rowFold.transaction.connection.changes == rowsMax
    }

    /// Writes those rows whose clocks were noted just now: they have the dot of this changeset, which has one operation
    /// on each row. Returns the cells of the others.
    private func writeNoted(from cursor: OperationCursor) throws(StoreError) -> [[CellView]] {
        let one = try tableRows.insert(columns: columns)
        var known: [[CellView]] = []
        for row in 0..<rowsMax {
            let base = try tableRows.record(layout.key(self[row], in: cursor))?.clock.base
            if base?.dot == rowFold.dot {
                try insert(row..<row + 1, by: one, from: cursor)
            } else {
                known.append(Array(self[row]))
            }
        }
        return known
    }

    private func insert(
        _ rows: Range<Int>, by statement: Statement, from cursor: OperationCursor
    ) throws(StoreError) {
        let transaction = rowFold.transaction
        try cursor.withUnsafeBytes { (bytes) throws(StoreError) in
            let first = rows.lowerBound * cellCount
            for index in 0..<rows.count * cellCount {
                try statement.bind(cells[first + index], of: bytes, at: index + 1)
            }
            try transaction.uniqueIndexes.stepRelaxingUnique(statement, tableRows: tableRows)
        }
        let (isLinked, isWatched) = (!tableRows.links.isEmpty, tableRows.isWatched)
        guard isLinked || isWatched else { return }
        for row in rows {
            let key = layout.key(self[row], in: cursor)
            if isLinked { transaction.dirtyRows.appeared(key, layout.row(self[row], in: cursor), in: tableRows) }
            if isWatched { transaction.dirtyRows.touched(key, in: tableRows) }
        }
    }
}
