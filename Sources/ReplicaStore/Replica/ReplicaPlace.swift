import Foundation
import SQLiteAccess

/// The place of a replica as the system tells of it, at one moment. While somebody moves or copies a replica there, it
/// is not there yet, or not whole, or another a moment later.
package struct ReplicaPlace: Equatable {
    /// A reason for which the replica cannot be opened.
    package enum Lack: Equatable {
        case nothingThere, notWhole
    }

    /// The identity of each file, its size, and when it was written last, in nanoseconds.
    private let facts: [Facts]
    package let lack: Lack?

    private struct Facts: Equatable {
        let identity: FileIdentity
        let size: Int64
        let written: Int64
    }

    /// - Parameters:
    ///   - replica: the path of the file, without links.
    ///   - key: the path of the node's key.
    ///   - former: the write-ahead log of the replica that was there before, which is not of the one that is.
    package init(replica: String, key: String, after former: FormerLog) {
        facts = [replica, replica + "-wal", key].map(Self.facts)
        let hasOwnLog = facts[1].size > 0 && facts[1].identity != former.identity
        if facts[0].identity == .unknown || facts[2].size == 0 {
            lack = .nothingThere
        } else if !hasOwnLog, !Self.isWhole(replica, size: facts[0].size) {
            lack = .notWhole
        } else {
            lack = nil
        }
    }

    private static func facts(of path: String) -> Facts {
        var found = stat()
        guard stat(path, &found) == 0 else { return Facts(identity: .unknown, size: 0, written: 0) }
        return Facts(
            identity: .of(path), size: Int64(found.st_size),
            written: Int64(found.st_mtim.tv_sec) * 1_000_000_000 + Int64(found.st_mtim.tv_nsec))
    }

    /// The letters `SQLite`, with which every database begins.
    private static let mark: [UInt8] = [0x53, 0x51, 0x4C, 0x69, 0x74, 0x65]

    /// Whether a database has all the pages that its header counts (www.sqlite.org/fileformat2.html, 1.3). What is no
    /// database is whole, for whoever opens it to say so.
    private static func isWhole(_ path: String, size: Int64) -> Bool {
        guard size >= 100 else { return false }
        guard let header = try? SideFile(reading: path).read(count: 100, at: 0) else { return true }
        func number(_ place: Int) -> Int64 { header[place..<place + 4].reduce(0) { $0 << 8 | Int64($1) } }
        guard header.starts(with: Self.mark), number(24) == number(92) else { return true }
        let page = Int64(header[16]) << 8 | Int64(header[17])
        return size >= number(28) * (page == 1 ? 65_536 : page)
    }
}

/// The write-ahead log that a replica has open, wherever the replica is by now.
package struct FormerLog: Sendable {
    let identity: FileIdentity

    /// Stands for none.
    package static let none = FormerLog(identity: .unknown)
}
