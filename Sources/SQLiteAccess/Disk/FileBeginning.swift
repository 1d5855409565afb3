import CSQLite

/// Reads the first bytes of a database by SQLite's own way to the file.
///
/// POSIX drops all locks that a process has on a file once the process closes any descriptor of it, and a replica that
/// was moved away and back is a file that this process still holds: another program would then take itself for the
/// last that uses it, and delete the write-ahead log. SQLite puts off closing for as long as it holds a lock
/// (www.sqlite.org/howtocorrupt.html, 2.2).
package enum FileBeginning {
    /// - Returns: nil where the file cannot be read, or has fewer bytes.
    package static func read(_ path: String, count: Int) -> [UInt8]? {
        guard let system = sqlite3_vfs_find(nil), let open = system.pointee.xOpen else { return nil }
        let memory = UnsafeMutableRawPointer.allocate(byteCount: Int(system.pointee.szOsFile), alignment: 16)
        defer { memory.deallocate() }
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: Int(system.pointee.szOsFile))
        let file = memory.assumingMemoryBound(to: sqlite3_file.self)
        // SQLite reads what follows a name as the parameters of an address, until an empty one.
        let name = Array(path.utf8CString) + [0, 0]
        return name.withUnsafeBufferPointer { name in
            let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB
            let opened = open(system, name.baseAddress, file, flags, nil)
            // Also where opening failed, a file with methods has to be closed.
            defer { _ = file.pointee.pMethods?.pointee.xClose?(file) }
            guard opened == SQLITE_OK, let read = file.pointee.pMethods?.pointee.xRead else { return nil }
            var bytes = [UInt8](repeating: 0, count: count)
            guard read(file, &bytes, Int32(count), 0) == SQLITE_OK else { return nil }
            return bytes
        }
    }
}
