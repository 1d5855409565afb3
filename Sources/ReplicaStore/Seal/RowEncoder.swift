import ReplicaModel
import SQLiteAccess
import SyncWire

/// Encodes the values of a table's rows as operations have them, from where SQLite has them.
struct RowEncoder {
    private let table: TableState
    private let gate: RowGate
    private var writer = RowWriter()
    /// The end of each value among all.
    private var ends: [UInt32] = []
    /// Whether others take the row as it is; false where it has to be looked at more closely.
    private var isPlain = false
    /// The columns that are encoded, by their positions on the wire, ascending.
    private let positions: [Int]

    /// - Parameter positions: of the columns that are to be encoded; nil for all.
    init(_ table: TableState, positions: [Int]? = nil) {
        (self.table, gate, self.positions) = (table, RowGate(table), positions ?? Array(table.wireOrder.indices))
    }

    /// The columns that `encode` reads, in SQL: the key's, then the others in the order of the wire.
    ///
    /// - Parameter positions: as the encoder has them.
    static func columns(of table: TableState, positions: [Int]? = nil) -> String {
        let places = positions.map { $0.map { table.wireOrder[$0] } } ?? table.wireOrder
        return (table.keyColumns.map(\.name) + places.map { table.valueColumns[$0].name }).map(\.quoted)
            .joined(separator: ", ")
    }

    /// Appends the values that are not of the key, in the order of the wire, and before them whether they are plain.
    func append(to content: inout [UInt8]) {
        content.append(isPlain ? 1 : 0)
        content.append(contentsOf: writer.bytes)
    }

    /// Appends where each value ends.
    func appendEnds(to content: inout [UInt8]) {
        for end in ends { withUnsafeBytes(of: end) { content.append(contentsOf: $0) } }
    }

    /// Encodes the present row. False where it is so large that it is better looked up when its turn comes.
    mutating func encode(_ row: Statement) -> Bool {
        let keyCount = table.keyColumns.count
        writer.beginValues()
        ends.removeAll(keepingCapacity: true)
        isPlain = true
        for index in 0..<keyCount {
            if !gate.takesKey(row.cell(at: index), at: index) { isPlain = false }
        }
        for (index, position) in positions.enumerated() {
            let cell = row.cell(at: keyCount + index)
            if !gate.takes(cell, at: table.wireOrder[position]) { isPlain = false }
            guard write(cell) else { return false }
            ends.append(UInt32(writer.byteCount))
        }
        return true
    }

    private mutating func write(_ cell: RowCell) -> Bool {
        guard writer.byteCount + (cell.bytes?.count ?? 0) <= Self.bytesMax else { return false }
        writer.write(cell)
        return true
    }

    /// The bytes of a row that is sorted with its note: far below every limit on rows.
    static let bytesMax = 65_536
}

extension RowWriter {
    mutating func write(_ cell: RowCell) {
        switch cell {
        case .null: writeNull()
        case .integer(let integer): write(integer: integer)
        case .real(let real): write(real: real)
        case .text(let bytes): write(text: bytes)
        case .blob(let bytes): write(blob: bytes)
        }
    }
    mutating func write(_ value: Value) {
        switch value {
        case .null: writeNull()
        case .integer(let integer): write(integer: integer)
        case .real(let real): write(real: real)
        case .text(let content): content.withUnsafeBytes { write(text: $0) }
        case .blob(let content): content.withUnsafeBytes { write(blob: $0) }
        }
    }
}
