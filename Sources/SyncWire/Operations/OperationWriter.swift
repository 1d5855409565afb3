import ReplicaModel

/// Writes the operations of a changeset of rows, in their one order: tables by the bytes of their names, rows by key.
///
/// A table of which no row is written leaves no trace. Take full chunks as they come, or everything stays in memory.
package struct OperationWriter: Sendable {
    private var writer = CBORWriter()
    private var table: TableItem?
    /// The present table is written with its first row.
    private var isTableWritten = false
    private var lastTable: Identifier?
    private var lastKey: [Value] = []
    /// Row operations written.
    package private(set) var count: UInt64 = 0

    package init() {}

    /// Tables come in strictly ascending order of their names' bytes; `valueColumns` are in the same order.
    package mutating func beginTable(name: Identifier, key: [Identifier], valueColumns: [Identifier]) {
        let item = TableItem(name: name, key: key, valueColumns: valueColumns)
        if let reason = item.refusal { preconditionFailure("nobody would accept this table: \(reason)") }
        if let lastTable { precondition(lastTable < name, "tables are written in ascending order of their names") }
        table = item
        isTableWritten = false
    }

    /// `values`: one for each of the table's value columns.
    package mutating func insert(key: [Value], values: [Value]) {
        let table = beginRow(key)
        precondition(values.count == table.valueColumns.count, "an insert writes every column")
        begin(OperationNumber.insert, key: key, following: values.count)
        for value in values { writer.write(value) }
    }

    /// `columns`: positions among the table's other columns, strictly ascending. May be empty: the row stays.
    package mutating func update(key: [Value], columns: [(index: Int, value: Value)]) {
        let table = beginRow(key)
        begin(OperationNumber.update, key: key, following: 1)
        writer.beginMap(columns.count)
        var next = 0
        for column in columns {
            precondition(
                (next..<table.valueColumns.count).contains(column.index),
                "columns of an update ascend within the table's")
            next = column.index + 1
            writer.write(unsigned: UInt64(column.index))
            writer.write(column.value)
        }
    }

    package mutating func delete(key: [Value]) {
        _ = beginRow(key)
        begin(OperationNumber.delete, key: key, following: 0)
    }

    /// Writes what a `RowWriter` has, of a row whose key is greater than that of the row before: the caller answers for
    /// that.
    package mutating func write(_ operation: [UInt8]) {
        guard let table else { preconditionFailure("a row belongs to a table") }
        if !isTableWritten { writeTable(table) }
        lastKey = []
        count += 1
        writer.append(operation)
    }

    private mutating func begin(_ number: UInt64, key: [Value], following: Int) {
        writer.beginArray(1 + key.count + following)
        writer.write(unsigned: number)
        for value in key { writer.write(value) }
    }

    private mutating func beginRow(_ key: [Value]) -> TableItem {
        guard let table else { preconditionFailure("a row belongs to a table") }
        precondition(key.count == table.key.count, "a key has a value for each of its columns")
        if isTableWritten {
            precondition(lastKey.lexicographicallyPrecedes(key), "rows are written in ascending order of their keys")
        } else {
            writeTable(table)
        }
        lastKey = key
        count += 1
        return table
    }

    private mutating func writeTable(_ table: TableItem) {
        writer.beginArray(4)
        writer.write(unsigned: OperationNumber.table)
        writer.write(name: table.name)
        for names in [table.key, table.valueColumns] {
            writer.write(names: names)
        }
        isTableWritten = true
        lastTable = table.name
    }

    /// Bytes that are written and not taken.
    package var byteCount: Int { writer.bytes.count }

    /// The full chunks that are ready, in order; often none. They are the caller's to keep.
    package mutating func takeFullChunks() -> [[UInt8]] {
        let full = writer.bytes.count / WireLimits.cutBytes * WireLimits.cutBytes
        guard full > 0 else { return [] }
        let chunks = Chunking.cut(Array(writer.bytes[..<full]))
        writer.bytes.removeFirst(full)
        return chunks
    }

    /// The last chunk: what is left after all full ones were taken; nil if nothing is.
    package mutating func finish() -> [UInt8]? {
        precondition(writer.bytes.count < WireLimits.cutBytes, "full chunks are taken before the end")
        defer { writer.bytes = [] }
        return writer.bytes.isEmpty ? nil : writer.bytes
    }
}
