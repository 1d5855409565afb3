import Foundation
import ReplicaModel
import ReplicaStore
import SyncTransport

/// The facts about a node beside its replica, for somebody elsewhere who is to help: versions, settings, files, and the
/// last words of its server. There are no records in it and no secrets.
public struct HomeReport: Sendable {
    /// File of the node.
    public struct File: Sendable {
        /// The name within the node's folder.
        public let name: String
        /// The size.
        public let bytes: Int64
        /// Rights as `chmod` writes them, such as `600`.
        public let mode: String
    }

    /// The name and version of this software.
    public let software = Node.software
    /// The version of SQLite; nil where the replica cannot be opened.
    public let sqlite: String?
    /// The operating system with its version.
    public let system: String
    /// The kind of processor, as `uname -m` names it.
    public let processor: String
    /// Settings that are made, but for a proxy's user and password.
    public let settings: [(name: String, value: String)]
    /// The mistake in the settings, if there is one.
    public let settingsError: String?
    /// The node's own files that are there, whatever else lies beside them.
    public let files: [File]
    /// Bytes that are free on the disk of the node's folder; nil where the system does not say.
    public let diskFree: Int64?
    /// The last lines of the server's log, the oldest first.
    public let log: [String]
}

extension NodeHome {
    /// Lines of the log that somebody elsewhere reads at once.
    private static let lines = 500

    /// Tells the facts of the node beside its replica; where there is none, those that are there.
    public func report() -> HomeReport {
        var (settings, problem): (Configuration?, String?) = (nil, nil)
        do throws(NodeError) { settings = try Configuration.read(configuration) } catch { problem = error.message }
        let secrets = Secrets(in: self)
        return HomeReport(
            sqlite: sqliteVersion, system: ProcessInfo.processInfo.operatingSystemVersionString,
            processor: Self.processor, settings: settings?.shown ?? [], settingsError: problem.map(secrets.without),
            files: files, diskFree: diskFree,
            log: LogFile.lastLines(in: self, max: Self.lines).map(secrets.without))
    }

    /// Writes a text into a new file that only its owner may read.
    ///
    /// - Throws: `usage` where the file is there already.
    public func write(_ text: String, toNew path: String) throws(NodeError) {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw NodeError(kind: .usage, message: "\(path) is there already: name another file")
        }
        let file = try OutputFile(path)
        try file.write(Array(text.utf8))
        try file.finish()
    }

    private var sqliteVersion: String? {
        var version: String?
        try? UserSQL(path: replica, isReadOnly: true).run("SELECT sqlite_version()") { _, values in
            if case .text(let bytes)? = values.first { version = String(decoding: bytes, as: UTF8.self) }
        }
        return version
    }

    private static var processor: String {
        var facts = utsname()
        uname(&facts)
        return withUnsafeBytes(of: facts.machine) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    /// The node's own files, whatever else lies beside them.
    private var files: [HomeReport.File] {
        let suffixes = ["replica.sqlite", "replica.sqlite-wal", "replica.sqlite-shm", "replica.sqlite-witness"]
        let names = suffixes + ["identity.key", "config.yaml", LogFile.name, LogFile.name + ".1"]
        return names.compactMap { name in
            var facts = stat()
            guard stat(path + "/" + name, &facts) == 0 else { return nil }
            return .init(name: name, bytes: Int64(facts.st_size), mode: String(facts.st_mode & 0o777, radix: 8))
        }
    }
}

/// The texts of a node that nobody else may read: none of them comes into a log, and if one did it would go no further.
private struct Secrets {
    private let texts: [String]

    init(in home: NodeHome) {
        var texts: [String] = []
        if let key = try? String(contentsOfFile: home.key, encoding: .utf8) {
            texts.append(key.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        let setting = try? Configuration.read(home.configuration).proxySetting("")
        if case .proxy(let proxy)? = setting, let credentials = proxy.credentials {
            texts += [credentials.password, credentials.user]
        }
        self.texts = texts.filter { !$0.isEmpty }
    }

    func without(_ text: String) -> String {
        let line = texts.reduce(text) { $0.replacing($1, with: "…") }
        // An invitation lets its holder in.
        return line.replacing(/caravan1-[A-Za-z0-9_-]+/, with: "caravan1-…")
    }
}
