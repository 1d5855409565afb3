import Foundation
import ReplicaModel
import SQLiteAccess
import SyncWire

/// Making the file of a replica, and preparing a connection for it.
extension Replica {
    /// 16 MiB: far above what a record needs, and small enough that a chain of such values passes through a laptop's
    /// memory.
    package static let valueBytesDefault = 16 << 20

    /// The most that anybody may be told to allow for one value, in bytes.
    package static let valueBytesLimit = WireLimits.valueBytesMax

    /// Makes an empty replica at `path`, which must not exist yet. `alliance` is nil while it is being founded.
    package static func create(
        path: String, site: SiteID, alliance: Bytes32?, valueBytesMax: Int = Replica.valueBytesDefault
    ) throws(StoreError) -> Replica {
        try create(path: path, site: site, alliance: alliance, valueBytesMax: valueBytesMax, on: nil)
    }

    package static func create(
        path: String, site: SiteID, alliance: Bytes32?, valueBytesMax: Int, on disk: MountedDisk?
    ) throws(StoreError) -> Replica {
        do {
            if disk == nil { try ReplicaFile.makeFile(path) }
            let connection = try Connection(path: path, access: .create, on: disk)
            try connection.run("PRAGMA encoding = 'UTF-8'; PRAGMA journal_mode = WAL")
            try connection.write { () throws(StoreError) in
                try connection.run(ReplicaFormat.sql)
                try connection.run(ReplicaFormat.later)
                let facts: [(String, Value)] = [
                    ("format", .integer(ReplicaFormat.version)), ("site", .blob(site.bytes)),
                    ("incarnation", .integer(0)),
                    ("alliance", .blob((alliance ?? .zero).bytes)), ("followed", .integer(0)),
                    ("file", .text(ReplicaFile.identity(of: path, on: disk).text)),
                    ("place", .text(FilePlace.text(of: path, on: disk))),
                ]
                for (name, value) in facts {
                    try connection.rows("INSERT INTO caravan_meta VALUES (?1, ?2)", [.text(name), value])
                }
            }
        }
        return try Replica(path: path, valueBytesMax: valueBytesMax, on: disk)
    }

    /// A file in which `create` was cut off: it holds nothing yet.
    package static func isUnfinished(path: String) throws(StoreError) -> Bool {
        try Connection(path: path, access: .readWrite).value("SELECT count(*) FROM sqlite_master") == .integer(0)
    }

    /// Whether some other connection has the replica at `path` open. Where none has, all of it is moved into the one
    /// file.
    ///
    /// - Throws: `damaged` and the like, where it cannot be said.
    package static func isInUse(path: String) throws(StoreError) -> Bool {
        let connection = try Connection(path: path, access: .readWrite, busyMilliseconds: 500)
        do throws(StoreError) { return try connection.value("PRAGMA journal_mode = DELETE") != .text("delete") } catch {
            guard case .locked = error else { throw error }
            return true
        }
    }
}
