import CSQLite

/// Result codes of SQLite that decide what is done next; some of them are macros that Swift does not import.
package enum ResultCode {
    /// SQLITE_IOERR_SHMSIZE.
    static let sharedMemoryFull: Int32 = SQLITE_IOERR | 19 << 8
    /// SQLITE_ERROR: SQL that SQLite does not do.
    package static let error: Int32 = SQLITE_ERROR
    /// SQLITE_CONSTRAINT, the primary code.
    package static let constraintFailed: Int32 = SQLITE_CONSTRAINT
    /// SQLITE_CONSTRAINT_UNIQUE.
    package static let uniqueFailed: Int32 = SQLITE_CONSTRAINT | 8 << 8
    /// SQLITE_CONSTRAINT_PRIMARYKEY: there is a row that has the key.
    package static let keyFailed: Int32 = SQLITE_CONSTRAINT | 6 << 8
    /// SQLITE_MISMATCH: a value that its column cannot hold at all.
    package static let mismatched: Int32 = SQLITE_MISMATCH

    /// Whether an expression may have failed: it comes to what cannot be, or to more than SQLite holds.
    package static func mayBeOfExpression(_ code: Int32) -> Bool {
        [SQLITE_ERROR, SQLITE_TOOBIG, SQLITE_NOMEM, SQLITE_MISMATCH].contains(code & 0xFF)
    }
}
