import ReplicaModel
import SQLiteAccess
import SyncWire

/// Writes of a person into one row, as any client's: triggers note them, and foreign keys are enforced.
package struct RowEditor {
    private let connection: Connection
    private let table: TableDefinition
    private let tables: [TableDefinition]

    /// - Throws: `notFound` where there is no such table.
    package init(replica: Replica, table name: Identifier) throws(StoreError) {
        table = try RowBrowser(replica: replica).definition(name)
        tables = try replica.admin.schema().tables
        connection = try Connection(path: replica.path, access: .readWrite, on: replica.connection.disk)
        try connection.run("PRAGMA foreign_keys = ON")
    }

    /// Does one write in one transaction.
    ///
    /// - Throws: `wrongSQL` with SQLite's sentence where a rule of the table refuses it, `locked`, `diskFull`.
    package func run(_ edit: RowEdit) throws(StoreError) -> RowEditOutcome {
        do {
            return try connection.write { () throws(StoreError) in
                switch edit {
                case .insert(let values): .written(key: try insert(values))
                case .update(let key, let values, let version): try update(key, values, version)
                case .delete(let key, let version, let outlook): try delete(key, version, outlook)
                }
            }
        } catch {
            guard case .sqlite(_, let message, _) = error else { throw error }
            throw .wrongSQL(message)
        }
    }

    private func insert(_ values: [Identifier: Value]) throws(StoreError) -> [Value] {
        let columns = values.keys.sorted()
        let marks = columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        let what =
            columns.isEmpty
            ? "DEFAULT VALUES" : "(\(columns.map(\.quoted).joined(separator: ", "))) VALUES (\(marks))"
        let rows = try connection.rows(
            "INSERT INTO \(table.name.quoted) \(what) RETURNING \(table.key.map(\.quoted).joined(separator: ", "))",
            columns.map { values[$0] ?? .null })
        return rows.first ?? []
    }

    private func update(
        _ key: [Value], _ values: [Identifier: Value], _ version: String
    ) throws(StoreError) -> RowEditOutcome {
        guard let current = try self.version(of: key) else { return .gone }
        guard current == version else { return .changedSince }
        let columns = values.keys.sorted()
        guard !columns.isEmpty else { return .written(key: key) }
        let set = columns.indices.map { "\(columns[$0].quoted) = ?\($0 + 1)" }.joined(separator: ", ")
        try connection.rows(
            "UPDATE \(table.name.quoted) SET \(set) WHERE \(term(from: columns.count))",
            columns.map { values[$0] ?? .null } + key)
        return .written(key: zip(table.key, key).map { values[$0] ?? $1 })
    }

    private func delete(
        _ key: [Value], _ version: String, _ outlook: String
    ) throws(StoreError) -> RowEditOutcome {
        guard let current = try self.version(of: key) else { return .gone }
        guard current == version else { return .changedSince }
        // Nobody else writes from here on, so what goes along is what was shown.
        let looker = DeleteOutlooker(connection: connection, tables: tables)
        guard try looker.outlook(of: table, key: key).digest == outlook else { return .changedSince }
        try connection.rows("DELETE FROM \(table.name.quoted) WHERE \(term(from: 0))", key)
        return .written(key: key)
    }

    private func term(from start: Int) -> String {
        table.key.indices.map { "\(table.key[$0].quoted) IS ?\(start + $0 + 1)" }.joined(separator: " AND ")
    }

    private func version(of key: [Value]) throws(StoreError) -> String? {
        let columns = (table.key + table.valueColumns.map(\.name)).map(\.quoted).joined(separator: ", ")
        let rows = try connection.rows("SELECT \(columns) FROM \(table.name.quoted) WHERE \(term(from: 0))", key)
        return rows.first.map { Self.version(key: Array($0.prefix(key.count)), values: $0.dropFirst(key.count)) }
    }

    /// The version of a row: the same exactly as long as all its values are.
    ///
    /// - Parameter values: of the columns beside the key, in the creator's order.
    package static func version(key: [Value], values: some Sequence<Value>) -> String {
        var writer = CBORWriter()
        for value in key + Array(values) { writer.write(value) }
        return String(ContentHash.of(writer.bytes).hex.prefix(32))
    }
}
