import Foundation
import ReplicaModel
import SQLiteAccess

/// Making the file, and preparing a connection to it.
extension ReplicaFile {
    /// Makes the file, if it is not there, for its owner's eyes alone; SQLite makes what lies beside it with the same
    /// rights.
    static func makeFile(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw errno == ENOSPC || errno == EDQUOT ? .diskFull(path: path) : .readOnly(path: path)
        }
        close(descriptor)
    }

    /// Refuses a file that some program wrote anew in UTF-16: the bytes of its names and texts are others than those
    /// that were signed.
    static func refuseOtherEncoding(_ connection: Connection, path: String) throws(StoreError) {
        guard let encoding = try connection.value("PRAGMA encoding")?.identifier, encoding != "UTF-8" else { return }
        throw .foreign(
            """
            \(path) is in \(encoding), and a replica is in UTF-8: nothing is lost, and nothing is written into it; \
            stop what uses it, write it anew with `sqlite3 \(ShellWord.quoted(path)) .dump | sqlite3 \
            \(ShellWord.quoted(path + ".utf8"))`, and put that in its place
            """)
    }

    static func format(_ connection: Connection, path: String) throws(StoreError) -> Int64 {
        guard case .integer(let format)? = try connection.value("SELECT value FROM caravan_meta WHERE name = 'format'")
        else { throw .damaged("\(path) does not say which format it has") }
        return format
    }

    /// Has older software leave the file alone before anything is written into it that it would take for damage.
    static func raiseFormat(_ connection: Connection) throws(StoreError) {
        try connection.write { () throws(StoreError) in
            try connection.run("UPDATE caravan_meta SET value = \(ReplicaFormat.version) WHERE name = 'format'")
        }
    }

    /// A replica that was made before there were any has none of them.
    static func addLaterTables(_ connection: Connection) throws(StoreError) {
        let names = ReplicaFormat.laterTables.map { "'\($0)'" }.joined(separator: ", ")
        let found = try connection.value(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN (\(names))")
        guard found != .integer(Int64(ReplicaFormat.laterTables.count)) else { return }
        // An empty one would say that nobody belongs, this node among them. Earlier software kept it otherwise.
        let rosters = try connection.value(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name IN ('caravan_roster', 'caravan_member')")
        if rosters == nil, try !LogLoader(connection: connection).isEmpty() {
            throw .damaged("somebody dropped table \(ReplicaFormat.rosterName) of the replica")
        }
        try connection.write { () throws(StoreError) in try connection.run(ReplicaFormat.later) }
    }

    static func identity(of path: String, on disk: MountedDisk?) -> FileIdentity {
        disk?.identity(of: path) ?? FileIdentity.of(path)
    }

    static let cacheKibibytes = 16_000

    static func cache(kibibytes: Int) -> String { "PRAGMA cache_size = -\(kibibytes)" }

    /// Prepares a connection for merging. With `secure_delete` FAST what is deleted is overwritten in pages that are
    /// written anyway; pages that become free, such as those of a million notes that are sealed, are not written once
    /// more.
    static func prepareForMerging(_ connection: Connection) throws(StoreError) {
        try connection.run(
            """
            PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = \(ReplicaAdmin.logBytesMax); PRAGMA synchronous = \
            FULL; \(cache(kibibytes: cacheKibibytes));
            PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; PRAGMA temp_store = FILE;
            PRAGMA secure_delete = FAST
            """)
        try connection.configure(.triggers, on: false)
        try connection.configure(.foreignKeys, on: false)
    }
}
