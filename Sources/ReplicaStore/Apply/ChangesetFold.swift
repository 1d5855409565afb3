import ReplicaModel
import SQLiteAccess
import SyncWire

/// Folds the operations of one changeset into tables and row clocks, one after the other.
///
/// Nearly all go one of two ways, in which nothing is allocated for a row: inserts of rows of which nobody has heard
/// (`UnknownRows`), and updates of rows that are all known in the same way (`EqualUpdates`). What neither takes is
/// folded by itself (`RowFold`).
struct ChangesetFold {
    /// The table of the operations that come now.
    private struct Target {
        let layout: OperationLayout
        let tableRows: TableRows
        var unknown: UnknownRows?
        var equal: EqualUpdates?
    }

    private let transaction: Transaction
    private let context: VersionVector
    private let rowFold: RowFold
    private let isJudging: Bool
    private let id: Int64?
    private let rows: [Int64: Set<[Value]>]?
    /// Whether nothing can be learned of the first row for others.
    private let isSmall: Bool
    private var source: OperationSource
    private var target: Target?
    /// Whether something of the changeset was written.
    private(set) var hasWritten = false

    /// - Parameters:
    ///   - isJudging: nobody has judged the changeset: each operation is judged before it is folded.
    ///   - id: of the only table into which it is folded; nil for all.
    ///   - rows: the only rows into which it is folded, by the table's id; nil for all.
    init(
        _ changeset: LoggedChangeset, context: VersionVector, isJudging: Bool, into id: Int64? = nil,
        only rows: [Int64: Set<[Value]>]? = nil, in transaction: Transaction
    ) {
        (self.transaction, self.context, self.isJudging) = (transaction, context, isJudging)
        (self.id, self.rows) = (id, rows)
        rowFold = RowFold(transaction: transaction, dot: changeset.dot, context: context, tableHolds: false)
        isSmall = changeset.header.operationCount < 8
        source = OperationSource(log: transaction.log, changeset: changeset)
    }

    /// Folds all of them.
    ///
    /// - Throws: `illFormed` where the changeset is void.
    mutating func run() throws(OperationStop) {
        while true {
            while let item = try source.nextOfChunk() { try take(item) }
            guard source.hasChunk else { break }
            // Their bytes do not stay where they are.
            try writeUnknown()
            try source.readChunk()
        }
        // Nothing of a small one that ends wrongly is written.
        try source.finish()
        try writeUnknown()
    }

    private mutating func take(_ item: OperationCursor.Item) throws(OperationStop) {
        if case .table(let table) = item { return try begin(table) }
        guard let layout = target?.layout else {
            if isJudging { throw .illFormed("an operation names no table") }
            return
        }
        if let rows, rows[layout.table.id]?.contains(layout.key(source.cursor)) != true { return }
        switch item {
        case .table: break
        case .insert:
            if isJudging, !layout.takesInsert(source.cursor.cells) { try layout.judge(item, source.cursor) }
            guard target?.unknown?.add(source.cursor.cells) == true else { return try foldAlone(item) }
            if target?.unknown?.isFull == true { try writeUnknown() }
        case .update:
            if isJudging { try layout.judge(item, source.cursor) }
            try foldUpdate(item)
        case .delete:
            if isJudging { try layout.judge(item, source.cursor) }
            try foldAlone(item)
        }
    }

    private mutating func begin(_ table: TableItem) throws(OperationStop) {
        // First, for nothing is written of a small one whose table its author had not.
        let layout = try transaction.history.layout(of: table, in: context)
        try writeUnknown()
        target = nil
        if let id, layout.table.id != id { return }
        if let rows, rows[layout.table.id] == nil { return }
        do {
            let tableRows = try transaction.tableRows(of: layout.table)
            target = Target(
                layout: layout, tableRows: tableRows,
                unknown: UnknownRows(layout, tableRows, rowFold: rowFold),
                equal: isSmall ? nil : EqualUpdates(layout, tableRows, rowFold: rowFold))
        } catch { throw .store(error) }
    }

    /// Writes the rows that wait in `unknown`.
    private mutating func writeUnknown() throws(OperationStop) {
        guard let (layout, tableRows) = target.map({ ($0.layout, $0.tableRows) }), target?.unknown?.isEmpty == false
        else { return }
        hasWritten = true
        do {
            let known = try target?.unknown?.write(from: source.cursor) ?? []
            for cells in known {
                try rowFold.put(
                    tableRows, key: layout.key(cells[...], in: source.cursor),
                    cells: layout.insertCells(cells[...], in: source.cursor), isInsert: true)
            }
            try transaction.constraints.trimDirtyRows()
        } catch { throw .store(error) }
    }

    private mutating func foldUpdate(_ item: OperationCursor.Item) throws(OperationStop) {
        guard let (layout, tableRows) = target.map({ ($0.layout, $0.tableRows) }) else { return }
        let key: [Value]
        let before: RowRecord?
        do {
            if try target?.equal?.fold(source.cursor) == true {
                hasWritten = true
                return
            }
            key = layout.key(source.cursor)
            before = try tableRows.record(key)
        } catch { throw .store(error) }
        if isJudging { try DataJudge.judgeUpdate(of: before, layout, context) }
        hasWritten = true
        do {
            let after = try rowFold.put(
                tableRows, record: before, key: key, cells: layout.cells(item, source.cursor), isInsert: false)
            if let before { try target?.equal?.learn(source.cursor.columnIndexes, from: before, to: after) }
            try transaction.constraints.trimDirtyRows()
        } catch { throw .store(error) }
    }

    private mutating func foldAlone(_ item: OperationCursor.Item) throws(OperationStop) {
        guard let (layout, tableRows) = target.map({ ($0.layout, $0.tableRows) }) else { return }
        hasWritten = true
        let key = layout.key(source.cursor)
        do {
            if case .delete = item {
                try rowFold.delete(tableRows, key: key, sealed: nil)
            } else {
                try rowFold.put(tableRows, key: key, cells: layout.cells(item, source.cursor), isInsert: true)
            }
            try transaction.constraints.trimDirtyRows()
        } catch { throw .store(error) }
    }
}
