import ReplicaModel
import SQLiteAccess
import SyncWire

/// Judges what one column takes: the same answer for a value that came from elsewhere and for one that is to be sealed
/// here.
struct CellGate {
    private let column: ColumnDefinition
    private let affinity: Affinity
    private let isKey: Bool
    private let isStrict: Bool
    private let isRowNumber: Bool
    /// The classes that the column takes whatever the value is, as bits; what is not among them is looked at.
    let classes: UInt8

    init(_ column: ColumnDefinition, isKey: Bool, in table: TableDefinition) {
        let isStrict = table.isStrict
        let isRowNumber = isKey && table.hasRowNumberAsKey
        self.isRowNumber = isRowNumber
        self.column = column
        self.isKey = isKey
        self.isStrict = isStrict
        affinity = Affinity(declared: column.type)
        // Values of which the answer depends on their class alone.
        let examples: [Value] = [.null, .integer(1), .real(1), .text("1"), .blob([1])]
        classes = examples.reduce(0) { bits, example in
            column.refusal(of: example, isStrict: isStrict, isKey: isKey, isRowNumber: isRowNumber) == nil
                ? bits | Self.bit(of: example) : bits
        }
    }

    func refusal(of cell: CellView, _ cursor: OperationCursor) -> String? {
        if classes & 1 << cell.kind.rawValue != 0 { return nil }
        return slowRefusal(of: cursor.value(cell))
    }

    func refuses(_ value: Value) -> Bool { classes & Self.bit(of: value) == 0 && slowRefusal(of: value) != nil }

    private func slowRefusal(of value: Value) -> String? {
        // Nearly all that comes here are dates and numbers in columns of numeric affinity, which those keep.
        if !isStrict, !isKey, !value.isNull, affinity.keeps(value) { return nil }
        return column.refusal(of: value, isStrict: isStrict, isKey: isKey, isRowNumber: isRowNumber)
    }

    @inline(__always)
    static func bit(of value: Value) -> UInt8 {
        switch value {
        case .null: 1 << CellView.Kind.null.rawValue
        case .integer: 1 << CellView.Kind.integer.rawValue
        case .real: 1 << CellView.Kind.real.rawValue
        case .text: 1 << CellView.Kind.text.rawValue
        case .blob: 1 << CellView.Kind.blob.rawValue
        }
    }
    @inline(__always)
    static func bit(of cell: RowCell) -> UInt8 {
        switch cell {
        case .null: 1 << CellView.Kind.null.rawValue
        case .integer: 1 << CellView.Kind.integer.rawValue
        case .real: 1 << CellView.Kind.real.rawValue
        case .text: 1 << CellView.Kind.text.rawValue
        case .blob: 1 << CellView.Kind.blob.rawValue
        }
    }
}
