import CSQLite
import Foundation
import ReplicaModel
import SyncWire

/// Making the file of a replica, and preparing a connection for it.
extension Replica {
    /// 16 MiB: far above what a record needs, and small enough that a chain of such values passes through a laptop's memory.
    public static let valueBytesDefault = 16 << 20

    /// What nobody may be told to allow more than.
    public static let valueBytesLimit = WireLimits.valueBytesMax

    /// Makes an empty replica at `path`, which must not exist yet. `alliance` is nil while it is being founded.
    public static func create(
        path: String, site: SiteID, alliance: Bytes32?, valueBytesMax: Int = Replica.valueBytesDefault
    ) throws(StoreError) -> Replica {
        try create(path: path, site: site, alliance: alliance, valueBytesMax: valueBytesMax, on: nil)
    }

    package static func create(
        path: String, site: SiteID, alliance: Bytes32?, valueBytesMax: Int, on disk: MountedDisk?
    ) throws(StoreError) -> Replica {
        do {
            if disk == nil { try makeFile(path) }
            let connection = try Connection(path: path, access: .create, on: disk)
            try connection.run("PRAGMA encoding = 'UTF-8'; PRAGMA journal_mode = WAL")
            try connection.write { () throws(StoreError) in
                try connection.run(ReplicaFormat.sql)
                try connection.run(ReplicaFormat.later)
                let facts: [(String, Value)] = [
                    ("format", .integer(ReplicaFormat.version)), ("site", .blob(site.bytes)), ("incarnation", .integer(0)),
                    ("alliance", .blob((alliance ?? .zero).bytes)), ("followed", .integer(0)), ("file", .text(identity(of: path, on: disk).text)),
                    ("place", .text(FilePlace.text(of: path, on: disk))),
                ]
                for (name, value) in facts {
                    try connection.rows("INSERT INTO caravan_meta VALUES (?1, ?2)", [.text(name), value])
                }
            }
        }
        return try Replica(path: path, valueBytesMax: valueBytesMax, on: disk)
    }

    /// Makes the file, if it is not there, for its owner's eyes alone; SQLite makes what lies beside it with the same rights.
    private static func makeFile(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw errno == ENOSPC || errno == EDQUOT ? .diskFull(path: path) : .readOnly(path: path) }
        close(descriptor)
    }

    /// A replica that was made before there were any has none of them.
    static func addLaterTables(_ connection: Connection) throws(StoreError) {
        let names = ReplicaFormat.laterTables.map { "'\($0)'" }.joined(separator: ", ")
        let found = try connection.value("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN (\(names))")
        guard found != .integer(Int64(ReplicaFormat.laterTables.count)) else { return }
        try connection.write { () throws(StoreError) in try connection.run(ReplicaFormat.later) }
    }

    static func identity(of path: String, on disk: MountedDisk?) -> FileIdentity {
        disk?.identity(of: path) ?? FileIdentity.of(path)
    }

    /// A file in which `create` was cut off: it holds nothing yet.
    public static func isUnfinished(path: String) throws(StoreError) -> Bool {
        try Connection(path: path, access: .readWrite).value("SELECT count(*) FROM sqlite_master") == .integer(0)
    }

    static func prepareForMerging(_ connection: Connection) throws(StoreError) {
        try connection.run(
            """
            PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = \(logBytesMax); PRAGMA synchronous = FULL; PRAGMA cache_size = -16000;
            PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; PRAGMA temp_store = FILE
            """)
        try connection.configure(SQLITE_DBCONFIG_ENABLE_TRIGGER, on: false)
        try connection.configure(SQLITE_DBCONFIG_ENABLE_FKEY, on: false)
    }
}
