import Foundation

/// The folder of a node: `replica.sqlite`, `identity.key` (mode 0600), `config.yaml`, and what the node keeps beside
/// them.
public struct NodeHome: Sendable {
    /// The path of the folder, as ``init(path:)`` was given it.
    public let path: String

    /// Names a folder. It is neither looked at nor made.
    public init(path: String) { self.path = path }

    /// The path of the replica: the SQLite file that other programs open too, or a link to it.
    public var replica: String { path + "/replica.sqlite" }
    /// The path of the file with the node's private key, which only its owner may read. It is in no backup.
    public var key: String { path + "/identity.key" }
    /// The path of the node's settings. Where the file is missing, the defaults hold.
    public var configuration: String { path + "/config.yaml" }
    /// The path of what was typed at the prompt of `caravan sql`.
    public var sqlHistory: String { path + "/sql-history" }

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

    /// The place where the replica is, if its name here is a link.
    var realReplica: String { LinkedFile.place(of: replica) }

    /// SQLite puts what does not fit memory into files without a name: on the disk of the replica, whose room is what
    /// counts, and not on one that may be small, missing, or open to others. Before SQLite is used; where somebody has
    /// said otherwise, that holds.
    func useOwnDisk() { setenv("SQLITE_TMPDIR", path, 0) }

    /// Whether a node has lived here: a folder that has only asked to join holds none yet.
    var heldNode: Bool { hasKey && FileManager.default.fileExists(atPath: configuration) && !hasPetition }

    var hasReplica: Bool { FileManager.default.fileExists(atPath: replica) }

    /// Makes the folder, readable by its owner only.
    func make() throws(NodeError) {
        try? FileManager.default.createDirectory(
            atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw NodeError(kind: .readOnly, message: "the folder \(path) cannot be made: choose another with --home")
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw NodeError(
                kind: .usage, message: "\(path) is a file, and a node lives in a folder: choose another with --home")
        }
    }

    /// Removes the folder, unless something is in it.
    func removeIfEmpty() { rmdir(path) }

    var hasKey: Bool { FileManager.default.fileExists(atPath: key) }

    /// Removes the key of a node that did not come about, and what was written beside it. Settings that somebody has
    /// made there stay.
    func removeKey() {
        for path in [key, key + ".part"] { try? FileManager.default.removeItem(atPath: path) }
        removeOwnSettings()
    }

    /// Removes settings in which nobody has made any.
    func removeOwnSettings() {
        guard Configuration.isOwn(configuration) else { return }
        try? FileManager.default.removeItem(atPath: configuration)
    }

    /// Removes a replica in which nothing was entered yet.
    func removeReplica() {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: replica + suffix) }
    }

    /// Files of the replica that other users of this machine may read or write: those of the file's group, or all.
    /// Where a folder lets none of them through, its files are nobody's.
    var exposed: [String] {
        let files = ["", "-wal", "-shm"].map { realReplica + $0 } + [replica + "-witness"]
        return files.filter(Self.isExposed)
    }

    /// Whether other users may read or write a file.
    static func isExposed(_ file: String) -> Bool {
        let (folder, own) = (mode(URL(fileURLWithPath: file).deletingLastPathComponent().path), mode(file))
        return [(through: mode_t(0o001), rights: mode_t(0o006)), (through: 0o010, rights: 0o060)].contains {
            folder & $0.through != 0 && own & $0.rights != 0
        }
    }

    private static func mode(_ path: String) -> mode_t {
        var facts = stat()
        return stat(path, &facts) == 0 ? facts.st_mode : 0
    }

    /// Bytes that the disk of this folder has left for its owner; nil where it does not say.
    var diskFree: Int64? {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: path)
        return (attributes?[.systemFreeSize] as? NSNumber)?.int64Value
    }

    /// Bytes of the replica's files.
    var diskBytes: Int64 {
        let files = ["", "-wal", "-shm"].map { realReplica + $0 } + [replica + "-witness"]
        return files.reduce(0) { sum, file in
            let attributes = try? FileManager.default.attributesOfItem(atPath: file)
            return sum + ((attributes?[.size] as? NSNumber)?.int64Value ?? 0)
        }
    }

    /// Durable once this returns.
    static func move(_ file: String, to place: String) throws(NodeError) {
        guard rename(file, place) == 0 else {
            throw NodeError(kind: .readOnly, message: "\(place) cannot be written: check who owns the folder")
        }
        try OutputFile.sync(folder: URL(fileURLWithPath: place).deletingLastPathComponent().path)
    }
}
