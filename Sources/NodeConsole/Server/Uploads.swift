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

/// The files that were sent or made, in files that only the node's owner reads, until they are imported or an hour is
/// over.
actor Uploads {
    private let folder: String
    private var kept: [String: Upload] = [:]

    private static let lasts: Int64 = 3_600_000
    private static let keptMax = 16

    /// Begins with none: what a console left that was killed goes.
    init(folder: ConsoleFolder) throws(NodeError) {
        self.folder = folder.path + "/uploads"
        try? FileManager.default.removeItem(atPath: self.folder)
        guard mkdir(self.folder, 0o700) == 0 else {
            throw NodeError(kind: .readOnly, message: "\(self.folder) cannot be made: check who owns the node's folder")
        }
    }

    /// A file for the bytes of an upload.
    nonisolated func place() -> (id: String, path: String) {
        let id = String(Secret().text.prefix(32))
        return (id, folder + "/" + id)
    }

    func keep(_ upload: Upload) {
        let now = Clock.now
        for old in kept.values where now - old.sent > Self.lasts { drop(old.id) }
        if kept.count >= Self.keptMax, let oldest = kept.values.min(by: { $0.sent < $1.sent }) { drop(oldest.id) }
        kept[upload.id] = upload
    }

    func find(_ id: String, _ kind: Upload.Kind, of session: String) -> Upload? {
        kept[id].flatMap { $0.session == session && $0.kind == kind ? $0 : nil }
    }

    func drop(_ id: String) {
        if let path = kept.removeValue(forKey: id)?.path { unlink(path) }
    }
}
