import ReplicaModel

/// Writes the operations of a changeset as a sequence of CBOR items, cut into chunks of 65,536 bytes of which the last may be shorter.
///
/// Tables come in ascending order of their names' bytes, each with at least one row; the rows of a table in ascending order of
/// their keys, which also rules out two operations for one row.
public struct OperationWriter {
    private var writer = CBORWriter()
    private var lastTable: String?
    private var lastKey: [Value]?
    private var keyCount = 0

    public init() {}

    /// - Parameter others: the columns that are not of the key, ascending by the bytes of their names.
    public mutating func beginTable(name: String, key: [String], others: [String]) {
        precondition(lastTable.map { $0.utf8.lexicographicallyPrecedes(name.utf8) } ?? true, "tables are written in ascending order")
        lastTable = name
        lastKey = nil
        keyCount = key.count
        writer.array(4)
        writer.unsigned(0)
        writer.text(name)
        for names in [key, others] {
            writer.array(names.count)
            for name in names { writer.text(name) }
        }
    }

    public mutating func insert(key: [Value], others: [Value]) {
        begin(1, key, items: others.count)
        for value in others { writer.value(value) }
    }

    /// - Parameter columns: ascending by their index among the others.
    public mutating func update(key: [Value], columns: [(index: Int, value: Value)]) {
        begin(2, key, items: 1)
        writer.map(columns.count)
        for (index, value) in columns {
            writer.unsigned(UInt64(index))
            writer.value(value)
        }
    }

    public mutating func delete(key: [Value]) { begin(3, key, items: 0) }

    private mutating func begin(_ kind: UInt64, _ key: [Value], items: Int) {
        precondition(lastTable != nil && key.count == keyCount, "an operation follows its table")
        precondition(lastKey.map { $0.lexicographicallyPrecedes(key) } ?? true, "rows are written in ascending order of their keys")
        lastKey = key
        writer.array(1 + key.count + items)
        writer.unsigned(kind)
        for value in key { writer.value(value) }
    }

    /// The chunks that are full.
    public mutating func takeFullChunks() -> [[UInt8]] {
        guard writer.bytes.count >= WireLimits.chunkBytes else { return [] }
        let chunks = Chunking.cut(writer.bytes)
        let full = chunks.filter { $0.count == WireLimits.chunkBytes }
        writer.removeFirst(full.count * WireLimits.chunkBytes)
        return full
    }

    /// The last chunk; nil if nothing is left for it.
    public mutating func finish() -> [UInt8]? {
        let rest = writer.take()
        return rest.isEmpty ? nil : rest
    }
}

/// Cutting bytes into chunks.
public enum Chunking {
    public static func cut(_ bytes: [UInt8]) -> [[UInt8]] {
        stride(from: 0, to: bytes.count, by: WireLimits.chunkBytes).map {
            Array(bytes[$0..<min($0 + WireLimits.chunkBytes, bytes.count)])
        }
    }
}
