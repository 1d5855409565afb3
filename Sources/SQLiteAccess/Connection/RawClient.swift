import CSQLite
import ReplicaModel

/// A connection as any program has it that knows nothing of this one: SQLite's own settings, and triggers that fire.
package final class RawClient {
    private let connection: Connection
    /// Kept statements of what is asked again and again.
    private var statements: [Bytewise<String>: Statement] = [:]

    package init(path: String, on disk: MountedDisk?) throws(StoreError) {
        connection = try Connection(path: path, access: .readWrite, on: disk)
    }

    package func run(_ sql: String) throws(StoreError) { try connection.run(sql) }

    package func rows(_ sql: String) throws(StoreError) -> [[Value]] {
        let text = Bytewise(wrappedValue: sql)
        let statement = if let known = statements[text] { known } else { try connection.prepare(sql) }
        statements[text] = statement
        var out: [[Value]] = []
        while try statement.step() { out.append(statement.row) }
        return out
    }

    package var isInTransaction: Bool { connection.isInTransaction }
}
