import Foundation
import SQLiteAccess

/// Keeping the write-ahead log short.
extension ReplicaAdmin {
    /// Bytes to which SQLite's write-ahead log is cut once all of it is in the file: what it has after a thousand
    /// pages, when SQLite moves them by itself.
    static let logBytesMax = 4 << 20

    /// Makes the write-ahead log short again that grew while somebody read, where nobody reads or writes at this
    /// moment. SQLite itself writes over it from its beginning and never cuts it, unless whoever does so asked for
    /// that, as other programs do not.
    package func shortenLog() throws(StoreError) {
        let size =
            (try? FileManager.default.attributesOfItem(
                atPath: URL(fileURLWithPath: replica.path).resolvingSymlinksInPath().path + "-wal"))?[.size]
            as? NSNumber
        guard let size, size.intValue > Self.logBytesMax else { return }
        do {
            try withoutWaiting { () throws(StoreError) in
                _ = try replica.connection.rows("PRAGMA wal_checkpoint(TRUNCATE)")
            }
        } catch {
            guard case .locked = error else { throw error }
        }
    }

    /// Does something that is to be left where another program holds the replica.
    ///
    /// - Throws: `locked` at once then, beside what `body` throws.
    package func withoutWaiting(_ body: () throws(StoreError) -> Void) throws(StoreError) {
        try replica.connection.run("PRAGMA busy_timeout = 0")
        defer { try? replica.connection.run("PRAGMA busy_timeout = \(Connection.busyMilliseconds)") }
        try body()
    }
}
