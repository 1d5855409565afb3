import ReplicaModel
import SQLiteAccess

/// Whether the SQLite of this node makes of a description what it says: tried in an empty database in memory before an
/// author signs it. What a peer has signed is not judged by it.
package enum SchemaTrial {
    /// Why the tables and indexes cannot all be made, in this order; nil if they can.
    package static func refusal(of tables: [TableDefinition], _ indexes: [IndexDefinition]) throws(StoreError)
        -> String?
    {
        let connection = try Connection.scratch()
        for table in tables {
            if let reason = reason({ () throws(StoreError) in try connection.create(table) }) {
                return "table \(table.name) cannot be made: \(reason)"
            }
        }
        for index in indexes {
            if let reason = reason({ () throws(StoreError) in try connection.create(index) }) {
                return "index \(index.name) cannot be made: \(reason)"
            }
        }
        return nil
    }

    private static func reason(_ body: () throws(StoreError) -> Void) -> String? {
        do throws(StoreError) { try body() } catch {
            if case .sqlite(_, let message, _) = error { return message }
            return "\(error)"
        }
        return nil
    }
}
