import SQLiteAccess

/// The disks on which replicas, and what is carried between them, lie.
package enum ReplicaDisk {
    /// Writes out everything of the file system on which an open file lies. Durable once this returns.
    ///
    /// - Returns: 0, or the number of the error.
    package static func sync(fileSystemOf descriptor: Int32) -> Int32 { DiskSync.sync(fileSystemOf: descriptor) }
}
