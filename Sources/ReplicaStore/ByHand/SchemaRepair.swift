import ReplicaModel
import SQLiteAccess

/// ALTER, DROP and RENAME by hand are noticed at the next write transaction and made good. Nothing that was in the log
/// is lost: what is missing is filled from it. What was written while triggers were missing is found by folding the log
/// again, and noted like any write.
struct SchemaRepair {
    let transaction: Transaction

    /// Makes good what somebody did to the schema by hand since the last write transaction. The first act of each.
    func repairIfChanged() throws(StoreError) {
        guard try isSchemaChanged() else { return }
        try transaction.ownTables.freeFunctions()
        let bare = try remakeKept()
        let made = try transaction.renames.undoRenames()
        try transaction.ownObjects.removeUnusableIndexes()
        var inspection = try SchemaInspection(transaction)
        inspection.add(unwatched: bare.notes + bare.clocks)
        guard !inspection.isWhole || !made.isEmpty else { return }
        try putRight(inspection, made, clocks: bare.clocks)
    }

    /// Makes the tables for notes and clocks anew that somebody dropped: what they held follows from the log and from
    /// what the people's tables have now.
    ///
    /// - Returns: the tables whose notes are gone, and those whose clocks are.
    private func remakeKept() throws(StoreError) -> (notes: [TableState], clocks: [TableState]) {
        let present = Set(
            try transaction.connection.rows(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'caravan!_%' ESCAPE '!'"
            ).compactMap { $0.first?.identifier })
        var (notes, clocks): ([TableState], [TableState]) = ([], [])
        for table in transaction.state.tables {
            let layout = PendingLayout(table)
            if !present.contains(Identifier(layout.name)) {
                try transaction.connection.run(layout.createTable)
                notes.append(table)
            }
            if !present.contains(Identifier(ReplicaFormat.clockName(id: table.id))) {
                for sql in ReplicaFormat.clockTable(id: table.id, keyCount: table.keyColumns.count) {
                    try transaction.connection.run(sql)
                }
                clocks.append(table)
            }
        }
        if !notes.isEmpty || !clocks.isEmpty { transaction.forgetLayouts() }
        return (notes, clocks)
    }

    /// Makes tables anew that hold what their definitions cannot, whatever let it in. Nothing is pending.
    func remakeMisfits(_ tables: [TableState]) throws(StoreError) {
        try noticeAlteredTexts()
        if transaction.file.hasAlteredTexts { try readSchemaAnew() }
        var inspection = try SchemaInspection(transaction)
        inspection.add(altered: tables)
        try putRight(inspection, [:])
    }

    /// - Parameters:
    ///   - made: what was made under the names of replicated tables that were renamed, by their ids.
    ///   - clocks: the tables whose clocks are gone.
    private func putRight(
        _ inspection: SchemaInspection, _ made: [Int64: Identifier], clocks: [TableState] = []
    ) throws(StoreError) {
        try transaction.capture.dropTriggers(of: transaction.state.tables.map(\.id))
        try transaction.setMeta("capture", .null)
        for index in inspection.ownUnique { try relaxUnique(index.name, index.sql) }
        let isToFill = !inspection.altered.isEmpty || !inspection.unwatched.isEmpty
        let scratch = isToFill ? try ScratchReplica(of: transaction, .everything, progress: { _, _ in }) : nil
        defer { withExtendedLifetime(scratch) {} }
        let log = try scratch?.replica.read()
        if let log {
            for table in clocks { _ = try transaction.unseenWrites.mendClocks(table, from: log) }
            var dropped: [TableState] = []
            for table in inspection.altered where try transaction.remaker.isMadeAnew(table) { dropped.append(table) }
            try transaction.cascades.undoCascades(of: dropped, from: log)
            for table in inspection.altered { try transaction.remaker.remake(table, from: log) }
        }
        for (id, entered) in made.sorted(by: { $0.key < $1.key }) {
            if let table = transaction.state.table(id: id) { try transaction.remaker.merge(entered, into: table) }
        }
        for index in inspection.alteredIndexes { try transaction.ownObjects.giveWay(index.definition.name) }
        for index in transaction.state.indexes { try remake(index) }
        transaction.forgetLayouts()
        try transaction.references.indexReferences()
        try transaction.capture.refreshCapture()
        if let log { for table in inspection.unwatched { try noteDifferences(table, log) } }
    }

    /// A UNIQUE that one node has alone would refuse what others may write, and no merge may stop for that.
    private func relaxUnique(_ name: Identifier, _ sql: String) throws(StoreError) {
        let head = "CREATE UNIQUE INDEX "
        try transaction.connection.run("DROP INDEX \(name.quoted)")
        // As SQLite keeps it, whoever wrote it.
        guard sql.hasPrefix(head) else { return }
        try transaction.connection.run("CREATE INDEX " + sql.dropFirst(head.count))
        try transaction.setMeta("plain \(name.folded)", .integer(1))
    }

    /// Indexes that were made by hand as UNIQUE ones and are plain.
    func ownPlainIndexes() throws(StoreError) -> [Identifier] {
        let known = Set(transaction.state.indexes.map(\.definition.name.folded))
        return try transaction.connection.rows(
            """
            SELECT i.name FROM sqlite_master AS i JOIN caravan_meta AS m ON m.name = 'plain ' || lower(i.name) WHERE \
            i.type = 'index' ORDER BY 1
            """
        ).compactMap {
            row in
            row.first?.identifier.flatMap { known.contains($0.folded) ? nil : $0 }
        }
    }

    /// Whether somebody else has changed the schema since the last write transaction here, or had before this process
    /// opened the file.
    func isSchemaChanged() throws(StoreError) -> Bool {
        guard !transaction.state.tables.isEmpty else { return false }
        if transaction.file.hasAlteredTexts { return true }
        return try transaction.meta("schema") != schemaMark()
    }

    func noteSchemaVersion() throws(StoreError) {
        let present = try schemaMark()
        let isNew = try transaction.meta("schema") != present
        if isNew { try transaction.setMeta("schema", present) }
        if isNew || transaction.file.hasAlteredTexts { try noteTexts() }
    }

    /// The mark that changes whenever somebody changes the schema. Older software noted the bare number, and no texts
    /// with it.
    func schemaMark() throws(StoreError) -> Value {
        guard case .integer(let version)? = try transaction.connection.value("PRAGMA schema_version") else {
            return .null
        }
        return .text("\(version) with texts")
    }

    private func remake(_ index: IndexState) throws(StoreError) {
        let name = index.definition.name
        guard
            try transaction.connection.value(
                "SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = ?1 COLLATE NOCASE", [.text(name)]) == nil
        else { return }
        do { try transaction.connection.create(index.written) } catch {
            // Rows that were made equal while it was gone: as if a merge had made them so.
            guard case .sqlite(ResultCode.uniqueFailed, _, _) = error,
                let table = transaction.state.table(named: index.definition.table)
            else { throw error }
            try transaction.schemaKeeper.relaxUnique(index.definition, table)
        }
    }

    /// Notes every row that is not what the log makes it, so that the next sealing has it.
    private func noteDifferences(_ table: TableState, _ scratch: Transaction) throws(StoreError) {
        guard let other = scratch.state.table(named: table.name) else { return }
        var known = Dictionary(
            try scratch.repair.rowsByPlace(other).map { ($0.key, $0.values) }, uniquingKeysWith: { first, _ in first })
        let notes = PendingNotes(connection: transaction.connection, table: table)
        let now = try transaction.connection.value("SELECT \(CaptureTriggers.now)")
        let time: Int64 = if case .integer(let now)? = now { now } else { 0 }
        for row in try rowsByPlace(table) {
            let before = known.removeValue(forKey: row.key)
            guard before != row.values else { continue }
            if before == nil { try notes.note(.inserted, row.key, at: time) }
            for (place, column) in table.valueColumns.enumerated()
            where before != nil && before?[column.name] != row.values[column.name] {
                try notes.noteWrite(of: place, row.key, at: time)
            }
        }
        for key in known.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) { try notes.note(.stays, key, at: time) }
    }

    private func rowsByPlace(_ table: TableState) throws(StoreError) -> [(key: [Value], values: [Identifier: Value])] {
        let names = table.keyColumns.map(\.name) + table.valueColumns.map(\.name)
        let rows = try transaction.connection.rows(
            "SELECT \(names.map(\.quoted).joined(separator: ", ")) FROM \(table.name.quoted)")
        return rows.map { row in
            (
                Array(row.prefix(table.keyColumns.count)),
                Dictionary(
                    uniqueKeysWithValues: zip(table.valueColumns.map(\.name), row.dropFirst(table.keyColumns.count)))
            )
        }
    }

    /// Columns that somebody added by hand, by table: they are on this node only until `schema apply` shares them.
    func ownColumns() throws(StoreError) -> [Identifier: [Identifier]] {
        Dictionary(
            uniqueKeysWithValues: try SchemaInspection(transaction).ownColumns.map { ($0.table.name, $0.columns) })
    }
}
