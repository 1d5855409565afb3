import Foundation
import ReplicaStore
import SyncWire

/// A file that is written under another name, synced, and put in its place only when it is whole: what stood there
/// before stays until then. One that is not finished goes with this object. Each has a name of its own while it is
/// being written, so that of two commands that write the same file neither touches what the other has begun.
final class OutputFile {
    private(set) var path: String
    private let part: String
    private let descriptor: Int32
    private var isOpen = true
    private(set) var bytes = 0

    /// People who may read a file.
    enum Readers {
        case owner
        /// Files on a stick, for whoever it is brought to, in a folder that only they are in: what stands there is
        /// replaced, whatever it is.
        case anyone
    }

    /// - Throws: `usage` where something else stands there than a file of caravan's, `readOnly`, `diskFull` or `disk`.
    init(_ path: String, for readers: Readers = .owner) throws(NodeError) {
        self.path = path
        guard !path.isEmpty, !path.hasSuffix("/") else {
            throw NodeError(kind: .usage, message: "the file to write has no name: write one")
        }
        if readers == .owner { try Self.refuseOther(path) }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        Self.sweep(folder)
        (part, descriptor) = try Self.begin(in: folder, for: path, rights: readers == .owner ? 0o600 : 0o644)
    }

    /// Puts a copy of a file at a place. Others run between its pieces.
    ///
    /// - Throws: as `init` and `finish`, and what keeps the file from being read.
    static func copy(_ path: String, to place: String, for readers: Readers) async throws(NodeError) {
        let from = try InputFile(path)
        let to = try OutputFile(place, for: readers)
        while true {
            let piece = try from.next()
            guard !piece.isEmpty else { return try to.finish() }
            try to.write(piece)
            await Task.yield()
        }
    }

    /// Makes the file that is written, and locks it, so that whoever sweeps there sees that somebody is at it.
    private static func begin(
        in folder: String, for path: String, rights: mode_t
    ) throws(NodeError) -> (part: String, descriptor: Int32) {
        for _ in 0..<attemptsMax {
            let part = part(in: folder)
            let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, rights)
            guard descriptor >= 0 else {
                if errno == EEXIST { continue }
                throw failure(path)
            }
            // Until it is locked it may be taken for left behind. Where a file system has no locks nobody takes it.
            let isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
            if isLocked, access(part, F_OK) == 0 { return (part, descriptor) }
            close(descriptor)
        }
        throw NodeError(
            kind: .disk,
            message:
                "others write into \(folder) at the same moment, again and again: run this again when they are through")
    }

    static func part(in folder: String) -> String {
        folder + "/" + mark + String(UInt64.random(in: 0...UInt64.max), radix: 16)
    }

    /// The most attempts: nobody sweeps as often as that at one moment.
    private static let attemptsMax = 16

    /// Refuses a place where something stands that caravan did not write.
    private static func refuseOther(_ path: String) throws(NodeError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return }
            throw failure(path)
        }
        defer { close(descriptor) }
        var magic = [UInt8](repeating: 0, count: CarriedLimits.magic.count)
        let count = read(descriptor, &magic, magic.count)
        // A stick that is gone is not somebody else's file.
        if count < 0, errno != EISDIR, errno != EAGAIN { throw failure(path) }
        guard count == magic.count, magic == CarriedLimits.magic else {
            throw NodeError(
                kind: .usage, message: "\(path) is there already, and caravan did not write it: name another file")
        }
    }

    /// Deletes what was being written in a folder when its writer was ended, or a stick was pulled out: not what
    /// another process is writing. Where a file system has no locks nobody knows, and it stays.
    static func sweep(_ folder: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where name.hasPrefix(mark) {
            let path = folder + "/" + name
            let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard descriptor >= 0 else {
                // A link that somebody put there leads out of the folder.
                if errno == ELOOP { unlink(path) }
                continue
            }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
            close(descriptor)
        }
    }

    /// The beginning of the names of files that were never finished: no name that people give.
    static let mark = ".caravan-part-"

    deinit {
        guard isOpen else { return }
        close(descriptor)
        unlink(part)
    }

    func write(_ content: [UInt8]) throws(NodeError) {
        try Self.write(content, to: descriptor, of: path)
        bytes += content.count
    }

    /// Writes all of some bytes to an open file.
    ///
    /// - Parameter path: for the sentence.
    static func write(_ content: [UInt8], to descriptor: Int32, of path: String) throws(NodeError) {
        var done = 0
        while done < content.count {
            let count = content.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress?.advanced(by: done), content.count - done)
            }
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                throw failure(path)
            }
            done += count
        }
    }

    /// Puts it in its place, or in another one that is known only now. Durable once this returns, unless it is not to
    /// last.
    func finish(as other: String? = nil, isToLast: Bool = true) throws(NodeError) {
        if let other { path = other }
        guard !isToLast || fsync(descriptor) == 0 else { throw Self.failure(path) }
        isOpen = false
        defer { close(descriptor) }
        guard rename(part, path) == 0 else {
            let error = Self.failure(path)
            unlink(part)
            throw error
        }
        if isToLast { try Self.sync(folder: URL(fileURLWithPath: path).deletingLastPathComponent().path) }
    }

    /// Has the names in a folder durable. Some file systems know no such thing, and lack nothing then.
    ///
    /// - Throws: `disk` where the disk is gone or failing.
    static func sync(folder: String) throws(NodeError) {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            // Who may write into a folder and not read it.
            if errno == EACCES { return }
            throw failure(folder)
        }
        defer { close(descriptor) }
        guard fsync(descriptor) != 0, !isOfKind(errno) else { return }
        throw failure(folder)
    }

    /// Has everything durable that was written to the disk on which a folder lies.
    ///
    /// - Throws: `disk` where the disk is gone or failing.
    static func sync(diskOf folder: String) throws(NodeError) {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(folder) }
        defer { close(descriptor) }
        let error = ReplicaDisk.sync(fileSystemOf: descriptor)
        if error != 0, !isOfKind(error) { throw failure(folder, error) }
    }

    /// Whether an error says that a file system knows no such act, and not that something failed.
    private static func isOfKind(_ error: Int32) -> Bool { [EINVAL, ENOTSUP, ENOSYS, EROFS].contains(error) }

    /// The error of a place where something could not be written.
    static func failure(_ path: String, _ error: Int32 = errno) -> NodeError {
        switch error {
        case ENOSPC, EDQUOT, EFBIG:
            NodeError(
                kind: .diskFull,
                message: "\(path) does not fit on its disk: free some space there, or take another")
        case EACCES, EPERM, EROFS, ENOENT, ENOTDIR, EISDIR:
            NodeError(
                kind: .readOnly,
                message: "\(path) cannot be written: check that its folder is there, and whose it is")
        default:
            NodeError(
                kind: .disk,
                message:
                    """
                    \(path) could not be written (\(String(cString: strerror(error)))): check that the disk is still \
                    there and not failing, and try again
                    """
            )
        }
    }
}
