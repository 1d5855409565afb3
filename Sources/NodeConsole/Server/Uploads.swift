import Foundation
import SyncNode

/// A file that somebody sent and that waits to be taken in, or that was made for somebody to take away.
struct Upload: Sendable {
    enum Kind: Sendable {
        case sheet, bundle, download
    }

    let kind: Kind
    let id: String
    /// The session of who sent it.
    let session: String
    let path: String
    /// The name that the browser told, or is told.
    let name: String
    let sent: Int64
    var request: Form
}

/// The files that were sent or made, in files that only the node's owner reads, until they are imported, an hour is
/// over, their sender's session ends, or the console does.
actor Uploads {
    private let folder: String
    private var kept: [String: (upload: Upload, bytes: Int64)] = [:]

    /// Milliseconds for which a file is kept.
    static let lasts: Int64 = 3_600_000
    static let keptMax = 16
    /// Bytes of all files together. One that is larger is kept alone.
    static let bytesMax: Int64 = 1 << 30

    init(folder: ConsoleFolder) { self.folder = folder.path + "/uploads" }

    /// Begins with none: what a console left that was killed goes. To be called where no other console of the node
    /// runs.
    nonisolated func begin() throws(NodeError) {
        end()
        guard mkdir(folder, 0o700) == 0 else {
            throw NodeError(kind: .readOnly, message: "\(folder) cannot be made: check who owns the node's folder")
        }
    }

    /// A file for the bytes of an upload.
    nonisolated func place() -> (id: String, path: String) {
        let id = String(Secret().text.prefix(32))
        return (id, folder + "/" + id)
    }

    /// Keeps a file in place of what its session made under the same name to take away, and where there are too many
    /// or too large ones in place of the oldest.
    func keep(_ upload: Upload) {
        sweep(now: Clock.now)
        for (old, _) in kept.values
        where upload.kind == .download && old.kind == .download && old.session == upload.session
            && old.name == upload.name
        {
            drop(old.id)
        }
        let bytes = Self.bytes(upload.path)
        while let next = next(toGoFor: upload, bytes) { drop(next) }
        kept[upload.id] = (upload, bytes)
    }

    /// The file that gives way to another: the oldest of the same session, else of the session that has the most; nil
    /// where there is room.
    private func next(toGoFor upload: Upload, _ bytes: Int64) -> String? {
        let total = kept.values.reduce(bytes) { $0 + $1.bytes }
        guard kept.count >= Self.keptMax || total > Self.bytesMax else { return nil }
        let sessions = Dictionary(grouping: kept.values.map(\.upload), by: \.session)
        let crowd =
            sessions[upload.session] ?? sessions.max { ($0.value.count, $0.key) < ($1.value.count, $1.key) }?.value
        return crowd?.min { ($0.sent, $0.id) < ($1.sent, $1.id) }?.id
    }

    private static func bytes(_ path: String) -> Int64 {
        var found = stat()
        return stat(path, &found) == 0 ? Int64(found.st_size) : 0
    }

    /// Has a file that is kept be read otherwise.
    func change(_ id: String, _ request: Form) { kept[id]?.upload.request = request }

    func find(_ id: String, _ kind: Upload.Kind, of session: String) -> Upload? {
        kept[id].flatMap { $0.upload.session == session && $0.upload.kind == kind ? $0.upload : nil }
    }

    func drop(_ id: String) {
        if let path = kept.removeValue(forKey: id)?.upload.path { unlink(path) }
    }

    // MARK: Ends

    /// Lets go of what was sent more than an hour ago.
    func sweep(now: Int64) {
        for (old, _) in kept.values where now - old.sent > Self.lasts { drop(old.id) }
    }

    /// Lets go of what is old once a minute, until the task is cancelled.
    nonisolated func keepSweeping() async {
        while (try? await Task.sleep(for: .seconds(60))) != nil { await sweep(now: Clock.now) }
    }

    /// Lets go of the files of a session.
    func end(session: String) {
        for (upload, _) in kept.values where upload.session == session { drop(upload.id) }
    }

    /// Takes all files away, those too that are on their way.
    nonisolated func end() { try? FileManager.default.removeItem(atPath: folder) }
}
