import CSQLite

/// Writing out what a file system still has in memory.
package enum DiskSync {
    /// Writes out everything of the file system on which an open file lies. Durable once this returns.
    ///
    /// - Returns: 0, or the number of the error.
    package static func sync(fileSystemOf descriptor: Int32) -> Int32 { caravan_sync_disk(descriptor) }
}
