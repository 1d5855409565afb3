import ReplicaModel
import SQLiteAccess

extension ReplicaReports {
    /// The counts that the first page of a console shows.
    package func tally() throws(StoreError) -> ReplicaTally {
        try TallyReports(transaction: try replica.read()).tally()
    }
}

/// Counts for people, at a cost that grows neither with what waits nor with what is in conflict.
struct TallyReports {
    let transaction: Transaction

    func tally() throws(StoreError) -> ReplicaTally {
        var tally = ReplicaTally()
        for feed in transaction.state.feeds { tally.waiting += Int(feed.held - feed.applied) }
        let uncounted = try transaction.standings.uncounted()
        tally.uncounted = uncounted.void + uncounted.quarantined
        for table in transaction.state.tables {
            // SQLite counts whole pages of the smallest index.
            tally.rows[table.name] = try count("SELECT count(*) FROM \(table.name.quoted)")
            let pending = try PendingNotes(connection: transaction.connection, table: table).count(
                upTo: ReplicaTally.pendingMax + 1)
            tally.pending += min(pending, ReplicaTally.pendingMax)
            if pending > ReplicaTally.pendingMax { tally.isPendingLeast = true }
        }
        try addConflicts(to: &tally)
        return tally
    }

    private func addConflicts(to tally: inout ReplicaTally) throws(StoreError) {
        tally.isLeast = try isCrowded()
        for table in transaction.state.tables {
            let found = try tally.isLeast ? marked(table) : exact(table)
            for (kind, count) in found where count > 0 { tally.open[.init(table: table.name, kindName: kind)] = count }
        }
        let groups = try transaction.connection.rows(
            "SELECT name, count(DISTINCT number) FROM caravan_equal GROUP BY name")
        for row in groups {
            guard let name = row[0].identifier, case .integer(let count) = row[1],
                let index = transaction.state.indexes.first(where: { $0.definition.name.isSame(as: name) }),
                index.isPlain
            else { continue }
            tally.open[.init(table: index.definition.table, kindName: "duplicate"), default: 0] += Int(count)
        }
    }

    /// Whether more rows have conflicts than are looked at one by one.
    func isCrowded() throws(StoreError) -> Bool {
        var left = ReplicaTally.openMax
        for table in transaction.state.tables {
            left -= try count(
                """
                SELECT count(*) FROM (SELECT 1 FROM caravan_clock_\(table.id) WHERE open IS NOT NULL LIMIT \(left + 1))
                """)
            if left < 0 { return true }
        }
        // Each row of a group is looked at, too.
        left -= try count("SELECT count(*) FROM (SELECT 1 FROM caravan_equal LIMIT \(left + 1))")
        return left < 0
    }

    /// Counts by the marks that are kept beside each row, as ``RowRecord/openBits`` tells them; 8 is a check that
    /// fails.
    private func marked(_ table: TableState) throws(StoreError) -> [String: Int] {
        var out: [String: Int] = [:]
        for row in try transaction.connection.rows(
            "SELECT open, count(*) FROM caravan_clock_\(table.id) WHERE open IS NOT NULL GROUP BY open")
        {
            guard case .integer(let marks) = row[0], case .integer(let count) = row[1] else { continue }
            if marks & 1 != 0 { out["cell", default: 0] += Int(count) }
            if marks & 4 != 0 {
                out["kept", default: 0] += Int(count)
            } else if marks & 2 != 0 {
                out["deleted-edited", default: 0] += Int(count)
            }
            if marks & 24 != 0 { out["invalid", default: 0] += Int(count) }
        }
        return out
    }

    private func exact(_ table: TableState) throws(StoreError) -> [String: Int] {
        var out: [String: Int] = [:]
        for key in try transaction.conflictReports.openKeys(of: table) {
            for report in try transaction.conflictReports.conflicts(table, key: key) {
                out[report.kindName, default: 0] += 1
            }
        }
        return out
    }

    private func count(_ sql: String) throws(StoreError) -> Int {
        guard case .integer(let count)? = try transaction.connection.value(sql) else { return 0 }
        return Int(count)
    }
}
