import ReplicaModel
import SyncWire

/// How the cells of operations on one table stand to the table as this replica has it.
///
/// A class, for it is at hand with every row, and a copy would count a reference of each of its fields.
final class OperationLayout {
    let table: TableState
    /// The place in the table of each column that the operations name beside the key's; nil for one that is shown by
    /// nobody.
    let columns: [Int?]
    /// The same places where all are shown; nil where one is not.
    let shownColumns: [Int]?
    /// Whether the operations name every column that their author's schema had.
    let isWhole: Bool
    private let keyGates: [CellGate]
    /// The gate of each column that the operations name.
    private let gates: [CellGate]
    /// The classes of those gates, apart, so that nearly every cell costs a look at one byte.
    private let classes: [UInt8]
    /// The same of all cells of an insert, those of the key first.
    private let insertClasses: [UInt8]
    /// The columns that the operations name and an index keeps.
    private let indexed: [Int]

    /// Lays out operations whose author had this schema. Refuses a table or a column that the schema does not define.
    init(_ item: TableItem, schema: MergedSchema, state: ReplicaState) throws(OperationStop) {
        guard let known = schema.table(named: item.name), let table = state.table(sameAs: known) else {
            throw .illFormed("it has not seen a table \(item.name)")
        }
        let definition = known.definition
        guard item.key == definition.key else { throw .illFormed("the key of \(item.name) is not of these columns") }
        var columns: [Int?] = []
        var found: [ColumnDefinition] = []
        for name in item.valueColumns {
            guard let index = known.columns.firstIndex(where: { $0.name == name }), !definition.key.contains(name),
                definition.columns[index].generated == nil
            else { throw .illFormed("table \(item.name) has no column \(name)") }
            // One that its author had, and for which there is no room any more, is in the log alone.
            columns.append(table.columns.firstIndex { $0.isSame(as: known.columns[index]) })
            found.append(definition.columns[index])
        }
        self.table = table
        self.columns = columns
        let shown = columns.compactMap { $0 }
        shownColumns = shown.count == columns.count ? shown : nil
        isWhole = columns.count == definition.valueColumns.count
        keyGates = definition.key.compactMap { definition.column($0) }.map {
            CellGate($0, isKey: true, in: definition)
        }
        gates = found.map { CellGate($0, isKey: false, in: definition) }
        classes = gates.map(\.classes)
        insertClasses = keyGates.map(\.classes) + classes
        let names = IndexedColumns.names(of: definition, schema.indexes)
        indexed = found.indices.filter { names.contains(found[$0].name) }
    }

    /// How many cells an insert has.
    var insertCount: Int { insertClasses.count }

    func key(_ cursor: OperationCursor) -> [Value] { key(cursor.cells[...], in: cursor) }

    /// - Parameter cells: of an operation, whose bytes a cursor still has.
    func key(_ cells: ArraySlice<CellView>, in cursor: OperationCursor) -> [Value] {
        cells.prefix(keyGates.count).map(cursor.value)
    }

    /// The values of an insert by place, with the defaults of columns that its author did not know.
    func row(_ cells: ArraySlice<CellView>, in cursor: OperationCursor) -> [Value] {
        var out = table.defaults
        for (place, cell) in zip(columns, cells.dropFirst(keyGates.count)) {
            if let place { out[place] = cursor.value(cell) }
        }
        return out
    }

    /// The values of an insert beside the key's with the columns that they belong to.
    func insertCells(_ cells: ArraySlice<CellView>, in cursor: OperationCursor) -> [(column: Int, value: Value)] {
        zip(columns, cells.dropFirst(keyGates.count)).compactMap { place, cell in
            place.map { ($0, cursor.value(cell)) }
        }
    }

    /// The cells beside the key's with the columns that they belong to.
    func cells(_ item: OperationCursor.Item, _ cursor: OperationCursor) -> [(column: Int, value: Value)] {
        let first = keyGates.count
        return switch item {
        case .insert: insertCells(cursor.cells[...], in: cursor)
        case .update:
            cursor.columnIndexes.enumerated().compactMap { index, column in
                columns[column].map { ($0, cursor.value(cursor.cells[first + index])) }
            }
        case .table, .delete: []
        }
    }

    /// Judges an operation by the schema that its author had: all but what its row must be.
    func judge(_ item: OperationCursor.Item, _ cursor: OperationCursor) throws(OperationStop) {
        try judgeKey(cursor)
        switch item {
        case .table, .delete: break
        case .insert:
            guard isWhole else { throw .illFormed("an insert into \(table.name) lacks columns of its author's schema") }
            try judgeCells(cursor, columns.indices)
        case .update: try judgeCells(cursor, cursor.columnIndexes)
        }
    }

    /// Whether the cells of an insert can be taken for their classes alone, as those of nearly every one. If not, it is
    /// judged.
    func takesInsert(_ cells: [CellView]) -> Bool {
        guard isWhole, cells.count == insertClasses.count else { return false }
        var refused: UInt8 = 0
        for index in cells.indices { refused |= ~insertClasses[index] & 1 << cells[index].kind.rawValue }
        return refused == 0 && !indexed.contains { Self.isTooLong(cells[keyGates.count + $0]) }
    }

    /// Whether an index keeps no value as long as this one.
    private static func isTooLong(_ cell: CellView) -> Bool {
        switch cell.kind {
        case .text, .blob: cell.count > WireLimits.indexedBytesMax
        case .null, .integer, .real: false
        }
    }

    private func judgeKey(_ cursor: OperationCursor) throws(OperationStop) {
        for index in keyGates.indices where insertClasses[index] & 1 << cursor.cells[index].kind.rawValue == 0 {
            if let refusal = keyGates[index].refusal(of: cursor.cells[index], cursor) {
                throw .illFormed("table \(table.name): \(refusal)")
            }
        }
    }

    /// Judges the cells of an insert, or of an update's columns.
    private func judgeCells(_ cursor: OperationCursor, _ positions: some Collection<Int>) throws(OperationStop) {
        var number = keyGates.count
        for position in positions {
            let cell = cursor.cells[number]
            number += 1
            if Self.isTooLong(cell), indexed.contains(position) {
                throw .illFormed(
                    "table \(table.name): a value of more than \(WireLimits.indexedBytesMax) bytes, which an index keeps"
                )
            }
            guard classes[position] & 1 << cell.kind.rawValue == 0 else { continue }
            if let refusal = gates[position].refusal(of: cell, cursor) {
                throw .illFormed("table \(table.name): \(refusal)")
            }
        }
    }
}
