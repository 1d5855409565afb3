import ReplicaModel
import SQLiteAccess

extension ReplicaReports {
    /// Lists all conflicts, those first that are open longest; nil where there are so many that they are read by table
    /// and key, page by page.
    ///
    /// - Parameter kind: as ``ConflictReport/kindName``; nil for every kind.
    package func inbox(table: Identifier?, kind: String?) throws(StoreError) -> [DatedConflict]? {
        try ConflictInbox(transaction: try replica.read()).list(table: table, kind: kind)
    }
}

/// Puts conflicts into the order in which they came to be.
struct ConflictInbox {
    let transaction: Transaction

    func list(table wanted: Identifier?, kind: String?) throws(StoreError) -> [DatedConflict]? {
        guard try !TallyReports(transaction: transaction).isCrowded() else { return nil }
        var out: [DatedConflict] = []
        for table in transaction.state.tables where wanted == nil || table.name == wanted {
            var found: [ConflictReport] = []
            for key in try transaction.conflictReports.openKeys(of: table) {
                found += try transaction.conflictReports.conflicts(table, key: key)
            }
            found += try transaction.uniqueIndexes.duplicateReports(table)
            for report in found where kind == nil || report.kindName == kind {
                out.append(DatedConflict(report: report, since: try since(report)))
            }
        }
        // What came at once stands as it was found: by table and key.
        return out.enumerated().sorted { ($0.element.since, $0.offset) < ($1.element.since, $1.offset) }.map(\.element)
    }

    private func since(_ report: ConflictReport) throws(StoreError) -> Stamp {
        switch report.kind {
        case .cell(_, _, let candidates):
            let stamps = candidates.map(\.write.stamp).sorted()
            return stamps.dropFirst().first ?? stamps.first ?? Stamp(bits: 0)
        case .deletedEdited(let deletes): return deletes.map(\.stamp).max() ?? Stamp(bits: 0)
        case .duplicate(_, let keys):
            var latest = Stamp(bits: 0)
            for key in keys { latest = max(latest, try written(report.table, key)) }
            return latest
        case .kept, .invalid: return try written(report.table, report.key)
        }
    }

    /// The stamp of the last write that a row shows.
    private func written(_ name: Identifier, _ key: [Value]) throws(StoreError) -> Stamp {
        var latest = Stamp(bits: 0)
        guard let table = transaction.state.table(named: name),
            let record = try transaction.tableRows(of: table).record(key)
        else { return latest }
        let rank = { (dot: Dot) throws(StoreError) -> Rank in try transaction.log.rank(of: dot) }
        for column in table.valueColumns.indices {
            guard let dot = try record.clock.shown(column, rank: rank) else { continue }
            latest = max(latest, try rank(dot).stamp)
        }
        return latest
    }
}
