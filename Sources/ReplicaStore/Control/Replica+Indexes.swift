import ReplicaModel
import SyncWire

/// A replicated index as it stands here.
struct IndexState {
    let definition: IndexDefinition
    /// A UNIQUE index that stands as a plain one, because a merge made duplicates.
    let isPlain: Bool
}

extension Replica {
    func indexes(of table: String? = nil) throws(StoreError) -> [IndexState] {
        let rows = try connection.rows("SELECT definition, plain FROM caravan_index ORDER BY name")
        var out: [IndexState] = []
        for row in rows {
            guard case .blob(let bytes) = row[0], case .createIndex(let definition)? = try? ControlCodec.decode(bytes).first else {
                throw .damaged("the definition of an index in \(path) cannot be read")
            }
            if table == nil || definition.table == table {
                out.append(IndexState(definition: definition, isPlain: row[1] == .integer(1)))
            }
        }
        return out
    }

    /// Turns a UNIQUE index into a plain one.
    func makePlain(_ index: IndexDefinition) throws(StoreError) {
        let plain = IndexDefinition(name: index.name, table: index.table, isUnique: false, parts: index.parts)
        try connection.run("DROP INDEX \(index.name.quoted); \(SchemaSQL.createIndex(plain))")
        try connection.rows("UPDATE caravan_index SET plain = 1 WHERE name = ?1", [.text(index.name)])
    }
}
