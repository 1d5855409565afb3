import CSQLite

extension Connection {
    /// Copies the database, as of one moment, into that of another connection, which may be empty; others read and
    /// write meanwhile. Inside a read transaction the moment is that transaction's.
    ///
    /// - Parameter progress: pages done and in all.
    package func copy(into copy: Connection, progress: (Int, Int) -> Void) throws(StoreError) {
        guard let backup = sqlite3_backup_init(copy.handle, "main", handle, "main") else {
            throw copy.failure(doing: "copying into \(copy.path)")
        }
        var code = SQLITE_OK
        repeat {
            code = sqlite3_backup_step(backup, Self.pagesAtOnce)
            let total = Int(sqlite3_backup_pagecount(backup))
            progress(total - Int(sqlite3_backup_remaining(backup)), total)
        } while code == SQLITE_OK
        guard sqlite3_backup_finish(backup) == SQLITE_OK, code == SQLITE_DONE else {
            throw copy.failure(doing: "copying into \(copy.path)")
        }
    }

    private static let pagesAtOnce: Int32 = 2_048
}
