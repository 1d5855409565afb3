import ReplicaModel
import SyncWire

/// How the cells of operations on one table stand to the table as this replica has it.
struct OperationLayout {
    let table: TableState
    /// For each column that the operations name, beside the key's: its index in the table's order.
    let columns: [Int]
    private let keyGates: [Gate]
    private let gates: [Gate]

    /// The classes that a column takes whatever the value is; what is not among them is looked at.
    private struct Gate {
        let column: ColumnDefinition
        let isKey: Bool
        let isStrict: Bool
        let classes: UInt8

        init(_ column: ColumnDefinition, isKey: Bool, isStrict: Bool) {
            self.column = column
            self.isKey = isKey
            self.isStrict = isStrict
            // Values of which the answer depends on their class alone.
            let examples: [(CellView.Kind, Value)] = [
                (.null, .null), (.integer, .integer(1)), (.real, .real(1)), (.text, .text("1")), (.blob, .blob([1])),
            ]
            classes = examples.reduce(0) { bits, example in
                column.refusal(of: example.1, isStrict: isStrict, isKey: isKey) == nil ? bits | 1 << example.0.rawValue : bits
            }
        }

        func refusal(of cell: CellView, _ cursor: OperationCursor) -> String? {
            if classes & 1 << cell.kind.rawValue != 0 { return nil }
            return column.refusal(of: cursor.value(cell), isStrict: isStrict, isKey: isKey)
        }
    }

    /// Refuses a table or a column that the changeset's context does not define.
    init(_ item: TableItem, state: ReplicaState, context: VersionVector) throws(OperationStop) {
        guard let table = state.table(named: item.name), context.covers(table.dot) else {
            throw .illFormed("it has not seen a table \(item.name)")
        }
        try self.init(item, table: table)
    }

    init(_ item: TableItem, table: TableState) throws(OperationStop) {
        guard item.key == table.definition.key else { throw .illFormed("the key of \(item.name) is not of these columns") }
        var columns: [Int] = []
        for name in item.others {
            guard let index = table.others.firstIndex(where: { $0.name == name }) else {
                throw .illFormed("table \(item.name) has no column \(name)")
            }
            columns.append(index)
        }
        self.table = table
        self.columns = columns
        let isStrict = table.definition.isStrict
        keyGates = table.keyColumns.map { Gate($0, isKey: true, isStrict: isStrict) }
        gates = table.others.map { Gate($0, isKey: false, isStrict: isStrict) }
    }

    /// Whether the operations name every column of the table.
    var isWhole: Bool { columns.count == table.others.count }

    func key(_ cursor: OperationCursor) -> [Value] {
        (0..<keyGates.count).map { cursor.value(cursor.cells[$0]) }
    }

    /// The values of an insert in the table's order of others.
    func row(_ cursor: OperationCursor) -> [Value] {
        var out = [Value](repeating: .null, count: table.others.count)
        for index in columns.indices { out[columns[index]] = cursor.value(cursor.cells[keyGates.count + index]) }
        return out
    }

    /// The cells beside the key's with the columns that they belong to.
    func cells(_ item: OperationCursor.Item, _ cursor: OperationCursor) -> [(column: Int, value: Value)] {
        let first = keyGates.count
        return switch item {
        case .insert: columns.indices.map { (columns[$0], cursor.value(cursor.cells[first + $0])) }
        case .update: cursor.columnIndexes.indices.map { (columns[cursor.columnIndexes[$0]], cursor.value(cursor.cells[first + $0])) }
        case .table, .delete: []
        }
    }

    func judgeKey(_ cursor: OperationCursor) throws(OperationStop) {
        for index in keyGates.indices {
            if let refusal = keyGates[index].refusal(of: cursor.cells[index], cursor) {
                throw .illFormed("table \(table.name): \(refusal)")
            }
        }
    }

    func judgeCells(_ cursor: OperationCursor, columns: [Int]) throws(OperationStop) {
        let first = keyGates.count
        for index in columns.indices {
            if let refusal = gates[columns[index]].refusal(of: cursor.cells[first + index], cursor) {
                throw .illFormed("table \(table.name): \(refusal)")
            }
        }
    }

    func judgeUpdate(_ cursor: OperationCursor) throws(OperationStop) {
        try judgeCells(cursor, columns: cursor.columnIndexes.map { columns[$0] })
    }
}
