import CSQLite
import Foundation
import ReplicaModel

/// A connection to one SQLite file. Not thread-safe: whoever holds it uses it from one thread at a time.
///
/// A wrapper of our own, because values must come and go exactly as stored: text as bytes, which may hold NUL or be no
/// UTF-8, bound without a copy.
package final class Connection {
    package enum Access: Sendable {
        case readOnly, readWrite, create
    }

    @usableFromInline package internal(set) var handle: OpaquePointer
    /// Empty for a database in memory.
    package let path: String
    /// The disk beneath; nil for the system's.
    package let disk: MountedDisk?
    /// The files that it has open, once ``noteFiles()`` has looked.
    var files: OpenFiles?

    /// How long a lock of another connection is waited for.
    package static let busyMilliseconds: Int32 = 5000

    /// Opens `path`; an empty path is a database in memory. A busy database is waited for up to `busyMilliseconds`.
    package convenience init(
        path: String, access: Access, busyMilliseconds: Int32 = Connection.busyMilliseconds, on disk: MountedDisk? = nil
    ) throws(StoreError) {
        try self.init(
            name: path.isEmpty ? ":memory:" : path, path: path, access: access, busyMilliseconds: busyMilliseconds,
            on: disk)
    }

    /// Opens an empty database of this connection's own, in a file that SQLite chooses, with as little in memory as it
    /// can: for what is to be put away for a while. It is gone with the connection, and never as it was before a
    /// failure.
    ///
    /// - Parameter other: whose disk it is on, and whose path errors name.
    package convenience init(putAwayBeside other: Connection, pageBytes: Int) throws(StoreError) {
        try self.init(
            name: "", path: other.path, access: .create, busyMilliseconds: Connection.busyMilliseconds, on: other.disk)
        try run(
            """
            PRAGMA page_size = \(pageBytes); PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = \
            FILE; PRAGMA cache_size = -512
            """)
    }

    private init(
        name: String, path: String, access: Access, busyMilliseconds: Int32, on disk: MountedDisk?
    ) throws(StoreError) {
        let flags =
            switch access {
            case .readOnly: SQLITE_OPEN_READONLY
            case .readWrite: SQLITE_OPEN_READWRITE
            case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            }
        SQLiteLibrary.prepare()
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(name, &opened, flags | SQLITE_OPEN_NOMUTEX, disk?.name)
        guard let opened else { throw .sqlite(code: code, message: "out of memory", doing: "opening \(path)") }
        handle = opened
        self.path = path
        self.disk = disk
        if code != SQLITE_OK {
            let error = failure(doing: "opening \(path)")
            sqlite3_close_v2(opened)
            throw error
        }
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, busyMilliseconds)
    }

    deinit {
        leavePlace()
        sqlite3_close_v2(handle)
    }

    /// Whether a text ends where a statement does: with a semicolon that is in no text, comment or trigger.
    package static func isWhole(_ sql: String) -> Bool { sqlite3_complete(sql) == 1 }

    /// Runs one or several statements that return nothing of interest.
    package func run(_ sql: String) throws(StoreError) {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure(doing: sql) }
    }

    /// Prepares one statement, for use more than once.
    package func prepare(_ sql: String) throws(StoreError) -> Statement {
        try Statement(connection: self, sql: sql)
    }

    /// Prepares, binds, runs to the end and returns every row. For what is not hot.
    @discardableResult
    package func rows(_ sql: String, _ values: [Value] = []) throws(StoreError) -> [[Value]] {
        let statement = try prepare(sql)
        for (index, value) in values.enumerated() { try statement.bind(value, at: index + 1) }
        var out: [[Value]] = []
        while try statement.step() { out.append(statement.row) }
        return out
    }

    /// The first column of the first row; nil if there is no row.
    package func value(_ sql: String, _ values: [Value] = []) throws(StoreError) -> Value? {
        try rows(sql, values).first?.first
    }

    /// Rows changed by the last INSERT, UPDATE or DELETE, those by triggers not counted.
    @inlinable package var changes: Int { Int(sqlite3_changes64(handle)) }

    package var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Begins a transaction: a deferred one, in which all that is read is of one moment, or an IMMEDIATE one, in which
    /// nobody else may write.
    package func begin(isWriting: Bool) throws(StoreError) {
        precondition(!isInTransaction, "a transaction is not begun inside another")
        try run(isWriting ? "BEGIN IMMEDIATE" : "BEGIN")
    }

    /// Ends a transaction as if it had not been, if one is open.
    package func rollBack() { if isInTransaction { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) } }

    /// Runs `body` in one IMMEDIATE transaction: committed if it returns, rolled back if it throws.
    @discardableResult
    package func write<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
        try begin(isWriting: true)
        do {
            let result = try body()
            try run("COMMIT")
            return result
        } catch {
            rollBack()
            throw error
        }
    }

    /// Runs `body` in one deferred transaction, so that all it reads is of one moment.
    package func read<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
        if isInTransaction { return try body() }
        try begin(isWriting: false)
        defer { rollBack() }
        return try body()
    }

    /// SQLite's sentence on the last call that failed.
    package var lastMessage: String { String(cString: sqlite3_errmsg(handle)) }

    /// The collation by which a column of a table compares, in capitals.
    package func collation(of column: Identifier, in table: Identifier) throws(StoreError) -> String {
        var name: UnsafePointer<CChar>?
        let code = sqlite3_table_column_metadata(handle, "main", table.text, column.text, nil, &name, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(doing: "reading column \(column)") }
        return name.map { String(cString: $0).asciiUppercased } ?? "BINARY"
    }

    /// The error of the last call on this connection, as the kind that people and exit statuses tell apart.
    @usableFromInline
    package func failure(doing: String) -> StoreError {
        let code = sqlite3_extended_errcode(handle)
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED: return .locked
        case SQLITE_READONLY, SQLITE_PERM: return .readOnly(path: path)
        case SQLITE_FULL: return .diskFull(path: path)
        case SQLITE_CORRUPT: return foreignCause(code) ?? .damaged(path)
        case SQLITE_NOTADB: return .notAReplica(path: path)
        case SQLITE_CANTOPEN: return access(path, F_OK) == 0 ? .readOnly(path: path) : .missing(path: path)
        // The shared memory beside a database cannot grow: nothing else fails that way.
        case SQLITE_IOERR where code == ResultCode.sharedMemoryFull: return .diskFull(path: path)
        case SQLITE_IOERR: return .disk(path: path, message: lastMessage)
        default:
            return .sqlite(
                code: code, message: lastMessage, doing: String(doing.prefix(200)))
        }
    }
}
