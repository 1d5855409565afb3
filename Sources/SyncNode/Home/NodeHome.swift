import Foundation

/// The folder of a node: `replica.sqlite`, `identity.key` (mode 0600), `config.yaml`, and what the node keeps beside them.
public struct NodeHome: Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    public var replica: String { path + "/replica.sqlite" }
    public var key: String { path + "/identity.key" }
    public var configuration: String { path + "/config.yaml" }

    /// The option if it is given, else `CARAVAN_HOME`, else the nearest folder upward that holds a replica, else
    /// `~/.local/share/caravan`.
    public static func find(option: String?, environment: [String: String], currentDirectory: String) -> NodeHome {
        if let named = option ?? environment["CARAVAN_HOME"], !named.isEmpty {
            return NodeHome(path: absolute(named, from: currentDirectory))
        }
        var folder = currentDirectory
        while true {
            if FileManager.default.fileExists(atPath: folder + "/replica.sqlite") { return NodeHome(path: folder) }
            guard let slash = folder.lastIndex(of: "/"), folder != "/" else { break }
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
        }
        return NodeHome(path: (environment["HOME"] ?? currentDirectory) + "/.local/share/caravan")
    }

    private static func absolute(_ path: String, from folder: String) -> String {
        let whole = path.hasPrefix("/") ? path : folder + "/" + path
        return whole.count > 1 && whole.hasSuffix("/") ? String(whole.dropLast()) : whole
    }

    var hasReplica: Bool { FileManager.default.fileExists(atPath: replica) }

    /// Makes the folder, readable by its owner only.
    func make() throws(NodeError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw NodeError(kind: .readOnly, message: "the folder \(path) cannot be made: choose another with --home")
        }
    }

    var hasKey: Bool { FileManager.default.fileExists(atPath: key) }

    /// Removes the key of a node that did not come about, and what was written beside it.
    func removeKey() {
        for path in [key, configuration] { try? FileManager.default.removeItem(atPath: path) }
    }

    /// Removes a replica in which nothing was entered yet.
    func removeReplica() {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: replica + suffix) }
    }

    /// Bytes that the disk of this folder has left for its owner; nil where it does not say.
    var diskFree: Int64? {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: path)
        return (attributes?[.systemFreeSize] as? NSNumber)?.int64Value
    }

    /// Bytes of the replica's files.
    var diskBytes: Int64 {
        ["", "-wal", "-shm", "-witness"].reduce(0) { sum, suffix in
            let attributes = try? FileManager.default.attributesOfItem(atPath: replica + suffix)
            return sum + ((attributes?[.size] as? NSNumber)?.int64Value ?? 0)
        }
    }

    /// Durable once this returns.
    static func move(_ file: String, to place: String) throws(NodeError) {
        guard rename(file, place) == 0 else { throw NodeError(kind: .readOnly, message: "\(place) cannot be written: check who owns the folder") }
        let folder = URL(fileURLWithPath: place).deletingLastPathComponent().path
        let descriptor = open(folder, O_RDONLY)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
