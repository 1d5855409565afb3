import ReplicaModel

/// Whether SQLite makes of a description what it says: tried in an empty database in memory, so that a description that passed every
/// check and still cannot be carried out is refused, or void, and never stands in the way.
enum SchemaTrial {
    /// Why the tables and indexes cannot all be made, in this order; nil if they can.
    static func refusal(of tables: [TableDefinition], _ indexes: [IndexDefinition]) throws(StoreError) -> String? {
        let connection = try Connection.scratch()
        for table in tables {
            if let reason = refusal(of: SchemaSQL.createTable(table), on: connection) {
                return "table \(table.name) cannot be made: \(reason)"
            }
        }
        for index in indexes {
            if let reason = refusal(of: SchemaSQL.createIndex(index), on: connection) {
                return "index \(index.name) cannot be made: \(reason)"
            }
        }
        return nil
    }

    private static func refusal(of sql: String, on connection: Connection) -> String? {
        do throws(StoreError) { try connection.run(sql) } catch {
            if case .sqlite(_, let message, _) = error { return message }
            return "\(error)"
        }
        return nil
    }
}
