import ReplicaModel
import SQLiteAccess
import SyncWire

/// Tells of one row who wrote what of it, now and before.
struct RecordReports {
    let transaction: Transaction

    /// A visible row with who wrote each of its fields; nil if there is none.
    func record(table name: Identifier, key: [Value]) throws(StoreError) -> RecordReport? {
        guard let table = transaction.state.table(named: name), key.count == table.keyColumns.count else { return nil }
        let tableRows = try transaction.tableRows(of: table)
        guard let values = try tableRows.row(key), let record = try tableRows.record(key) else { return nil }
        var writers: [Identifier: WriteReport] = [:]
        let rank = { (dot: Dot) throws(StoreError) -> Rank in try transaction.log.rank(of: dot) }
        for (index, column) in table.valueColumns.enumerated() {
            if let dot = try record.clock.shown(index, rank: rank) {
                writers[column.name] = try transaction.log.write(dot)
            }
        }
        let names = table.valueColumns.map(\.name)
        return RecordReport(
            table: name, key: key, values: Dictionary(uniqueKeysWithValues: zip(names, values)), writers: writers,
            living: Set(names.indices.filter(record.clock.isLiving).map { names[$0] }),
            reports: try transaction.conflictReports.conflicts(table, key: key)
                + transaction.uniqueIndexes.duplicateReports(table, key: key))
    }

    /// The versions of a row, in the order in which this replica applied them. Nothing is indexed by row: the bytes of
    /// its key are looked for in the log, and only changesets that have them are read.
    func history(table name: Identifier, key: [Value]) throws(StoreError) -> [VersionReport] {
        var writer = CBORWriter()
        for value in key { writer.write(value) }
        let needle = writer.bytes
        var found: [(changeset: LoggedChangeset, standing: Standing, action: RowOperation.Action)] = []
        let applied = try AppliedChangesets(in: transaction)
        while let dot = try applied.next() {
            guard transaction.state.feed(dot.feed).id.scope != .control else { continue }
            let changeset = try transaction.log.logged(dot)
            guard try transaction.log.hasBytes([needle], changeset),
                let action = try action(of: changeset, table: name, key: key)
            else { continue }
            found.append((changeset, applied.standing, action))
        }
        return try versions(found)
    }

    private func versions(
        _ found: [(changeset: LoggedChangeset, standing: Standing, action: RowOperation.Action)]
    ) throws(StoreError) -> [VersionReport] {
        var contexts = ContextReader(log: transaction.log)
        var out: [VersionReport] = []
        for (index, version) in found.enumerated() {
            let context = try contexts.context(of: version.changeset.dot)
            var unseen: [WriteReport] = []
            for earlier in found[..<index] where !context.covers(earlier.changeset.dot) {
                unseen.append(try transaction.log.write(earlier.changeset.dot))
            }
            let report = try transaction.log.write(version.changeset.dot)
            out.append(
                VersionReport(
                    write: report, name: transaction.state.roster.entry(of: report.site)?.name,
                    standing: version.standing,
                    action: version.action, concurrentWith: unseen))
        }
        return out
    }

    private func action(of changeset: LoggedChangeset, table name: Identifier, key: [Value]) throws(StoreError)
        -> RowOperation.Action?
    {
        var source = OperationSource(log: transaction.log, changeset: changeset)
        do throws(OperationStop) {
            while let item = try source.next() {
                guard source.cursor.table?.name == name, source.cursor.isKey(key),
                    let operation = source.cursor.operation(item)
                else { continue }
                return operation.action
            }
        } catch {
            // A void changeset may be one that cannot be read to its end.
            if case .store(let error) = error { throw error }
        }
        return nil
    }
}
