import Foundation
import ReplicaModel
import SyncWire

/// The file that holds a node's key: one line of 64 hexadecimal digits, readable by its owner only.
struct IdentityFile {
    let path: String

    /// Makes a key and writes it, or reads the one that is there. The file is there with the whole key or not at all,
    /// whenever the program is killed: a node whose key is half written could never be founded in that folder.
    func make() throws(NodeError) -> SigningKey {
        guard !holdsBytes else { return try read() }
        try writePart(SigningKey())
        defer { unlink(part) }
        // A link never takes the place of a key that another process has put there meanwhile. Disks without links keep
        // no rights either, mostly, and are refused above.
        if link(part, path) != 0 {
            guard holdsBytes || rename(part, path) == 0 else { throw unwritable }
        }
        let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
        return try read()
    }

    private var part: String { path + ".part" }

    /// Whether there is a file with something in it. Nothing was ever signed with an empty one.
    private var holdsBytes: Bool {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return false }
        if facts.st_size == 0, facts.st_mode & S_IFMT == S_IFREG { return unlink(path) != 0 }
        return true
    }

    private var unwritable: NodeError {
        NodeError(kind: .readOnly, message: "\(path) cannot be written: check who owns the folder")
    }

    private func writePart(_ key: SigningKey) throws(NodeError) {
        unlink(part)
        let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unwritable }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & 0o077 == 0 else {
            unlink(part)
            throw NodeError(
                kind: .exposedKey,
                message:
                    """
                    others could read \(path), for its disk keeps no rights of files: choose a folder on another disk \
                    with --home
                    """
            )
        }
        let line = Array((key.rawRepresentation.hex + "\n").utf8)
        guard write(descriptor, line, line.count) == line.count, fsync(descriptor) == 0 else {
            unlink(part)
            throw NodeError(kind: .diskFull, message: "\(path) cannot be written whole: free some space and try again")
        }
    }

    /// Refuses a file that others may read or that another user owns: whoever read it can write in this node's name.
    func read() throws(NodeError) -> SigningKey {
        var facts = stat()
        guard stat(path, &facts) == 0 else {
            throw NodeError(
                kind: .missing,
                message: "\(path) is missing: without its key a node cannot write or sync; restore it from a copy")
        }
        guard facts.st_mode & 0o077 == 0 else {
            throw NodeError(
                kind: .exposedKey,
                message:
                    """
                    others may read \(path): run `chmod 600 \(ShellWord.quoted(path))`, and if others used this \
                    machine, join anew; where that changes nothing, move the folder to another disk
                    """
            )
        }
        guard facts.st_uid == geteuid() else {
            throw NodeError(
                kind: .exposedKey,
                message: "\(path) belongs to another user: run as that user, or change the file's owner")
        }
        guard access(path, R_OK) == 0 else {
            throw NodeError(
                kind: .readOnly, message: "\(path) cannot be read: run `chmod 600 \(ShellWord.quoted(path))`")
        }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let bytes = [UInt8](hex: text.trimmingCharacters(in: .whitespacesAndNewlines)),
            let key = try? SigningKey(rawRepresentation: bytes)
        else { throw NodeError(kind: .damaged, message: "\(path) does not hold a key: restore it from a copy") }
        return key
    }
}
