import ReplicaModel
import SQLiteAccess
import SyncWire

/// Trying on a copy what an exchange would bring.
extension ReplicaReports {
    /// A preview of what this replica would be after it took some changesets, tried on a copy of its file. Nothing here
    /// is changed.
    ///
    /// - Parameter peer: what the peer holds.
    /// - Throws: `damaged` where what came cannot be taken: the sentence says why.
    package func preview(_ incoming: [IncomingChangeset], lackedByPeer peer: Vector) throws(StoreError)
        -> PreviewReport
    {
        let outgoing = try outgoingReports(peer)
        guard !incoming.isEmpty else {
            return PreviewReport(incoming: [], outgoing: outgoing, changes: [], conflicts: [], settled: [])
        }
        let folder = try ScratchFolder(for: try replica.read())
        defer { withExtendedLifetime(folder) {} }
        let copy = try copied(to: folder.path + "/replica.sqlite")
        // First of all, or it would be taken for something that came.
        try copy.seal()
        let applied = copy.state.applied
        let before = Set(try copy.reports.conflicts())
        if case .refused(let refusal) = try copy.accept(incoming, now: 0) {
            throw .damaged("what the peer would send is refused: \(refusal.sentence)")
        }
        var reports: [ChangesetReport] = []
        try copy.reports.log(LogFilter(isReversed: true)) { report in
            // What waited here for what comes is applied with it.
            if !applied.covers(copy.state.dot(report.seq, of: report.feed) ?? Dot(feed: FeedOrdinal(0), seq: 0)) {
                reports.append(report)
            }
        }
        let after = Set(try copy.reports.conflicts())
        return PreviewReport(
            incoming: reports, outgoing: outgoing,
            changes: try Self.changes(
                reports, after.symmetricDifference(before), from: try replica.read(), to: try copy.read()),
            conflicts: Self.sorted(after.subtracting(before)),
            settled: Self.sorted(before.subtracting(after)))
    }

    private func copied(to path: String) throws(StoreError) -> Replica {
        try replica.admin.backUp(to: path) { _, _ in }
        let copy = try Replica(path: path, valueBytesMax: replica.valueBytesMax)
        (copy.key, copy.drawIncarnation, copy.quota) = (replica.key, replica.drawIncarnation, nil)
        return copy
    }

    private static func sorted(_ reports: Set<ConflictReport>) -> [ConflictReport] {
        reports.sorted {
            (RowName(table: $0.table, key: $0.key), $0.kindName) < (RowName(table: $1.table, key: $1.key), $1.kindName)
        }
    }

    private func outgoingReports(_ peer: Vector) throws(StoreError) -> [ChangesetReport] {
        var out: [ChangesetReport] = []
        let transaction = try replica.read()
        let has = try transaction.toldHoldings.covered(by: peer)
        try transaction.logReports.log(LogFilter(isReversed: true)) { report in
            if let dot = transaction.state.dot(report.seq, of: report.feed), !has.covers(dot) { out.append(report) }
            return true
        }
        return out
    }

    /// The rows of changesets that count in one of them and not in the other, because what came ended a right or gave
    /// it back.
    private static func rowsJudgedOtherwise(from original: Transaction, to copy: Transaction) throws(StoreError)
        -> [RowName]
    {
        func quarantined(_ transaction: Transaction) throws(StoreError) -> Set<FeedID> {
            Set(
                try transaction.state.quarantined.map { (dot) throws(StoreError) in
                    try transaction.log.identity(of: dot)
                })
        }
        let (before, after) = (try quarantined(original), try quarantined(copy))
        guard before != after else { return [] }
        var out: [RowName] = []
        for one in before.symmetricDifference(after) where one.scope != .control {
            guard let dot = try copy.log.dot(identified: one) else { continue }
            let changeset = try copy.log.logged(dot)
            let operations = (try? OperationCodec.decode(chunks: try copy.log.chunks(of: changeset))) ?? []
            out += operations.map { RowName(table: $0.table, key: $0.key) }
        }
        return out
    }

    /// Rows that the operations name, or that are kept for a reference or no more, and that the copy shows otherwise.
    private static func changes(
        _ reports: [ChangesetReport], _ conflicts: Set<ConflictReport>, from original: Transaction,
        to copy: Transaction
    ) throws(StoreError) -> [PreviewReport.RowChange] {
        var names = Set(conflicts.map { RowName(table: $0.table, key: $0.key) })
        names.formUnion(try rowsJudgedOtherwise(from: original, to: copy))
        for report in reports where report.standing == .counts {
            for operation in report.operations ?? [] {
                names.insert(RowName(table: operation.table, key: operation.key))
            }
        }
        var out: [PreviewReport.RowChange] = []
        for name in names.sorted() {
            let (before, after) = (try values(of: name, in: original), try values(of: name, in: copy))
            if before != after { out.append(PreviewReport.RowChange(row: name, before: before, after: after)) }
        }
        return out
    }

    /// The values that the tables show in a row, sealed or not.
    private static func values(of name: RowName, in transaction: Transaction) throws(StoreError) -> [Identifier: Value]?
    {
        guard let table = transaction.state.table(named: name.table),
            let values = try transaction.tableRows(of: table).row(name.key)
        else { return nil }
        return Dictionary(uniqueKeysWithValues: zip(table.valueColumns.map(\.name), values))
    }
}
