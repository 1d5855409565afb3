import Foundation
import SyncNode
import Tabular

/// The place at which a file is to be. What is written goes beside it first, and takes its place once it is whole, with
/// the mode of the file that stood there; a link stays one, and what it leads to is replaced. A pipe and a device take
/// what is written as it comes.
struct OutputPlace: Sendable {
    private let path: String
    /// The file that is replaced: at the end of all links.
    private let target: String
    /// The file that is written, until it is whole.
    let part: String
    private let folder: String
    private let mode: mode_t?
    private let isStream: Bool

    /// - Throws: `usage` where something stands there that is no file, or a database, or is a node's own.
    init(_ path: String, isWorkbook: Bool) throws {
        self.path = path
        var (facts, link) = (stat(), stat())
        var (target, mode, isStream): (String, mode_t?, Bool) = (path, nil, false)
        if stat(path, &facts) == 0 {
            switch facts.st_mode & S_IFMT {
            case S_IFREG:
                mode = facts.st_mode & 0o7777
                if let whole = realpath(path, nil) {
                    target = String(cString: whole)
                    free(whole)
                }
            case S_IFIFO, S_IFCHR:
                // A workbook is written here and there, not from the beginning to the end.
                guard !isWorkbook else { throw Self.refusal(path, "it is no ordinary file") }
                isStream = true
            default: throw Self.refusal(path, "it is no ordinary file")
            }
        } else if lstat(path, &link) == 0 {
            throw Self.refusal(path, "it is a link that leads to no file")
        }
        if !isStream, let reason = NodeFiles.objection(to: target) { throw Self.refusal(path, reason) }
        (self.target, self.mode, self.isStream) = (target, mode, isStream)
        // Of two that write the same file neither touches what the other has begun.
        folder = URL(fileURLWithPath: target).deletingLastPathComponent().path
        part = NodeFiles.part(in: folder)
    }

    /// Opens what is to be written. Of a workbook, too, the file is made here, for the mode's sake.
    func open() throws -> FileHandle {
        if isStream {
            guard let opened = FileHandle(forWritingAtPath: path) else { throw Self.failure(path, errno) }
            return opened
        }
        NodeFiles.sweepParts(in: folder)
        for _ in 0..<Self.attemptsMax {
            let descriptor = Foundation.open(part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode ?? 0o666)
            guard descriptor >= 0 else { throw Self.failure(path, errno) }
            // Whoever sweeps there sees that somebody is at it; until then it may be taken for left behind.
            flock(descriptor, LOCK_EX | LOCK_NB)
            if let mode { fchmod(descriptor, mode) }
            if access(part, F_OK) == 0 { return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true) }
            close(descriptor)
        }
        throw Self.failure(path, ENOENT)
    }

    /// The most attempts: nobody sweeps as often as that at one moment.
    private static let attemptsMax = 16

    /// Puts the file in its place.
    func finish() throws {
        guard !isStream else { return }
        guard rename(part, target) == 0 else { throw Self.failure(path, errno) }
    }

    /// Removes what was not finished.
    func discard() { if !isStream { unlink(part) } }

    private static func refusal(_ path: String, _ reason: String) -> NodeError {
        NodeError(kind: .usage, message: TabularError.unwritable(path: path, reason: reason).sentence)
    }

    static func failure(_ path: String, _ code: Int32) -> NodeError {
        NodeError(
            kind: code == ENOSPC ? .diskFull : .usage,
            message: TabularError.unwritable(path: path, reason: String(cString: strerror(code))).sentence)
    }
}
