import ReplicaModel
import ReplicaSchema
import ReplicaStore

/// The way of an alliance that was founded with fewer tables, or with tables of its own beside them.
extension DefaultSchema {
    /// The schema with all that an alliance has beside it, so that nothing is missing in it.
    ///
    /// - Throws: `schema` where a definition is one that nobody may give today.
    static func completed(by present: Schema) throws(StoreError) -> String {
        var whole = try SchemaReader.read(sql: sql, allowIntegerKey: [])
        for table in present.tables {
            guard let place = whole.tables.firstIndex(where: { $0.name.isSame(as: table.name) }) else {
                whole.tables.append(table)
                continue
            }
            whole.tables[place] = whole.tables[place].completed(by: table)
        }
        whole.indexes += present.indexes.filter { !whole.indexes.map(\.name).containsSame(as: $0.name) }
        return (whole.tables.map(SchemaSQL.createTable) + whole.indexes.map(SchemaSQL.createIndex))
            .joined(separator: ";\n")
    }
}

extension TableDefinition {
    /// The definition with the columns, references and checks of another that are not in it.
    fileprivate func completed(by other: TableDefinition) -> TableDefinition {
        TableDefinition(
            name: name, columns: columns + other.columns.filter { column($0.name) == nil }, key: key,
            isStrict: isStrict, isWithoutRowid: isWithoutRowid,
            references: references + other.references.filter { !references.contains($0) },
            checks: checks + other.checks.filter { !checks.contains($0) })
    }
}
