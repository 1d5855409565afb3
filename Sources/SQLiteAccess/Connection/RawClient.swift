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

    /// Takes what SQLite draws at random for this connection's statements, and for the defaults of the rows that they
    /// enter, from a source that can be repeated.
    package func draw(from next: @escaping () -> UInt64) throws(StoreError) {
        try connection.define("random", for: .schema, argumentCount: 0) { _ in
            .integer(Int64(bitPattern: next()))
        }
        try connection.define("randomblob", for: .schema, argumentCount: 1) { arguments in
            guard case .integer(let count)? = arguments.first else { return .null }
            return .blob((0..<max(count, 1)).map { _ in UInt8(truncatingIfNeeded: next()) })
        }
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
