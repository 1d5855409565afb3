import SQLiteAccess

/// Copying a replica that is in use.
extension ReplicaAdmin {
    /// Copies the replica, as of one moment, into a new file that needs no other beside it; others read and write
    /// meanwhile.
    ///
    /// - Parameter progress: pages done and in all.
    /// - Throws: `locked`, `diskFull`, `readOnly`, `damaged`; then `file` may be there in part.
    package func backUp(to file: String, progress: (Int, Int) -> Void) throws(StoreError) {
        let copy = try Connection(path: file, access: .create)
        try replica.connection.read { () throws(StoreError) in
            // Pages are of the moment of the first read, however long it takes.
            _ = try replica.connection.value("SELECT 1 FROM caravan_meta LIMIT 1")
            try replica.connection.copy(into: copy, progress: progress)
        }
        try copy.run("PRAGMA journal_mode = DELETE")
    }
}
