import ReplicaModel
import ReplicaStore
import SyncEngine

extension Node {
    /// Columns that are retired, by table.
    public func retiredColumns() throws(NodeError) -> [Identifier: [Identifier]] {
        try store { engine in try engine.replica.admin.retiredColumns() }
    }

    /// Makes a table anew with its columns in the order that they have everywhere. Seals first; nothing is sent.
    public func rebuild(table: String) throws(NodeError) {
        try sealPending()
        try store { engine in try engine.replica.admin.reorder(Identifier(table)) }
    }

    /// Seals the difference between the present schema and `sql` as definitions that only add, and makes the tables
    /// follow.
    ///
    /// - Parameters:
    ///   - sql: the whole schema as it is to be: CREATE TABLE and CREATE INDEX.
    ///   - retiring: columns that may be missing in it, as `TABLE.COLUMN`.
    ///   - dryRun: only tell what would be done.
    /// - Returns: what was done; nothing if the schema is that already.
    /// - Throws: `schema` or `wrongSQL`, with what to write instead; `noRight` unless this node is an admin.
    @discardableResult
    public func applySchema(
        sql: String, retiring: [String], allowIntegerKey: [String], dryRun: Bool
    ) throws(NodeError) -> [ControlOperation] {
        let integerKeys = Set(allowIntegerKey.map { Identifier($0) })
        return try store { engine in
            let replica = engine.replica
            guard !dryRun else {
                return try replica.admin.difference(to: sql, retiring: retiring, allowIntegerKey: integerKeys)
            }
            return try replica.admin.apply(
                sql, retiring: retiring, allowIntegerKey: integerKeys, with: engine.key, now: Clocks.now.wall)
        }
    }
}
