import ReplicaModel
import SQLiteAccess

extension Verification {
    /// Has SQLite check the file, folds the whole log again and compares every table, what is kept beside each row, and
    /// every conflict with what stands here. Of each table the first row that differs is named. Nothing is pending.
    ///
    /// - Parameter progress: changesets done and in all.
    func verifyDeep(progress: (Int, Int) -> Void) throws(StoreError) -> [VerifyReport.Finding] {
        let found = try transaction.fileCheck.fileFindings(inShort: false)
        let damage = found.damage + (try plainIndexes(found.indexes))
        // Pages that are damaged give no tables to compare.
        guard damage.isEmpty else {
            return damage.map { .init(kind: "file", feed: nil, seq: nil, message: Self.damageSentence($0)) }
        }
        let misfits = try transaction.fileCheck.misfitSentences(found.misfits)
        let scratch = try ScratchReplica(of: transaction, .everything, progress: progress)
        defer { withExtendedLifetime(scratch) {} }
        return misfits.map {
            .init(
                kind: "misfits", feed: nil, seq: nil, message: "Rows do not fit the definition of their table: \($0).")
        }
            + (try differences(from: try scratch.replica.read()))
    }

    /// - Parameter log: what the log makes of this replica.
    private func differences(from log: Transaction) throws(StoreError) -> [VerifyReport.Finding] {
        var findings = try tableFindings(log) + indexFindings(log)
        for table in transaction.state.tables {
            findings += try transaction.doctor.indexFindings(table).map {
                .init(kind: "index", feed: nil, seq: nil, message: $0.message)
            }
        }
        findings += try transaction.doctor.computedFindings().map {
            .init(kind: $0.kind, feed: nil, seq: nil, message: $0.message)
        }
        let forked = Set(transaction.state.forks.ways.keys).union(log.state.forks.ways.keys)
        let here = Set(try transaction.conflictReports.conflicts(naming: forked))
        let there = Set(try log.conflictReports.conflicts(naming: forked))
        for report in here.symmetricDifference(there).prefix(1) {
            let what =
                here.contains(report)
                ? "is listed and does not follow from the log" : "follows from the log and is not listed"
            let sentence = "The \(report.kindName) of table \(report.table), key \(report.key.sentenceText), \(what)."
            findings.append(.init(kind: "conflict", feed: nil, seq: nil, message: sentence))
        }
        return findings
    }

    private func tableFindings(_ log: Transaction) throws(StoreError) -> [VerifyReport.Finding] {
        let tables = transaction.state.tables
        var findings: [VerifyReport.Finding] = []
        for table in tables {
            guard let other = log.state.tables.first(where: { $0.name == table.name }) else {
                findings.append(
                    .init(
                        kind: "table", feed: nil, seq: nil, message: "Table \(table.name) does not follow from the log."
                    ))
                continue
            }
            if let message = try difference(table, other, log) {
                findings.append(.init(kind: "table", feed: nil, seq: nil, message: message))
            } else if let message = try clockDifference(table, other, log) {
                findings.append(.init(kind: "file", feed: nil, seq: nil, message: message))
            }
        }
        for other in log.state.tables where !tables.contains(where: { $0.name == other.name }) {
            findings.append(
                .init(
                    kind: "table", feed: nil, seq: nil,
                    message: "Table \(other.name) follows from the log and is missing."))
        }
        return findings
    }

    private func clockDifference(_ table: TableState, _ other: TableState, _ scratch: Transaction) throws(StoreError)
        -> String?
    {
        var comparison = try ClockComparison(table, of: transaction, and: other, of: scratch)
        guard let key = try comparison.next() else { return nil }
        let command = "caravan repair \(ShellWord.operand(table.name.text))"
        return
            """
            What is kept of who wrote row \(key.sentenceText) of table \(table.name) does not follow from the log: \
            `\(command)` puts it right; have the disk checked.
            """
    }

    private static func damageSentence(_ damage: String) -> String {
        "The file is damaged (\(damage)): \(ReplicaReports.damageAdvice)."
    }

    /// The findings of SQLite's that are about the node's own indexes, or about indexes of columns alone: no program's
    /// function can be the reason.
    private func plainIndexes(_ findings: [String]) throws(StoreError) -> [String] {
        guard !findings.isEmpty else { return [] }
        let computed = try transaction.connection.rows(
            """
            SELECT l.name FROM sqlite_master AS m, pragma_index_list(m.name) AS l WHERE m.type = 'table'
            AND substr(m.name, 1, 8) <> 'caravan_'
            AND (l.partial OR EXISTS (SELECT 1 FROM pragma_index_xinfo(l.name) AS x WHERE x.key AND x.cid = -2))
            """
        ).compactMap { $0.first?.identifier }
        return findings.filter { finding in !computed.contains { finding.hasSuffix(" index \($0)") } }
    }

    /// Indexes that are here and do not follow from the log, or the other way round.
    private func indexFindings(_ scratch: Transaction) -> [VerifyReport.Finding] {
        let (here, there) = (
            Set(transaction.state.indexes.map(\.definition)), Set(scratch.state.indexes.map(\.definition))
        )
        return here.symmetricDifference(there).sorted { ($0.name, $0.table) < ($1.name, $1.table) }.map { index in
            let what =
                here.contains(index)
                ? "is there and does not follow from the log" : "follows from the log and is missing"
            return .init(
                kind: "index", feed: nil, seq: nil, message: "Index \(index.name) of table \(index.table) \(what).")
        }
    }

    /// Adds up what the rows of both tables hash to, each in the order in which its own file has them; where that is
    /// not the same, reads both side by side in the order of their keys, which may look each row up.
    private func difference(_ table: TableState, _ other: TableState, _ scratch: Transaction) throws(StoreError)
        -> String?
    {
        let keys = table.keyColumns.map(\.name.quoted)
        let names = table.valueColumns.map(\.name).sorted()
        guard names == other.valueColumns.map(\.name).sorted() else {
            return "The columns of table \(table.name) do not follow from the log."
        }
        let columns = (keys + names.map(\.quoted)).joined(separator: ", ")
        let unordered = "SELECT \(columns) FROM \(table.name.quoted)"
        let sql = "\(unordered) ORDER BY \(keys.joined(separator: ", "))"
        let sum = try RowSum(of: try transaction.connection.prepare(unordered))
        if sum == (try RowSum(of: try scratch.connection.prepare(unordered))) { return nil }
        let (here, there) = (try transaction.connection.prepare(sql), try scratch.connection.prepare(sql))
        let advice = "`caravan repair \(ShellWord.operand(table.name.text))` puts it right"
        while true {
            let (isHere, isThere) = (try here.step(), try there.step())
            guard isHere || isThere else { return nil }
            if isHere, isThere, here.row == there.row { continue }
            let count = table.keyColumns.count
            let (mine, own) = (
                isHere ? Array(here.row.prefix(count)) : nil, isThere ? Array(there.row.prefix(count)) : nil
            )
            if let mine, mine == own {
                return
                    "Row \(mine.sentenceText) of table \(table.name) shows other values than the log gives it: \(advice)."
            }
            if let mine, own.map({ mine.lexicographicallyPrecedes($0) }) ?? true {
                return
                    """
                    Row \(mine.sentenceText) of table \(table.name) is there and does not follow from the log: \
                    \(advice).
                    """
            }
            return
                "Row \((own ?? []).sentenceText) of table \(table.name) follows from the log and is missing: \(advice)."
        }
    }
}
