import ReplicaModel
import SQLiteAccess

/// Keys as bytes that `memcmp` puts in the order of keys, so that rows are sorted without a value being made of any.
///
/// Each column begins with its class (1 integer, 2 text, 3 blob). An integer follows in eight bytes, the highest first
/// and its sign turned. A text or a blob that is the last column follows as it is; before another column, with 255
/// behind each zero, and two zeros at its end.
enum KeyBytes {
    private static let integer: UInt8 = 1, text: UInt8 = 2, blob: UInt8 = 3

    /// Appends one column. False where the value has no place among keys: it is NULL or a real.
    static func append(_ cell: RowCell, isLast: Bool, to out: inout [UInt8]) -> Bool {
        switch cell {
        case .null, .real: return false
        case .integer(let number):
            out.append(integer)
            let bits = UInt64(bitPattern: number) ^ 1 << 63
            withUnsafeBytes(of: bits.bigEndian) { out.append(contentsOf: $0) }
        case .text(let bytes):
            out.append(text)
            append(bytes, isLast: isLast, to: &out)
        case .blob(let bytes):
            out.append(blob)
            append(bytes, isLast: isLast, to: &out)
        }
        return true
    }

    private static func append(_ bytes: UnsafeRawBufferPointer, isLast: Bool, to out: inout [UInt8]) {
        guard !isLast else { return out.append(contentsOf: bytes) }
        for byte in bytes {
            out.append(byte)
            if byte == 0 { out.append(255) }
        }
        out.append(contentsOf: [0, 0])
    }

    /// Visits the only column of a key where it lies.
    static func withCell<Result>(
        of key: [UInt8], _ body: (RowCell) throws(StoreError) -> Result
    ) throws(StoreError) -> Result {
        try key.withUnsafeBufferPointer { (pointer) throws(StoreError) -> Result in
            let bytes = UnsafeRawBufferPointer(pointer)
            let content = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
            return switch bytes[0] {
            case integer: try body(.integer(number(bytes, at: 1)))
            case text: try body(.text(content))
            default: try body(.blob(content))
            }
        }
    }

    private static func number(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int64 {
        let bits = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        return Int64(bitPattern: bits ^ 1 << 63)
    }

    /// The values of a key of so many columns.
    static func values(of key: [UInt8], count: Int) -> [Value] {
        key.withUnsafeBytes { bytes in
            var offset = 0
            return (1...count).map { column in
                let kind = bytes[offset]
                offset += 1
                guard kind != integer else {
                    defer { offset += 8 }
                    return .integer(number(bytes, at: offset))
                }
                let content = content(bytes, at: &offset, isLast: column == count)
                return kind == text ? .text(content) : .blob(content)
            }
        }
    }

    private static func content(_ bytes: UnsafeRawBufferPointer, at offset: inout Int, isLast: Bool) -> [UInt8] {
        guard !isLast else { return Array(bytes[offset...]) }
        var out: [UInt8] = []
        while bytes[offset] != 0 || bytes[offset + 1] != 0 {
            out.append(bytes[offset])
            offset += bytes[offset] == 0 ? 2 : 1
        }
        offset += 2
        return out
    }
}
