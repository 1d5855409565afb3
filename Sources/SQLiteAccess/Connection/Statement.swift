import CSQLite
import ReplicaModel

/// A prepared statement. Parameters count from 1, columns from 0, as in SQLite.
///
/// What is called for every cell may be made part of its callers, which live in other rooms.
package final class Statement {
    @usableFromInline package let connection: Connection
    @usableFromInline package let handle: OpaquePointer

    package init(connection: Connection, sql: String) throws(StoreError) {
        var prepared: OpaquePointer?
        guard
            sqlite3_prepare_v3(connection.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
                == SQLITE_OK,
            let prepared
        else { throw connection.failure(doing: sql) }
        self.connection = connection
        handle = prepared
    }

    /// Takes over a statement that was prepared elsewhere.
    package init(connection: Connection, adopting handle: OpaquePointer) {
        self.connection = connection
        self.handle = handle
    }

    deinit { sqlite3_finalize(handle) }

    package func name(at column: Int) -> String {
        sqlite3_column_name(handle, Int32(column)).map { String(cString: $0) } ?? ""
    }

    package var columnCount: Int { Int(sqlite3_column_count(handle)) }

    /// Copies the value into SQLite, so it need not outlive the call.
    package func bind(_ value: Value, at index: Int) throws(StoreError) {
        let position = Int32(index)
        let code =
            switch value {
            case .null: sqlite3_bind_null(handle, position)
            case .integer(let integer): sqlite3_bind_int64(handle, position, integer)
            case .real(let real): sqlite3_bind_double(handle, position, real)
            case .text(let bytes): bytes.withUnsafeBytes { bindText($0, at: position, lifetime: transient) }
            case .blob(let bytes): bytes.withUnsafeBytes { bindBlob($0, at: position, lifetime: transient) }
            }
        guard code == SQLITE_OK else { throw connection.failure(doing: "binding parameter \(index)") }
    }

    @inlinable
    package func bind(_ integer: Int64, at index: Int) throws(StoreError) {
        guard sqlite3_bind_int64(handle, Int32(index), integer) == SQLITE_OK else {
            throw connection.failure(doing: "binding parameter \(index)")
        }
    }

    /// Binds bytes that stay where they are until the statement is reset or bound anew; SQLite does not copy them.
    @inlinable
    package func bindStatic(text: Bool, _ bytes: UnsafeRawBufferPointer, at index: Int) throws(StoreError) {
        let code =
            text ? bindText(bytes, at: Int32(index), lifetime: nil) : bindBlob(bytes, at: Int32(index), lifetime: nil)
        guard code == SQLITE_OK else { throw connection.failure(doing: "binding parameter \(index)") }
    }

    @inlinable
    func bindText(_ bytes: UnsafeRawBufferPointer, at position: Int32, lifetime: sqlite3_destructor_type?)
        -> Int32
    {
        guard let base = bytes.bindMemory(to: CChar.self).baseAddress, !bytes.isEmpty else {
            return sqlite3_bind_text(handle, position, "", 0, transient)
        }
        return sqlite3_bind_text64(handle, position, base, UInt64(bytes.count), lifetime, UInt8(SQLITE_UTF8))
    }

    @inlinable
    func bindBlob(_ bytes: UnsafeRawBufferPointer, at position: Int32, lifetime: sqlite3_destructor_type?)
        -> Int32
    {
        guard let base = bytes.baseAddress, !bytes.isEmpty else { return sqlite3_bind_zeroblob(handle, position, 0) }
        return sqlite3_bind_blob64(handle, position, base, UInt64(bytes.count), lifetime)
    }

    /// True if there is a row; false at the end, when the statement is reset for its next use.
    @inlinable
    package func step() throws(StoreError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            sqlite3_reset(handle)
            return false
        default:
            throw failureOfStep()
        }
    }

    @usableFromInline
    func failureOfStep() -> StoreError {
        let error = connection.failure(doing: sql)
        sqlite3_reset(handle)
        return error
    }

    /// Binds, runs to the end, and drops rows if there are any.
    package func run(_ values: [Value] = []) throws(StoreError) {
        for (index, value) in values.enumerated() { try bind(value, at: index + 1) }
        while try step() {}
    }

    /// Binds, and returns the first row; nil if there is none.
    package func first(_ values: [Value]) throws(StoreError) -> [Value]? {
        for (index, value) in values.enumerated() { try bind(value, at: index + 1) }
        defer { reset() }
        return try step() ? row : nil
    }

    /// Whether it has given a row, and has neither come to its end nor was reset.
    package var isAtRow: Bool { sqlite3_stmt_busy(handle) != 0 }

    package func reset() { sqlite3_reset(handle) }

    package var sql: String { sqlite3_sql(handle).map { String(cString: $0) } ?? "" }

    /// The present row.
    package var row: [Value] { (0..<columnCount).map(value(at:)) }

    package func value(at column: Int) -> Value {
        let position = Int32(column)
        switch sqlite3_column_type(handle, position) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, position))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, position) + 0.0)
        case SQLITE_TEXT:
            let text = sqlite3_column_text(handle, position)
            return .text(Array(UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(handle, position)))))
        case SQLITE_BLOB: return .blob(bytes(at: column))
        default: return .null
        }
    }

    package func integer(at column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

    package func isNull(at column: Int) -> Bool { sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL }

    package func bytes(at column: Int) -> [UInt8] {
        guard let blob = sqlite3_column_blob(handle, Int32(column)) else { return [] }
        return Array(UnsafeRawBufferPointer(start: blob, count: Int(sqlite3_column_bytes(handle, Int32(column)))))
    }

    /// Lossy for text that is not UTF-8: for our own tables only.
    package func string(at column: Int) -> String { String(decoding: bytes(at: column), as: UTF8.self) }
}

/// Tells SQLite to copy. The C macro is a cast that Swift cannot import.
@usableFromInline var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
