import Foundation
import SQLiteAccess

/// A folder for work on copies of a replica, beside it: the copies have all its records, so they lie on its disk and
/// nobody else may look into them. It goes with this object; what a process leaves that was ended in the midst of its
/// work, the next one sweeps away.
package final class ScratchFolder: Sendable {
    package let path: String
    /// Open and locked for as long as the folder is in use, whatever happens to the process.
    private let descriptor: Int32

    package convenience init(beside replica: String) throws(StoreError) { try self.init(at: replica + Self.mark) }

    /// Makes the folder beside a replica; for one on a disk of a simulation, among the temporary files.
    convenience init(for transaction: Transaction) throws(StoreError) {
        let isReal = transaction.connection.disk == nil
        try self.init(
            at: isReal
                ? transaction.file.path + Self.mark
                : FileManager.default.temporaryDirectory.path + "/caravan" + Self.mark)
    }

    private static let mark = "-scratch-"

    private init(at beginning: String) throws(StoreError) {
        for _ in 0..<Self.attemptsMax {
            var name = (beginning + "XXXXXX").utf8CString.map { $0 }
            guard mkdtemp(&name) != nil else {
                throw errno == ENOSPC || errno == EDQUOT ? .diskFull(path: beginning) : .readOnly(path: beginning)
            }
            let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            // Another process that sweeps may take it for left behind until it is locked; then there is another.
            guard let descriptor = Self.lock(path, evenIfUnable: true) else { continue }
            (self.path, self.descriptor) = (path, descriptor)
            return
        }
        throw .readOnly(path: beginning)
    }

    /// The most attempts: nobody sweeps as often as that at one moment.
    private static let attemptsMax = 8

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        close(descriptor)
    }

    /// Removes what processes left behind that have ended.
    package static func sweep(beside replica: String) {
        let place = URL(fileURLWithPath: replica)
        let folder = place.deletingLastPathComponent().path
        let beginning = place.lastPathComponent + mark
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where name.hasPrefix(beginning)
        {
            guard let descriptor = lock(folder + "/" + name, evenIfUnable: false) else { continue }
            try? FileManager.default.removeItem(atPath: folder + "/" + name)
            close(descriptor)
        }
    }

    /// Takes a folder; nil where the folder is another's or gone.
    ///
    /// - Parameter evenIfUnable: go on where the file system knows no locks: nobody can take the folder for left behind
    ///   then.
    private static func lock(_ path: String, evenIfUnable: Bool) -> Int32? {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        var facts = stat()
        let isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0 || evenIfUnable && errno != EWOULDBLOCK
        guard isLocked, fstat(descriptor, &facts) == 0, facts.st_nlink > 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }
}
