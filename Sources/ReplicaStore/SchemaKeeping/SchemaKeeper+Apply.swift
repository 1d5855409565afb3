import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// The additions that an admin of this node makes to the schema.
extension SchemaKeeper {
    /// The operations by which `sql` adds to the schema. Nothing is written.
    ///
    /// - Parameters:
    ///   - sql: the whole schema as it is to be: CREATE TABLE and CREATE INDEX.
    ///   - retiring: columns that may be missing in it, as `TABLE.COLUMN`.
    /// - Throws: `schema` or `wrongSQL`, with what to write instead.
    func difference(
        to sql: String, retiring: [String], allowIntegerKey: Set<Identifier>
    ) throws(StoreError) -> [ControlOperation] {
        // Whatever is there already was permitted once.
        let wanted = try SchemaReader.read(
            sql: sql, allowIntegerKey: allowIntegerKey,
            known: Set(transaction.state.tables.map(\.name) + transaction.state.indexes.map(\.definition.name)))
        let present = Schema(
            tables: transaction.state.tables.map(\.definition), indexes: transaction.state.indexes.map(\.definition))
        let retired = transaction.state.tables.flatMap { table in
            table.merged.columns.filter(\.isRetired).map { ColumnName(table: table.name, column: $0.name) }
        }
        let operations = try SchemaDifference(present: present, retired: Set(retired)).operations(
            to: wanted, retiring: retiring)
        if let refusal = try refusal(ofOwn: operations) { throw .schema(refusal) }
        return operations
    }

    /// Seals what `sql` adds to the schema, found in the same transaction, and makes the tables follow: another process
    /// of this node may apply a schema at the same moment.
    ///
    /// - Parameters: as those of `difference`.
    /// - Returns: what was added.
    /// - Throws: as `difference` does; `notAllowed` unless this node is an admin; `schema` where rows that are here
    ///   stand against it.
    @discardableResult
    func apply(
        _ sql: String, retiring: [String], allowIntegerKey: Set<Identifier>, now: Int64
    ) throws(StoreError) -> [ControlOperation] {
        let operations = try difference(to: sql, retiring: retiring, allowIntegerKey: allowIntegerKey)
        if !operations.isEmpty { try apply(operations, now: now) }
        return operations
    }

    /// Applies operations that are found already, as `apply` does.
    func define(_ operations: [ControlOperation], now: Int64) throws(StoreError) {
        try apply(operations, now: now)
    }

    /// Seals definitions of this node's own, if it may give them, and makes the tables follow.
    private func apply(_ operations: [ControlOperation], now: Int64) throws(StoreError) {
        guard transaction.state.roster.isAdmin(transaction.state.site) else {
            throw .notAllowed("only an admin may change the schema; ask one, or have an admin change this node's role")
        }
        try transaction.sealer.sealPending()
        let own = try transaction.ownTables.moveAside(for: operations)
        let sealed = try transaction.sealer.sealControl(operations, now: now)
        if case .void(let reason) = try transaction.standings.of(sealed.dot) { throw .schema(reason) }
        try transaction.ownTables.share(own, now: now)
        try shareColumns(operations, now: now)
        for case .createIndex(let index) in operations
        where transaction.state.indexes.contains(where: { $0.definition.name == index.name && $0.isPlain }) {
            throw .schema("rows of \(index.table) are equal in the UNIQUE index \(index.name): make them differ first")
        }
    }

    /// Shares what was made by hand under the name of a column that is added now.
    private func shareColumns(_ operations: [ControlOperation], now: Int64) throws(StoreError) {
        var present: [Identifier: Set<Identifier>] = [:]
        for case .addColumn(let added) in operations {
            if present[added.table] == nil {
                present[added.table] = Set(try transaction.ownColumns.columnNames(in: added.table))
            }
            // Asked once a table: a hundred columns of which none was there are no hundred looks.
            if present[added.table]?.contains(OwnColumns.aside(added.column.name)) == true {
                try transaction.ownColumns.shareColumn(added, now: now)
            }
        }
    }

    /// Columns that are retired, by table.
    func retiredColumns() throws(StoreError) -> [Identifier: [Identifier]] {
        Dictionary(
            uniqueKeysWithValues: transaction.state.tables.map {
                ($0.name, $0.merged.columns.filter(\.isRetired).map(\.name))
            })
    }
}
