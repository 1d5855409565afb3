import ReplicaModel
import SQLiteAccess

/// Settles which rows are visible: the least set such that a row is in it if it is alive, or if a visible row refers to
/// it.
///
/// Counting references is not enough, for dead rows that refer to each other would keep each other. So what a
/// transaction made doubtful is hidden first, with all that it alone kept, and then shown again as far as something
/// visible refers to it ("delete and rederive": Gupta, Mumick, Subrahmanian, "Maintaining Views Incrementally", 1993).
/// Nothing else is looked at.
struct References {
    let transaction: Transaction

    func settleReferences() throws(StoreError) {
        var candidates = try hideDoubtful()
        for row in transaction.dirtyRows.wanted { if try !isThere(row) { candidates.append(row) } }
        transaction.dirtyRows.forgetReferences()
        var referrers: [Int64: [Statement]] = [:]
        while let row = candidates.popLast() { candidates += try showIfReferredTo(row, &referrers) }
    }

    /// Dead rows that may have to be shown again: those that died, and those that were kept until now.
    private func hideDoubtful() throws(StoreError) -> [RowRef] {
        var left = Array(transaction.dirtyRows.doubtful)
        for table in transaction.dirtyRows.doubtfulTables { left += try keptRows(of: table) }
        var seen: Set<RowRef> = []
        var out: [RowRef] = []
        while let row = left.popLast() {
            guard seen.insert(row).inserted, let tableRows = try transaction.tableRows(of: row.table),
                let record = try tableRows.record(row.key),
                !record.clock.isAlive
            else { continue }
            out.append(row)
            if record.isKept { left += try hide(row, record, tableRows) }
        }
        return out
    }

    /// Takes a kept row out of its table into the archive. Returns what it referred to.
    private func hide(_ row: RowRef, _ record: RowRecord, _ tableRows: TableRows) throws(StoreError) -> [RowRef] {
        guard let values = try tableRows.row(row.key) else { throw tableRows.missing(row.key) }
        var record = record
        record.archive = values
        try tableRows.delete(row.key)
        try tableRows.save(record, key: row.key)
        transaction.file.slice.applied += 1
        transaction.dirtyRows.touched(row.key, in: tableRows)
        return tableRows.links.compactMap { $0.target(key: row.key, values: values) }
    }

    /// Puts a dead row back into its table if something visible refers to it. Returns what it refers to itself.
    ///
    /// - Parameter referrers: by table, what finds a row that refers to one of it.
    private func showIfReferredTo(_ row: RowRef, _ referrers: inout [Int64: [Statement]]) throws(StoreError) -> [RowRef]
    {
        guard let tableRows = try transaction.tableRows(of: row.table), var record = try tableRows.record(row.key),
            !record.clock.isAlive,
            let values = record.archive, record.clock.base != nil, try isReferredTo(row, &referrers)
        else { return [] }
        // One small changeset may do this to any number of rows, and each takes its time.
        transaction.file.slice.applied += 1
        record.archive = nil
        try tableRows.save(record, key: row.key)
        let insert = try tableRows.insert(columns: Array(values.indices))
        try tableRows.bindKey(row.key, to: insert)
        for (index, value) in values.enumerated() { try insert.bind(value, at: row.key.count + index + 1) }
        try transaction.uniqueIndexes.stepRelaxingUnique(insert, tableRows: tableRows)
        transaction.dirtyRows.touched(row.key, in: tableRows)
        return tableRows.links.compactMap { $0.target(key: row.key, values: values) }
    }

    func isThere(_ row: RowRef) throws(StoreError) -> Bool {
        try transaction.tableRows(of: row.table)?.has(row.key) ?? true
    }

    private func isReferredTo(_ row: RowRef, _ referrers: inout [Int64: [Statement]]) throws(StoreError) -> Bool {
        let finding: [Statement]
        if let known = referrers[row.table] {
            finding = known
        } else {
            finding = try finders(of: row.table)
            referrers[row.table] = finding
        }
        for statement in finding { if try statement.first(row.key) != nil { return true } }
        return false
    }

    private func finders(of table: Int64) throws(StoreError) -> [Statement] {
        var out: [Statement] = []
        for link in transaction.state.references.to(table) {
            guard let source = transaction.state.table(id: link.source) else { continue }
            out.append(
                try transaction.statement("SELECT 1 FROM \(source.name.quoted) WHERE \(Self.term(link)) LIMIT 1"))
        }
        return out
    }

    /// Lists every visible row that refers to this one, ascending.
    func referrers(of row: RowRef) throws(StoreError) -> [RowName] {
        var out: Set<RowName> = []
        for link in transaction.state.references.to(row.table) {
            guard let source = transaction.state.table(id: link.source) else { continue }
            let keys = source.keyColumns.map(\.name.quoted).joined(separator: ", ")
            for key in try transaction.connection.rows(
                "SELECT \(keys) FROM \(source.name.quoted) WHERE \(Self.term(link))", row.key)
            {
                out.insert(RowName(table: source.name, key: key))
            }
        }
        return out.sorted()
    }

    private static func term(_ link: ReferenceMap.Link) -> String {
        KeyPredicate.of(link.columns.map(\.quoted))
    }

    private func keptRows(of table: Int64) throws(StoreError) -> [RowRef] {
        guard let table = transaction.state.table(id: table) else { return [] }
        let keys = table.clockKeys
        return try transaction.connection.rows(
            "SELECT \(keys) FROM caravan_clock_\(table.id) WHERE open IS NOT NULL AND open & 4"
        ).map {
            RowRef(table: table.id, key: $0)
        }
    }

    /// Indexes on the columns that refer, where the schema has none: a delete looks for what refers to the row, and so
    /// does SQLite.
    func indexReferences() throws(StoreError) {
        let indexes = Dictionary(grouping: transaction.state.indexes, by: \.definition.table)
        for table in transaction.state.tables {
            for link in transaction.state.references.from(table.id) {
                let columns = Set(link.columns)
                let isCovered =
                    Set(table.definition.key.prefix(columns.count)) == columns
                    || (indexes[table.name] ?? []).contains { index in
                        Set(index.definition.parts.prefix(columns.count).compactMap(\.column)) == columns
                            && index.definition.condition == nil
                            && index.definition.parts.prefix(columns.count).allSatisfy { $0.collation == "BINARY" }
                    }
                guard !isCovered else { continue }
                let names = link.columns.map(\.quoted).joined(separator: ", ")
                let name = Identifier("caravan_refers_\(table.id)_\(link.columns.joined(separator: "_"))")
                try transaction.connection.run(
                    "CREATE INDEX IF NOT EXISTS \(name.quoted) ON \(table.name.quoted)(\(names))")
            }
        }
    }
}
