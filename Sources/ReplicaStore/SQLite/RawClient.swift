import CSQLite
import ReplicaModel

/// A connection as any program has it that knows nothing of this one: SQLite's own settings, and triggers that fire.
package final class RawClient {
    private let connection: Connection

    package init(path: String, on disk: MountedDisk?) throws(StoreError) {
        connection = try Connection(path: path, access: .readWrite, on: disk)
    }

    package func run(_ sql: String) throws(StoreError) { try connection.run(sql) }

    package func rows(_ sql: String, _ values: [Value] = []) throws(StoreError) -> [[Value]] { try connection.rows(sql, values) }

    package var isInTransaction: Bool { connection.isInTransaction }
}
