import ReplicaModel
import ReplicaSchema
import ReplicaStore
import SQLiteAccess

/// A UNIQUE in which no two rows are equal is one that SQLite keeps: a person who enters an equal row is refused,
/// whatever was merged, dropped or made anew before. Seen by entering one, in a transaction that is taken back.
package struct UniqueHolds: Looking {
    static func check(_ schema: Schema, conflicts: Set<ConflictReport>, _ client: RawClient, at name: String)
        throws(LookError)
    {
        for index in schema.indexes where index.isUnique && !isListed(index, conflicts) {
            guard let table = schema.tables.first(where: { $0.name == index.table }), let sql = probe(index, table)
            else { continue }
            try Self.judgingAll { () throws(Violation) in
                guard try takes(sql, client, name) else { return }
                throw Violation(
                    "unique holds",
                    "\(name) takes a row that is equal to another in \(index.name), and lists no two that are")
            }
        }
    }

    private static func isListed(_ index: IndexDefinition, _ conflicts: Set<ConflictReport>) -> Bool {
        conflicts.contains { if case .duplicate(let name, _) = $0.kind { name == index.name } else { false } }
    }

    /// Enters the row again that is first in the index, under another key. What else may be empty is, so that no other
    /// constraint refuses it. Nil where that cannot be.
    private static func probe(_ index: IndexDefinition, _ table: TableDefinition) -> String? {
        let parts = index.parts.compactMap(\.column)
        guard parts.count == index.parts.count, Set(parts).isDisjoint(with: table.key) else { return nil }
        // A row is in a partial index by what its condition is of, too.
        let isOf = { (name: Identifier) in
            index.condition?.contains(name.inSQL) ?? false || index.condition?.contains(name.text) ?? false
        }
        let columns = table.valueColumns.filter { parts.contains($0.name) || $0.isNotNull || isOf($0.name) }.map(\.name)
        let isIn = parts.map { "\($0.inSQL) IS NOT NULL" } + (index.condition.map { ["(\($0))"] } ?? [])
        let key = table.key.map { freshKey(table.column($0)?.type ?? "") }.joined(separator: ", ")
        return """
            INSERT INTO \(table.name.inSQL)(\((table.key + columns).inSQL)) SELECT \(key), \(columns.inSQL) FROM \
            \(table.name.inSQL)
            WHERE \(isIn.joined(separator: " AND ")) LIMIT 1
            """
    }

    /// The SQL of a key's value that no row has which people write, by the type of the column.
    private static func freshKey(_ type: String) -> String {
        switch type {
        case "INTEGER": "4611686018427387904"
        case "BLOB": "X'FEFE'"
        default: "'never written'"
        }
    }

    /// Whether the replica took a row. There may be none that could be entered again.
    private static func takes(_ sql: String, _ client: RawClient, _ name: String) throws(Violation) -> Bool {
        do throws(StoreError) {
            try client.run("BEGIN")
            defer { try? client.run("ROLLBACK") }
            try client.run(sql)
            return try client.rows("SELECT changes()") != [[.integer(0)]]
        } catch {
            guard case .sqlite = error else {
                throw Violation("errors", "\(name) met an error while an equal row was entered: \(error)")
            }
            return false
        }
    }
}
