import Foundation
import ReplicaModel
import ReplicaSchema
import ReplicaStore
import SyncEngine

/// The work of the person who looks after a node: its schema, its repair, its backup.
public struct NodeAdmin: Sendable {
    let node: Node

    /// The alliance's schema as SQL, and as definitions.
    public func schema() async throws(NodeError) -> (
        sql: [String], tables: [TableDefinition], indexes: [IndexDefinition]
    ) {
        let (tables, indexes) = try await node.store { engine in
            let schema = try engine.replica.admin.schema()
            return (schema.tables, schema.indexes)
        }
        return (tables.map(SchemaSQL.createTable) + indexes.map(SchemaSQL.createIndex), tables, indexes)
    }

    /// Columns that are retired, by table.
    public func retiredColumns() async throws(NodeError) -> [Identifier: [Identifier]] {
        try await node.store { engine in try engine.replica.admin.retiredColumns() }
    }

    /// Makes a table anew with its columns in the order that they have everywhere. Seals first; nothing is sent.
    public func rebuild(table: String) async throws(NodeError) {
        try await node.store { engine in
            try engine.seal()
            try engine.replica.admin.reorder(Identifier(table))
        }
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
    ) async throws(NodeError) -> [ControlOperation] {
        let integerKeys = Set(allowIntegerKey.map { Identifier($0) })
        return try await node.store { engine in
            let replica = engine.replica
            guard !dryRun else {
                return try replica.admin.difference(to: sql, retiring: retiring, allowIntegerKey: integerKeys)
            }
            return try replica.admin.apply(sql, retiring: retiring, allowIntegerKey: integerKeys, now: Clocks.now.wall)
        }
    }

    /// Folds tables anew from the log: rows that are missing come back, and what the log has not is sealed as an edit.
    ///
    /// - Parameter tables: replicated tables; nil for all.
    public func repair(
        tables: [String]?, progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws(NodeError) -> [RepairReport] {
        let names = tables?.map { Identifier($0) }
        return try await node.store { engine in
            try engine.seal()
            let reports = try engine.replica.admin.repair(tables: names, progress: progress)
            try engine.seal()
            return reports
        }
    }

    /// Seals, and writes a copy of the replica as of one moment into `file`, which must not be there yet. The key is
    /// not in it.
    ///
    /// - Parameter progress: pages done and in all.
    /// - Returns: changesets in the copy.
    public func backUp(
        to file: String, progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws(NodeError) -> UInt64 {
        guard !file.isEmpty else { throw NodeError(kind: .usage, message: "the backup's file has no name: write one") }
        guard !FileManager.default.fileExists(atPath: file) else {
            throw NodeError(kind: .usage, message: "\(file) is there already: name a file that is not")
        }
        return try await node.store { engine in
            try engine.seal()
            // Nobody takes half a copy for a backup.
            let part = file + ".part"
            try? FileManager.default.removeItem(atPath: part)
            guard FileManager.default.createFile(atPath: part, contents: nil, attributes: [.posixPermissions: 0o600])
            else {
                throw NodeError(
                    kind: .readOnly,
                    message: "\(file) cannot be written: check that its folder is there and who owns it")
            }
            do {
                try engine.replica.admin.backUp(to: part, progress: progress)
                let count = try Replica(path: part).changesetCount()
                _ = try Replica.isInUse(path: part)
                try NodeHome.move(part, to: file)
                return count
            } catch {
                for suffix in ["", "-journal", "-wal", "-shm"] {
                    try? FileManager.default.removeItem(atPath: part + suffix)
                }
                throw error
            }
        }
    }
}

extension Replica {
    func changesetCount() throws(StoreError) -> UInt64 { try vectors().held.changesets() }
}
