import CSQLite
import Foundation
import ReplicaModel

/// A column of a statement's present row, where SQLite has it: bytes are good until the statement moves on.
package enum RowCell {
    case null
    case integer(Int64)
    case real(Double)
    case text(UnsafeRawBufferPointer)
    case blob(UnsafeRawBufferPointer)

    /// Bytes of a text or a blob; none of a number.
    @inlinable package var bytes: UnsafeRawBufferPointer? {
        switch self {
        case .null, .integer, .real: nil
        case .text(let bytes), .blob(let bytes): bytes
        }
    }

    /// Whether two cells are of one class and hold the same.
    @inlinable
    package func isSame(as other: RowCell) -> Bool {
        switch (self, other) {
        case (.null, .null): true
        case (.integer(let l), .integer(let r)): l == r
        case (.real(let l), .real(let r)): l.bitPattern == r.bitPattern
        case (.text(let l), .text(let r)), (.blob(let l), .blob(let r)): Self.isSame(l, r)
        default: false
        }
    }

    @inlinable
    static func isSame(_ l: UnsafeRawBufferPointer, _ r: UnsafeRawBufferPointer) -> Bool {
        guard l.count == r.count, let left = l.baseAddress, let right = r.baseAddress else { return l.count == r.count }
        return memcmp(left, right, l.count) == 0
    }
}

extension Statement {
    /// The value in a column of the present row, without a copy.
    @inlinable
    package func cell(at column: Int) -> RowCell {
        // The column is found once, and not again for each question about it.
        let value = sqlite3_column_value(handle, Int32(column))
        switch sqlite3_value_type(value) {
        case SQLITE_INTEGER: return .integer(sqlite3_value_int64(value))
        case SQLITE_FLOAT: return .real(sqlite3_value_double(value) + 0.0)
        case SQLITE_TEXT:
            let text = sqlite3_value_text(value)
            return .text(UnsafeRawBufferPointer(start: text, count: Int(sqlite3_value_bytes(value))))
        case SQLITE_BLOB:
            let blob = sqlite3_value_blob(value)
            return .blob(UnsafeRawBufferPointer(start: blob, count: Int(sqlite3_value_bytes(value))))
        default: return .null
        }
    }

    /// Binds a cell whose bytes stay where they are until the statement has run.
    @inlinable
    package func bind(cell: RowCell, at index: Int) throws(StoreError) {
        switch cell {
        case .null:
            guard sqlite3_bind_null(handle, Int32(index)) == SQLITE_OK else {
                throw connection.failure(doing: "binding parameter \(index)")
            }
        case .integer(let integer): try bind(integer, at: index)
        case .real(let real):
            guard sqlite3_bind_double(handle, Int32(index), real) == SQLITE_OK else {
                throw connection.failure(doing: "binding parameter \(index)")
            }
        case .text(let bytes): try bindStatic(text: true, bytes, at: index)
        case .blob(let bytes): try bindStatic(text: false, bytes, at: index)
        }
    }
}
