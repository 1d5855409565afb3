import CSQLite

/// Copying a replica that is in use.
extension ReplicaAdmin {
    /// Copies the replica, as of one moment, into a new file that needs no other beside it; others read and write
    /// meanwhile.
    ///
    /// - Parameter progress: pages done and in all.
    /// - Throws: `locked`, `diskFull`, `readOnly`, `damaged`; then `file` may be there in part.
    public func backUp(to file: String, progress: (Int, Int) -> Void) throws(StoreError) {
        let copy = try Connection(path: file, access: .create)
        try replica.connection.read { () throws(StoreError) in
            // Pages are of the moment of the first read, however long it takes.
            _ = try replica.connection.value("SELECT 1 FROM caravan_meta LIMIT 1")
            guard let backup = sqlite3_backup_init(copy.handle, "main", replica.connection.handle, "main") else {
                throw copy.failure(doing: "copying into \(file)")
            }
            var code = SQLITE_OK
            repeat {
                code = sqlite3_backup_step(backup, Self.pagesAtOnce)
                let total = Int(sqlite3_backup_pagecount(backup))
                progress(total - Int(sqlite3_backup_remaining(backup)), total)
            } while code == SQLITE_OK
            guard sqlite3_backup_finish(backup) == SQLITE_OK, code == SQLITE_DONE else {
                throw copy.failure(doing: "copying into \(file)")
            }
        }
        try copy.run("PRAGMA journal_mode = DELETE")
    }

    private static let pagesAtOnce: Int32 = 2_048
}
