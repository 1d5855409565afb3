import Foundation
import ReplicaStore

/// A file from which a replica is restored, with what SQLite may have left beside it: rows that were committed and
/// stand in a write-ahead log alone, or what a transaction that was cut off has to be undone with.
struct BackupFile {
    /// The file as people named it.
    let name: String
    /// The path of the file, with links followed.
    private let path: String

    init(_ name: String) throws(NodeError) {
        self.name = name
        path = URL(fileURLWithPath: name).resolvingSymlinksInPath().path
        var facts = stat()
        guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, access(path, R_OK) == 0 else {
            throw NodeError(
                kind: .usage,
                message: "\(name) is not there, is no file, or cannot be read: name a file that `caravan backup` made")
        }
    }

    /// Whether it is the file at `other`, under whatever name.
    func isSame(as other: String) -> Bool {
        var (own, its) = (stat(), stat())
        return stat(path, &own) == 0 && stat(other, &its) == 0 && own.st_dev == its.st_dev && own.st_ino == its.st_ino
    }

    /// A copy of a replica that was in use has its latest rows in the file ending in `-wal`; without it nobody can say
    /// whether there were any.
    var lacksLog: Bool { isWriteAhead && !exists("-wal") }

    private func exists(_ suffix: String) -> Bool { FileManager.default.fileExists(atPath: path + suffix) }

    /// The 19th byte of the file's header (www.sqlite.org/fileformat2.html).
    private var isWriteAhead: Bool {
        guard let file = FileHandle(forReadingAtPath: path), let header = try? file.read(upToCount: 20),
            header.count == 20
        else { return false }
        return header[19] == 2
    }

    /// Writes all of it to `place`, readable by its owner only.
    func copy(to place: String) throws(NodeError) {
        for suffix in ["", "-wal", "-journal", "-witness"] where suffix.isEmpty || exists(suffix) {
            do { try Self.copy(path + suffix, to: place + suffix) } catch {
                throw NodeError(
                    kind: .diskFull,
                    message:
                        "\(name) cannot be copied to \(place): check that the folder is yours, and that the disk has room"
                )
            }
        }
    }

    private static func copy(_ file: String, to place: String) throws {
        guard let from = FileHandle(forReadingAtPath: file) else { throw CocoaError(.fileReadNoPermission) }
        let descriptor = open(place, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
        let to = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        while let bytes = try from.read(upToCount: 1 << 20), !bytes.isEmpty { try to.write(contentsOf: bytes) }
        try to.synchronize()
    }
}
