import ReplicaModel
import SQLiteAccess

/// Settles many reports by writing as a person would, in one transaction, of which the next sealing makes one
/// changeset.
package final class BulkResolver {
    private let replica: Replica
    private let own: Connection
    /// The connection that is written into: `own`, or that of a copy.
    private var connection: Connection
    private let now: Int64
    private var statements: [String: Statement] = [:]

    /// - Parameter now: milliseconds since 1970.
    package init(replica: Replica, now: Int64) throws(StoreError) {
        self.replica = replica
        self.now = now
        own = try Connection(path: replica.path, access: .readWrite, on: replica.connection.disk)
        connection = own
    }

    /// Settles all that is listed, or a part of it. What is pending was sealed before.
    ///
    /// - Parameters:
    ///   - table: nil for every table.
    ///   - kind: as `conflicts` names it; nil for every kind.
    ///   - seen: what was applied when the reports were shown; what was written since stays open. Nil for whatever is
    ///     there.
    ///   - isDry: whether nothing is kept of it.
    /// - Returns: what was done; nil, with nothing done, where something is pending: seal, and do it again.
    /// - Throws: `notAllowed` for a reader.
    package func settle(
        _ choice: BulkResolution, table: Identifier?, kind: String?, seen: Vector? = nil, isDry: Bool
    ) throws(StoreError) -> BulkReport? {
        let trial = isDry ? try trial(of: table) : nil
        defer { withExtendedLifetime(trial) {} }
        (connection, statements) = (trial?.connection ?? own, [:])
        // A guard then refuses at once what would leave a reference without its row, and ON DELETE takes nothing along.
        try connection.run("PRAGMA foreign_keys = OFF")
        try connection.begin(isWriting: true)
        defer { connection.rollBack() }
        let transaction = try replica.read()
        guard transaction.state.mayWrite else {
            throw .notAllowed("this node may not write: ask an admin for another role")
        }
        guard try !transaction.capture.hasPending() else { return nil }
        var out = BulkReport()
        let sight = seen.map { SeenState(applied: $0, transaction: transaction) }
        let isCurrent = sight?.hasSameControl() ?? true
        for report in try transaction.conflictReports.conflicts(table: table)
        where kind == nil || report.kindName == kind {
            guard let table = transaction.state.table(named: report.table) else { continue }
            if let sight {
                guard isCurrent, try sight.covers(report, of: table) else {
                    out.leave(report, "it was written into since it was shown: look at it once more")
                    continue
                }
            }
            if let reason = try refusal(of: report, choice, table, transaction) {
                out.leave(report, reason)
            } else {
                out.settle(isChange: choice.changes(report))
            }
        }
        if !isDry { try connection.run("COMMIT") }
        return out
    }

    /// The copy on which much is tried; nil where it is little.
    private func trial(of table: Identifier?) throws(StoreError) -> TrialCopy? {
        let transaction = try replica.read()
        return try TrialCopy.of(transaction, trying: try transaction.conflictReports.conflicts(table: table).count)
    }

    /// Settles one report. Where that cannot be: why, and nothing is written for it.
    private func refusal(
        of report: ConflictReport, _ choice: BulkResolution, _ table: TableState, _ transaction: Transaction
    ) throws(StoreError) -> String? {
        try run("SAVEPOINT caravan_settle")
        let reason: String?
        do {
            reason =
                switch choice {
                case .takeShown: try confirm(report, table)
                case .takeSite(let site): try take(from: site, report, table, transaction)
                case .mergeDuplicates:
                    try DuplicateMerge(table: table, transaction: transaction, now: now, run: run(_:_:)).merge(report)
                }
        } catch {
            switch error {
            case .sqlite(let code, let message, _) where code & 0xFF == ResultCode.constraintFailed: reason = message
            case .wrongSQL(let message): reason = message
            default: throw error
            }
        }
        if reason != nil { try run("ROLLBACK TO caravan_settle") }
        try run("RELEASE caravan_settle")
        return reason
    }

    private func confirm(_ report: ConflictReport, _ table: TableState) throws(StoreError) -> String? {
        let notes = PendingNotes(connection: connection, table: table)
        switch report.kind {
        case .cell(let name, _, _):
            guard let column = table.valueColumns.firstIndex(where: { $0.name == name }) else { return nil }
            try notes.noteWrite(of: column, report.key, at: now)
        case .deletedEdited: try notes.note(.stays, report.key, at: now)
        case .kept: try notes.note(.inserted, report.key, at: now)
        case .duplicate: return "two rows have one value: merge them with --merge, or change one"
        case .invalid: return "what is shown is not valid: write another value"
        }
        return nil
    }

    private func take(
        from site: SiteID, _ report: ConflictReport, _ table: TableState, _ transaction: Transaction
    ) throws(StoreError) -> String? {
        guard case .cell(let name, _, let candidates) = report.kind else {
            return "there is no value of a site to take"
        }
        guard let column = table.valueColumns.firstIndex(where: { $0.name == name }),
            let wanted = candidates.first(where: { $0.write.site == site })
        else { return "that site wrote none of its values" }
        guard candidates.allSatisfy({ $0.write.site != site || $0.hasValue(of: wanted) }) else {
            return "that site wrote several of its values: choose one"
        }
        _ = try run(
            "UPDATE \(table.name.quoted) SET \(name.quoted) = ?\(report.key.count + 1) WHERE \(table.keyTerm)",
            report.key + [try transaction.conflictReports.value(of: wanted, in: report)])
        try PendingNotes(connection: connection, table: table).noteWrite(of: column, report.key, at: now)
        return nil
    }

    /// Runs a statement that is prepared once, and returns its first row.
    @discardableResult
    private func run(_ sql: String, _ values: [Value] = []) throws(StoreError) -> [Value]? {
        if let known = statements[sql] { return try known.first(values) }
        let made = try connection.prepare(sql)
        statements[sql] = made
        return try made.first(values)
    }
}

extension BulkResolution {
    /// Whether a table shows something else once a report is settled so.
    fileprivate func changes(_ report: ConflictReport) -> Bool {
        switch self {
        case .takeShown: false
        case .mergeDuplicates: true
        case .takeSite(let site):
            if case .cell(_, _, let candidates) = report.kind {
                candidates.first { $0.write.site == site }.map { !$0.hasValue(of: candidates[0]) } ?? false
            } else {
                false
            }
        }
    }
}
