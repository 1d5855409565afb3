import CSQLite

extension Replica {
    /// Copies the replica, as of one moment, into a new file that needs no other beside it; others read and write meanwhile.
    ///
    /// - Parameter progress: pages done and in all.
    /// - Throws: `locked`, `diskFull`, `readOnly`, `damaged`; then `file` may be there in part.
    public func backUp(to file: String, progress: (Int, Int) -> Void) throws(StoreError) {
        let copy = try Connection(path: file, access: .create)
        try connection.read { () throws(StoreError) in
            // Pages are of the moment of the first read, however long it takes.
            _ = try connection.value("SELECT 1 FROM caravan_meta LIMIT 1")
            guard let backup = sqlite3_backup_init(copy.handle, "main", connection.handle, "main") else { throw copy.failure(doing: "copying into \(file)") }
            var code = SQLITE_OK
            repeat {
                code = sqlite3_backup_step(backup, Self.pagesAtOnce)
                let total = Int(sqlite3_backup_pagecount(backup))
                progress(total - Int(sqlite3_backup_remaining(backup)), total)
            } while code == SQLITE_OK
            guard sqlite3_backup_finish(backup) == SQLITE_OK, code == SQLITE_DONE else { throw copy.failure(doing: "copying into \(file)") }
        }
        try copy.run("PRAGMA journal_mode = DELETE")
    }

    private static let pagesAtOnce: Int32 = 2_048

    /// Whether some other connection has the replica at `path` open. Where none has, all of it is moved into the one file.
    ///
    /// - Throws: `damaged` and the like, where it cannot be said.
    public static func isInUse(path: String) throws(StoreError) -> Bool {
        let connection = try Connection(path: path, access: .readWrite, busyMilliseconds: 500)
        do throws(StoreError) { return try connection.value("PRAGMA journal_mode = DELETE") != .text("delete") } catch {
            guard case .locked = error else { throw error }
            return true
        }
    }
}
