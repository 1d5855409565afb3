import ReplicaModel

/// Encodes one operation on a row apart from others, cell by cell, from bytes where they lie: nothing is allocated for
/// a row.
///
/// After a `begin`, the key's cells are written, then what it says. Values alone, after `beginValues`, are what an
/// insert has behind its key.
package struct RowWriter: Sendable {
    private var writer = CBORWriter()

    package init() {}

    /// The bytes that were written since the last `begin`.
    package var bytes: [UInt8] { writer.bytes }

    package var byteCount: Int { writer.bytes.count }

    /// Begins values that are part of no operation yet.
    package mutating func beginValues() { writer.clear() }

    /// Begins an insert: a value for each of the table's other columns must follow the key.
    package mutating func beginInsert(keyCount: Int, valueCount: Int) {
        writer.clear()
        writer.beginArray(1 + keyCount + valueCount)
        writer.write(unsigned: OperationNumber.insert)
    }

    /// Begins an update: after the key `beginColumns`.
    package mutating func beginUpdate(keyCount: Int) {
        writer.clear()
        writer.beginArray(1 + keyCount + 1)
        writer.write(unsigned: OperationNumber.update)
    }

    /// Begins the columns of a row: so many must follow, each its position among the table's other columns, ascending,
    /// and its value.
    package mutating func beginColumns(_ count: Int) { writer.beginMap(count) }

    package mutating func write(position: Int) { writer.write(unsigned: UInt64(position)) }

    package mutating func writeNull() { writer.writeNull() }

    package mutating func write(integer: Int64) { writer.write(integer: integer) }

    package mutating func write(real: Double) { writer.write(real: real) }

    package mutating func write(text: UnsafeRawBufferPointer) {
        guard let base = text.baseAddress else { return writer.head(CBORMajor.text, 0) }
        if UTF8Check.isValid(base, count: text.count) {
            writer.head(CBORMajor.text, UInt64(text.count))
        } else {
            writer.head(CBORMajor.tag, notUTF8Tag)
            writer.head(CBORMajor.bytes, UInt64(text.count))
        }
        writer.append(text)
    }

    package mutating func write(blob: UnsafeRawBufferPointer) {
        writer.head(CBORMajor.bytes, UInt64(blob.count))
        writer.append(blob)
    }

    /// Writes cells that are encoded already.
    package mutating func write(encoded: UnsafeRawBufferPointer) { writer.append(encoded) }
}

extension RowWriter {
    /// The values that were written, which are so many.
    package static func values(_ bytes: [UInt8], count: Int) throws(WireError) -> [Value] {
        var reader = CBORReader(bytes)
        var out: [Value] = []
        for _ in 0..<count { out.append(try reader.readValue()) }
        try reader.finish()
        return out
    }
}

/// The numbers by which operations are told apart on the wire.
enum OperationNumber {
    static let table: UInt64 = 0, insert: UInt64 = 1, update: UInt64 = 2, delete: UInt64 = 3
}
