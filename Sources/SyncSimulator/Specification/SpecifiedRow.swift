import ReplicaModel

/// The acts of counting changesets on one row, and what follows from them.
struct SpecifiedRow {
    private struct Write {
        let changeset: SpecifiedChangeset
        let value: Value
        let isKilled: Bool
    }

    let row: SpecifiedState.Row
    typealias Operation = (changeset: SpecifiedChangeset, operation: RowOperation)

    private let operations: [Operation]
    /// The operations that do not count.
    private let beside: [Operation]

    init(row: SpecifiedState.Row, operations: [Operation], beside: [Operation] = []) {
        self.row = row
        self.operations = operations
        self.beside = beside
    }

    private var deletes: [SpecifiedChangeset] { operations.filter { $0.operation.action == .delete }.map(\.changeset) }

    /// "A write is killed if some delete of its row has the write in its context."
    private func isKilled(_ write: SpecifiedChangeset) -> Bool { deletes.contains { $0.hasSeen(write) } }

    /// "The candidates of a cell are the writes to it that no other write to it dominates." The greatest first of "(not
    /// killed, stamp, site id, incarnation, changeset hash)": that one is shown.
    private func candidates(_ value: (RowOperation.Action) -> Value?) -> [Write] {
        let writes = operations.compactMap { operation in
            value(operation.operation.action).map {
                Write(changeset: operation.changeset, value: $0, isKilled: isKilled(operation.changeset))
            }
        }
        return writes.filter { write in !writes.contains { $0.changeset.hasSeen(write.changeset) } }.sorted {
            $0.isKilled == $1.isKilled ? $0.changeset.isGreater(than: $1.changeset) : $1.isKilled
        }
    }

    private func candidates(of column: Identifier) -> [Write] {
        candidates { action in
            switch action {
            case .insert(let values), .update(let values): values[column]
            case .delete: nil
            }
        }
    }

    /// The cells of the key are written by inserts, and all hold the same.
    private var keyCandidates: [Write] {
        candidates { if case .insert = $0 { .null } else { nil } }
    }

    private var columns: Set<Identifier> {
        operations.reduce(into: []) { names, operation in
            switch operation.operation.action {
            case .insert(let values), .update(let values): names.formUnion(values.keys)
            case .delete: break
            }
        }
    }

    /// "A row is alive iff some candidate of some cell is not killed."
    var isAlive: Bool {
        keyCandidates.contains { !$0.isKilled } || columns.contains { candidates(of: $0).contains { !$0.isKilled } }
    }

    var shown: [Identifier: Value] {
        unwritten.merging(columns.map { ($0, candidates(of: $0).first?.value ?? .null) }) { $1 }
    }

    /// "A visible row with a cell that no counted write fills shows the greatest quarantined write of it."
    private var unwritten: [Identifier: Value] {
        let writes = beside.sorted { $1.changeset.isGreater(than: $0.changeset) }
        return writes.reduce(into: [:]) { values, write in
            switch write.operation.action {
            case .insert(let written), .update(let written):
                for (column, value) in written where !columns.contains(column) { values[column] = value }
            case .delete: break
            }
        }
    }

    /// "… reported as invalid."
    var showsQuarantined: Bool { !unwritten.isEmpty || keyCandidates.isEmpty && hasInsert }

    /// The reports that the row alone gives.
    var reports: [ConflictReport] {
        columns.compactMap(cellReport) + [deletedEditedReport].compactMap { $0 }
    }

    /// Whether somebody inserted the row, so that it has values to show.
    var hasInsert: Bool {
        !keyCandidates.isEmpty || beside.contains { if case .insert = $0.operation.action { true } else { false } }
    }

    /// "The cell is in conflict while its not-killed candidates hold two or more different values."
    private func cellReport(_ column: Identifier) -> ConflictReport? {
        let living = candidates(of: column).filter { !$0.isKilled }
        guard Set(living.map(\.value)).count > 1 else { return nil }
        let candidates = living.map { ConflictReport.Candidate(value: $0.value, write: $0.changeset.report) }
        return ConflictReport(
            table: row.table, key: row.key, kind: .cell(column: column, shown: living[0].value, candidates: candidates)
        ).byBeginnings
    }

    /// "The row is alive and some delete of it is in the context of no operation on it."
    private var deletedEditedReport: ConflictReport? {
        let open = deletes.filter { delete in !operations.contains { $0.changeset.hasSeen(delete) } }
        guard isAlive, !open.isEmpty else { return nil }
        let sorted = open.map(\.report).sorted { ($0.stamp, $0.feed, $0.seq) < ($1.stamp, $1.feed, $1.seq) }
        return ConflictReport(table: row.table, key: row.key, kind: .deletedEdited(deletes: sorted))
    }
}
