import CSQLite

/// A small file beside a database, on the disk on which the database lies, or the database itself where its bytes are
/// only looked at: what is written to it is lost, or not, as the database's own bytes are. Without locks: whoever
/// writes it holds the database's.
package final class SideFile {
    private let path: String
    /// The disk to which the methods of an open file belong; nil for the system's.
    private let disk: MountedDisk?
    /// SQLite keeps the name for as long as the file is open.
    private let cPath: UnsafeMutablePointer<CChar>
    private let file: UnsafeMutablePointer<sqlite3_file>

    /// Opens the file, or makes it.
    package convenience init(path: String, on disk: MountedDisk?) throws(StoreError) {
        // A journal is made beside its database with the database's permissions, and its folder is synced with it.
        try self.init(path, disk, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MAIN_JOURNAL)
    }

    /// Opens a database itself, to look at its bytes.
    ///
    /// POSIX drops all locks that a process has on a file once the process closes any descriptor of it, and a replica
    /// that was moved away and back is a file that this process still holds: another program would then take itself for
    /// the last that uses it, and delete the write-ahead log. SQLite puts off closing for as long as it holds a lock
    /// (www.sqlite.org/howtocorrupt.html, 2.2).
    package convenience init(reading database: String) throws(StoreError) {
        try self.init(database, nil, SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB)
    }

    private init(_ path: String, _ disk: MountedDisk?, _ flags: Int32) throws(StoreError) {
        self.path = path
        self.disk = disk
        guard let vfs = sqlite3_vfs_find(disk?.name), let open = vfs.pointee.xOpen else {
            throw .disk(path: path, message: "there is no disk to open it on")
        }
        // SQLite reads what follows the name of a database as the parameters of an address, until an empty one.
        let text = Array(path.utf8CString) + [0, 0]
        cPath = .allocate(capacity: text.count)
        cPath.initialize(from: text, count: text.count)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: Int(vfs.pointee.szOsFile), alignment: 16)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: Int(vfs.pointee.szOsFile))
        file = memory.bindMemory(to: sqlite3_file.self, capacity: 1)
        let code = open(vfs, cPath, file, flags, nil)
        if code == Self.statFailed { throw .missing(path: Self.database(of: path)) }
        guard code == SQLITE_OK else { throw Self.error(code, path, "opening") }
    }

    deinit {
        if let methods = file.pointee.pMethods { _ = methods.pointee.xClose?(file) }
        UnsafeMutableRawPointer(file).deallocate()
        cPath.deallocate()
    }

    /// Zeros where the file has nothing.
    package func read(count: Int, at offset: Int) throws(StoreError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let code = bytes.withUnsafeMutableBytes {
            file.pointee.pMethods.pointee.xRead(file, $0.baseAddress, Int32(count), Int64(offset))
        }
        guard code & 0xFF == SQLITE_OK || code == Self.shortRead else { throw Self.error(code, path, "reading") }
        return bytes
    }

    /// SQLITE_IOERR_FSTAT: what is made takes the permissions of its database, which is not there.
    private static let statFailed: Int32 = SQLITE_IOERR | 7 << 8

    /// The path of the database beside which a file lies: SQLite looks for the hyphen too.
    private static func database(of path: String) -> String {
        path.lastIndex(of: "-").map { String(path[..<$0]) } ?? path
    }

    /// SQLITE_IOERR_SHORT_READ, a macro that Swift does not import.
    private static let shortRead: Int32 = SQLITE_IOERR | 2 << 8

    /// Durable once this returns.
    package func write(_ bytes: [UInt8], at offset: Int) throws(StoreError) {
        let methods = file.pointee.pMethods.pointee
        let code = bytes.withUnsafeBytes { methods.xWrite(file, $0.baseAddress, Int32($0.count), Int64(offset)) }
        guard code == SQLITE_OK else { throw Self.error(code, path, "writing") }
        let synced = methods.xSync(file, SQLITE_SYNC_NORMAL)
        guard synced == SQLITE_OK else { throw Self.error(synced, path, "syncing") }
    }

    private static func error(_ code: Int32, _ path: String, _ doing: String) -> StoreError {
        switch code & 0xFF {
        case SQLITE_FULL: .diskFull(path: path)
        case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM: .readOnly(path: path)
        default: .disk(path: path, message: "\(doing) it failed with code \(code)")
        }
    }
}
