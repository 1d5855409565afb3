import Foundation
import ReplicaModel
import ReplicaStore

/// What was put aside, or left, when the replica was moved or replaced.
struct FilesAside {
    private let replica: String
    private let real: String

    init(_ home: NodeHome) { (replica, real) = (home.replica, home.realReplica) }

    /// Write-ahead logs that were put aside when another replica took the place of theirs, and of whose replica nothing
    /// lies beside them.
    var logs: [String] {
        files.flatMap { folder, names in
            let known = Set(names)
            return names.filter { $0.hasSuffix("-wal") && !known.contains(String($0.dropLast("-wal".count))) }
                .map { folder + "/" + $0 }
        }
    }

    /// Copies of what the node had in its replica when that was moved without its write-ahead log.
    var copies: [String] { files.flatMap { folder, names in names.filter(Self.isCopy).map { folder + "/" + $0 } } }

    static func isCopy(_ name: String) -> Bool { name.hasSuffix(ReplicaAdmin.copyEnd) }

    /// The names of what was put aside beside the replica, and beside the link to it, by folder.
    private var files: [(folder: String, names: [String])] {
        Set([replica, real]).sorted().map { path in
            let place = URL(fileURLWithPath: path)
            let folder = place.deletingLastPathComponent().path
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return (folder, names.sorted().filter { $0.hasPrefix(place.lastPathComponent + "-replaced-") })
        }
    }

    /// The write-ahead log that was left beside a link to the replica, which has another by now.
    var logLeft: String? { Self.facts(of: real + "-wal").bytes > 0 ? logBesideLink : nil }

    /// The reason for which nobody may open a replica that was moved without its write-ahead log, with the way out; nil
    /// where it has its log, or another by now.
    var objection: String? {
        guard let log = logBesideLink, Self.facts(of: real + "-wal").bytes == 0 else { return nil }
        let command = "mv \(ShellWord.quoted(log)) \(ShellWord.quoted(real + "-wal"))"
        return
            """
            \(replica) is a link to \(real), and the write-ahead log, with what was written last, still lies beside the \
            link: where `caravan serve` runs, try again in some seconds; else end what uses the replica, and run \
            `\(command)`
            """
    }

    /// The write-ahead log that lies beside a link to the replica, where nobody finds it: SQLite looks beside the file
    /// itself.
    private var logBesideLink: String? {
        guard replica != real else { return nil }
        let facts = Self.facts(of: replica + "-wal")
        guard facts.bytes > 0, facts.number != Self.facts(of: real + "-wal").number else { return nil }
        return replica + "-wal"
    }

    private static func facts(of file: String) -> (number: UInt64, bytes: Int64) {
        var facts = stat()
        return stat(file, &facts) == 0 ? (UInt64(facts.st_ino), Int64(facts.st_size)) : (0, 0)
    }
}
