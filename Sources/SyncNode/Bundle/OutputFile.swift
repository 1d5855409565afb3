import Foundation

/// A file that is written under another name, synced, and put in its place only when it is whole: what stood there
/// before stays until then. One that is not finished goes with this object.
final class OutputFile {
    let path: String
    private let part: String
    private let descriptor: Int32
    private var isOpen = true
    private(set) var bytes = 0

    /// People who may read a file.
    enum Readers {
        case owner
        /// Files of a program, in a folder that only they are in: what stands there is replaced, whatever it is.
        case anyone
    }

    /// - Throws: `usage` where something else stands there than a file of caravan's, `readOnly` or `diskFull`.
    init(_ path: String, for readers: Readers = .owner) throws(NodeError) {
        self.path = path
        guard !path.isEmpty, !path.hasSuffix("/") else {
            throw NodeError(kind: .usage, message: "the file to write has no name: write one")
        }
        if readers == .owner, FileManager.default.fileExists(atPath: path), !InputFile.isCarried(path) {
            throw NodeError(
                kind: .usage, message: "\(path) is there already, and caravan did not write it: name another file")
        }
        let place = URL(fileURLWithPath: path)
        part = place.deletingLastPathComponent().path + "/" + Self.mark + place.lastPathComponent
        // What a killed command left; or a link that somebody put on a stick, which would lead out of it.
        unlink(part)
        descriptor = open(
            part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, readers == .owner ? 0o600 : 0o644)
        guard descriptor >= 0 else { throw Self.failure(path) }
        // Whoever sweeps here meanwhile sees that somebody is at it. Where a file system has no locks, it does not.
        flock(descriptor, LOCK_EX | LOCK_NB)
    }

    /// Deletes what was being written in a folder when its writer ended, or a stick was pulled out: not what another
    /// process is writing.
    static func sweep(_ folder: String, names: [String]) {
        for name in names where name.hasPrefix(mark) {
            let path = folder + "/" + name
            let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            defer { if descriptor >= 0 { close(descriptor) } }
            guard descriptor < 0 || flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else { continue }
            unlink(path)
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
        var done = 0
        while done < content.count {
            let count = content.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress?.advanced(by: done), content.count - done)
            }
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                throw Self.failure(path)
            }
            done += count
        }
        bytes += content.count
    }

    /// Puts it in its place. Durable once this returns.
    func finish() throws(NodeError) {
        guard fsync(descriptor) == 0 else { throw Self.failure(path) }
        isOpen = false
        close(descriptor)
        guard rename(part, path) == 0 else {
            let error = Self.failure(path)
            unlink(part)
            throw error
        }
        Self.sync(folder: URL(fileURLWithPath: path).deletingLastPathComponent().path)
    }

    static func sync(folder: String) {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func failure(_ path: String) -> NodeError {
        switch errno {
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
                    \(path) could not be written (\(String(cString: strerror(errno)))): check that the disk is still \
                    there and not failing, and try again
                    """
            )
        }
    }
}
