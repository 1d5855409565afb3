import CSQLite
import Foundation

/// The files that a connection has open, and the place in which they were when it opened them.
struct OpenFiles {
    /// The path without links: SQLite puts the log beside the file itself.
    let path: String
    let file: FileIdentity
    let log: FileIdentity
}

/// A database that is moved away, or replaced by another, while a connection has it open. SQLite knows the log of a
/// database by its name alone (www.sqlite.org/howtocorrupt.html, 1.4 and 4.3): whoever opens the other file would take
/// into it what stands in the log of the former one, and the last connection to the former one would delete the log of
/// the other.
extension Connection {
    /// Notes which files are open. To be called once something was read, for the log is opened with the first reading.
    package func noteFiles() {
        guard disk == nil, let name = sqlite3_db_filename(handle, "main") else { return }
        let path = String(cString: name)
        guard !path.isEmpty else { return }
        files = OpenFiles(path: path, file: .of(path), log: .of(path + "-wal"))
    }

    /// The identity of the log that is open; `unknown` where none was noted.
    package var logIdentity: FileIdentity { files?.log ?? .unknown }

    /// Whether whoever opens the same database now finds another log beside it, or none: somebody moved it without its
    /// log and left a link in its place, or deleted the log.
    package var hasLostLog: Bool {
        guard let files, files.log != .unknown, FileIdentity.of(path) == files.file else { return false }
        return FileIdentity.of(presentPath + "-wal") != files.log
    }

    /// The path without links, as SQLite finds it when it opens the database now.
    private var presentPath: String {
        guard let found = realpath(path, nil) else { return path }
        defer { free(found) }
        return String(cString: found)
    }

    /// Moves what is committed into the database itself, wherever it is by now, where it was moved away or replaced,
    /// and puts its log aside if that still lies where another file would find it. What comes to lie there
    /// later is not touched, nor when the connection closes. Where nothing has taken the place, and somebody who reads
    /// keeps the log from being moved in whole, the log stays for the database that may come back.
    ///
    /// Where the database has another log by now, as ``leaveLog(_:)``.
    ///
    /// - Returns: the path of the log that was put aside, or of the copy; nil where there was none with anything in it.
    @discardableResult
    package func leavePlace() -> String? {
        guard let files else { return nil }
        if hasLostLog { return leaveLog(files) }
        let present = FileIdentity.of(files.path)
        guard present != files.file else { return nil }
        var (frames, moved): (Int32, Int32) = (0, 0)
        let code = sqlite3_wal_checkpoint_v2(handle, "main", SQLITE_CHECKPOINT_PASSIVE, &frames, &moved)
        try? configure(.leavesLog, on: true)
        guard present != .unknown || code == SQLITE_OK && frames == moved else { return nil }
        let log = files.path + "-wal"
        guard files.log != .unknown, FileIdentity.of(log) == files.log else { return nil }
        // The index of the log is made from it.
        unlink(files.path + "-shm")
        var facts = stat()
        if stat(log, &facts) == 0, facts.st_size == 0 {
            unlink(log)
            return nil
        }
        guard let aside = nameAside(files, "-wal"), rename(log, aside) == 0 else { return nil }
        return aside
    }

    private func nameAside(_ files: OpenFiles, _ end: String) -> String? {
        (1...).lazy.map { "\(files.path)-replaced-\(files.log.number)\($0 == 1 ? "" : ".\($0)")\(end)" }
            .first { access($0, F_OK) != 0 }
    }

    /// The end of the name of a copy that is kept aside.
    package static let copyEnd = "-copy"

    /// Moves what is committed into the database, which is the same and has no log of its own yet, and removes the log
    /// that nobody finds any more: were the database moved back, what it holds would be taken for new. Where others
    /// have written another log by now, no page may be moved: what this connection sees is copied whole, and kept.
    ///
    /// - Returns: the path of the copy, if there is one.
    private func leaveLog(_ files: OpenFiles) -> String? {
        let (log, present) = (files.path + "-wal", presentPath)
        let isThere = FileIdentity.of(log) == files.log
        var facts = stat()
        let isTaken = stat(present + "-wal", &facts) == 0 && facts.st_size > 0
        var (frames, moved): (Int32, Int32) = (0, 0)
        let isMoved =
            !isTaken && sqlite3_wal_checkpoint_v2(handle, "main", SQLITE_CHECKPOINT_FULL, &frames, &moved) == SQLITE_OK
            && frames == moved
        try? configure(.leavesLog, on: true)
        // Where the log is gone from beside a link, another process has settled it.
        let isSettled = isMoved || !isThere && present != files.path
        let copy = isSettled ? nil : copyAside(files)
        if isThere, isSettled || copy != nil {
            unlink(files.path + "-shm")
            unlink(log)
        }
        return copy
    }

    private func copyAside(_ files: OpenFiles) -> String? {
        guard let aside = nameAside(files, Self.copyEnd) else { return nil }
        // For its owner's eyes alone, as the database is.
        guard FileManager.default.createFile(atPath: aside, contents: nil, attributes: [.posixPermissions: 0o600])
        else { return nil }
        do {
            let copy = try Connection(path: aside, access: .create)
            try self.copy(into: copy, progress: { _, _ in })
            try copy.run("PRAGMA journal_mode = DELETE")
            return aside
        } catch {
            unlink(aside)
            return nil
        }
    }

    /// Closes the database now, whoever still holds the connection: what is asked of it from now on, is asked of an
    /// empty one in memory. Statements must have gone before.
    ///
    /// - Returns: as ``leavePlace()``.
    package func close() -> String? {
        let aside = leavePlace()
        files = nil
        var empty: OpaquePointer?
        let code = sqlite3_open_v2(":memory:", &empty, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let empty else {
            sqlite3_close_v2(empty)
            return aside
        }
        sqlite3_close_v2(handle)
        handle = empty
        return aside
    }
}
