import ReplicaModel
import SQLiteAccess
import SyncWire

/// Judges rows of a table of this replica before they are sealed, as everybody else will judge them: what others would
/// hold as void is not signed.
struct RowGate {
    private let keys: [CellGate]
    /// The gates of the columns that are not of the key, by place.
    private let valueGates: [CellGate]
    /// The `classes` of those gates, apart, so that nearly every cell costs a look at one byte.
    private let classes: [UInt8]
    /// The places of columns that an index keeps.
    private let indexed: [Int]

    /// - Parameter indexed: the columns that an index keeps, of rows that are to be sealed. What the table shows may be
    ///   older than the index.
    init(_ table: TableState, indexed names: Set<Identifier> = []) {
        indexed = table.valueColumns.indices.filter { names.contains(table.valueColumns[$0].name) }
        keys = table.keyColumns.map { CellGate($0, isKey: true, in: table.definition) }
        valueGates = table.valueColumns.map { CellGate($0, isKey: false, in: table.definition) }
        classes = valueGates.map(\.classes)
    }

    /// - Parameter values: all beside the key, by place.
    func refuses(key: [Value], values: [Value]) -> Bool {
        var bytes = 0
        for index in valueGates.indices {
            if refuses(values[index], at: index) { return true }
            bytes += values[index].byteCount
        }
        return refuses(key: key)
            || bytes > Self.bytesLooked && (Self.isTooLarge(values) || indexed.contains { isTooLong(values[$0]) })
    }

    /// - Parameter columns: places of `values` that are to be sealed.
    func refuses(key: [Value], values: [Value], columns: [Int]) -> Bool {
        var bytes = 0
        for column in columns {
            if refuses(values[column], at: column) { return true }
            bytes += values[column].byteCount
        }
        guard !refuses(key: key) else { return true }
        guard bytes > Self.bytesLooked else { return false }
        return Self.isTooLarge(columns.map { values[$0] })
            || columns.contains { indexed.contains($0) && isTooLong(values[$0]) }
    }

    private func isTooLong(_ value: Value) -> Bool { value.byteCount > WireLimits.indexedBytesMax }

    /// Whether the column in a place takes a value for its class alone; if not, it has to be looked at.
    func takes(_ cell: RowCell, at place: Int) -> Bool { classes[place] & CellGate.bit(of: cell) != 0 }

    /// Whether a column of the key takes a value for its class alone.
    func takesKey(_ cell: RowCell, at index: Int) -> Bool { keys[index].classes & CellGate.bit(of: cell) != 0 }

    @inline(__always)
    private func refuses(_ value: Value, at place: Int) -> Bool {
        classes[place] & CellGate.bit(of: value) == 0 && valueGates[place].refuses(value)
    }

    private func refuses(key: [Value]) -> Bool {
        var bytes = 0
        for index in keys.indices {
            if keys[index].refuses(key[index]) { return true }
            bytes += key[index].byteCount
        }
        return bytes > WireLimits.keyBytesMax
    }

    static func isTooLarge(key: [Value]) -> Bool { key.reduce(0) { $0 + $1.byteCount } > WireLimits.keyBytesMax }

    /// Whether one operation cannot hold these values beside the key.
    ///
    /// - Parameter bytes: of other values that it holds.
    static func isTooLarge(_ values: [Value], with bytes: Int = 0) -> Bool {
        values.contains { $0.byteCount > WireLimits.valueBytesMax }
            || values.reduce(bytes) { $0 + Self.bytes(of: $1) } > bytesMax
    }

    static func bytes(of value: Value) -> Int { value.byteCount + headOfValue }

    /// Nearly every row has fewer, and is not looked at more closely: no value of one is too long for an index.
    private static let bytesLooked = WireLimits.indexedBytesMax
    /// The most bytes that the values of one operation may come to, less room for what is written around them.
    private static let bytesMax = WireLimits.operationBytesMax - (1 << 18)
    /// The most bytes that are written before a value.
    private static let headOfValue = 9
}
