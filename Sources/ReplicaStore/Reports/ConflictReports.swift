import ReplicaModel
import SQLiteAccess

/// Lists what people should look at.
struct ConflictReports {
    let transaction: Transaction

    /// The conflicts that people should look at, by table, key, and column. Derived from row clocks, so the cost is
    /// that of what is open and not of what is stored.
    func conflicts(table wanted: Identifier? = nil) throws(StoreError) -> [ConflictReport] {
        var out: [ConflictReport] = []
        for table in transaction.state.tables where wanted == nil || table.name == wanted {
            for key in try openKeys(of: table) { out += try conflicts(table, key: key) }
            out += try transaction.uniqueIndexes.duplicateReports(table)
        }
        return out
    }

    /// How many there are, without what each of them is.
    func count() throws(StoreError) -> Int {
        var count = 0
        for table in transaction.state.tables {
            let tableRows = try transaction.tableRows(of: table)
            for key in try openKeys(of: table) {
                guard let record = try tableRows.record(key), record.isVisible else { continue }
                count += record.clock.columnsInConflict.count
                if record.isKept || !record.clock.openDeletes.isEmpty { count += 1 }
                if record.clock.showsQuarantined { count += 1 }
                count += try transaction.constraints.failedChecks(table, key).count
            }
            count += try transaction.uniqueIndexes.duplicateReports(table).count
        }
        return count
    }

    /// The whole value of a candidate, of which a report may have the beginning.
    func value(of candidate: ConflictReport.Candidate, in report: ConflictReport) throws(StoreError) -> Value {
        guard candidate.isCut, case .cell(let name, _, _) = report.kind else { return candidate.value }
        guard let table = transaction.state.table(named: report.table),
            let column = table.valueColumns.firstIndex(where: { $0.name == name }),
            let dot = transaction.state.dot(candidate.write.seq, of: candidate.write.feed)
        else { throw .notFound("table \(report.table) has no column \(name) any more: begin anew") }
        return try WrittenValues(transaction: transaction).value(in: column, of: report.key, table, by: dot)
    }

    /// The whole values of a cell's candidates, in their order, where they are few and found at once; nil else.
    func quickValues(of report: ConflictReport) throws(StoreError) -> [Value]? {
        guard case .cell(_, _, let candidates) = report.kind, candidates.count <= Self.quickCandidatesMax else {
            return nil
        }
        var out: [Value] = []
        for candidate in candidates {
            if candidate.isCut {
                guard candidate.byteCount <= Self.quickBytesMax,
                    let dot = transaction.state.dot(candidate.write.seq, of: candidate.write.feed),
                    try transaction.log.logged(dot).header.chunkHashes.count <= Self.quickChunksMax
                else { return nil }
            }
            out.append(try value(of: candidate, in: report))
        }
        return out
    }

    private static let quickCandidatesMax = 4
    private static let quickBytesMax = 1 << 20
    /// Some 1 MB, which is read to find one value in it.
    private static let quickChunksMax = 16

    /// The name that a report gives to the rule that what is shown counts.
    private static let quarantined = "quarantined"

    /// - Parameters:
    ///   - first: the key with which the list begins.
    ///   - kind: as ``ConflictReport/kindName``: rows that have none of it are not read; nil for every kind.
    ///   - most: more are not listed; nil for all.
    func openKeys(
        of table: TableState, from first: [Value]? = nil, kind: String? = nil, max most: Int? = nil
    ) throws(StoreError) -> [[Value]] {
        let keys = table.clockKeys
        let marks = (1...table.keyColumns.count).map { "?\($0)" }.joined(separator: ", ")
        let begin = first?.count == table.keyColumns.count ? " AND (\(keys)) >= (\(marks))" : ""
        return try transaction.connection.rows(
            """
            SELECT \(keys) FROM caravan_clock_\(table.id) WHERE open IS NOT NULL\(OpenMarks.term(of: kind))\(begin) \
            ORDER BY \(keys) LIMIT \(most ?? -1)
            """,
            begin.isEmpty ? [] : first ?? [])
    }

    /// The conflicts of one row that people should look at; rows that are equal in a UNIQUE are not among them.
    func conflicts(_ table: TableState, key: [Value]) throws(StoreError) -> [ConflictReport] {
        guard let record = try transaction.tableRows(of: table).record(key), record.isVisible else { return [] }
        let clock = record.clock
        var out: [ConflictReport] = []
        for column in clock.columnsInConflict {
            let ranked = try clock.conflict(
                in: column, rank: { (dot) throws(StoreError) -> Rank in try transaction.log.rank(of: dot) })
            var candidates: [ConflictReport.Candidate] = []
            for candidate in ranked {
                candidates.append(
                    ConflictReport.Candidate(
                        candidate.value ?? .short(.null), write: try transaction.log.write(candidate.dot)))
            }
            guard let shown = candidates.first?.value else { continue }
            let kind = ConflictReport.Kind.cell(
                column: table.valueColumns[column].name, shown: shown, candidates: candidates)
            out.append(ConflictReport(table: table.name, key: key, kind: kind))
        }
        if record.isKept {
            let referrers = try transaction.references.referrers(of: RowRef(table: table.id, key: key))
            out.append(ConflictReport(table: table.name, key: key, kind: .kept(referredBy: referrers)))
        } else if !clock.openDeletes.isEmpty {
            var deletes: [WriteReport] = []
            for dot in clock.openDeletes { deletes.append(try transaction.log.write(dot)) }
            deletes.sort { ($0.stamp, $0.feed, $0.seq) < ($1.stamp, $1.feed, $1.seq) }
            out.append(ConflictReport(table: table.name, key: key, kind: .deletedEdited(deletes: deletes)))
        }
        if clock.showsQuarantined {
            out.append(ConflictReport(table: table.name, key: key, kind: .invalid(constraint: Self.quarantined)))
        }
        for check in try transaction.constraints.failedChecks(table, key) {
            out.append(
                ConflictReport(
                    table: table.name, key: key, kind: .invalid(constraint: check.name?.text ?? check.expression)))
        }
        return out
    }
}
