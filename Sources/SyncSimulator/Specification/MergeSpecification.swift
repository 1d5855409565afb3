import ReplicaModel

/// The specification of a merge, computed from the bare set of changesets: slow, and meant to be read beside the text
/// that it is of. Everything incremental is held against it.
///
/// > A replica is a set of changesets. Its tables are a pure function of that set.
package struct MergeSpecification {
    private let changesets: [SpecifiedChangeset]
    /// The changesets that are not void.
    private var sound: [SpecifiedChangeset] = []

    /// - Parameters:
    ///   - changesets: in any order; with each, all that its context covers.
    ///   - tables: what refers to what.
    ///   - indexes: those that are UNIQUE are looked at.
    ///   - defaults: by table and column, what a column shows that nobody wrote; NULL where it is absent.
    ///   - quarantined: those that do not count although they are not void.
    ///   - isJudged: whether it is looked at what is void; false where an insert may be left out on purpose.
    package static func state(
        of changesets: [SpecifiedChangeset], tables: [TableDefinition] = [], indexes: [IndexDefinition] = [],
        defaults: [Identifier: [Identifier: Value]] = [:], quarantined: Set<SpecifiedChangeset.ID> = [],
        isJudged: Bool = true
    ) -> SpecifiedState {
        var specification = MergeSpecification(changesets: changesets)
        var state = SpecifiedState()
        if isJudged { state.void = specification.judge() } else { specification.sound = changesets }
        let operations = Dictionary(
            grouping: specification.operations, by: { RowName(table: $0.operation.table, key: $0.operation.key) })
        let rows = operations.reduce(into: [:]) { rows, group in
            rows[group.key] = SpecifiedRow(
                row: group.key, operations: group.value.filter { !quarantined.contains($0.changeset.id) },
                beside: group.value.filter { quarantined.contains($0.changeset.id) })
        }
        let whole = SpecifiedTables(rows: rows, tables: tables, defaults: defaults)
        for row in whole.visible {
            guard let history = rows[row] else { continue }
            state.rows[row] = history.shown
            state.conflicts.formUnion(history.reports)
            if history.showsQuarantined {
                let kind = ConflictReport.Kind.invalid(constraint: "quarantined")
                state.conflicts.insert(ConflictReport(table: row.table, key: row.key, kind: kind))
            }
        }
        state.conflicts.formUnion(whole.keptReports)
        for index in indexes where index.isUnique { state.conflicts.formUnion(whole.duplicateReports(index)) }
        return state
    }

    /// "A changeset is void if … an update of a row of which its context has no insert that is not void". What it
    /// depends on lies in its context, so the smaller contexts are judged first.
    private mutating func judge() -> Set<SpecifiedChangeset.ID> {
        var void: Set<SpecifiedChangeset.ID> = []
        var left = changesets
        while !left.isEmpty {
            // Nothing that is left is in its context: then it can be judged.
            guard let index = left.firstIndex(where: { next in !left.contains { $0 != next && next.hasSeen($0) } })
            else { return void }
            let next = left.remove(at: index)
            if !next.isVoid, next.operations.allSatisfy({ hasItsRow($0, in: next) }) {
                sound.append(next)
            } else if !next.isVoid {
                void.insert(next.id)
            }
        }
        return void
    }

    private func hasItsRow(_ operation: RowOperation, in changeset: SpecifiedChangeset) -> Bool {
        guard case .update = operation.action else { return true }
        return sound.contains { seen in
            changeset.hasSeen(seen)
                && seen.operations.contains {
                    guard case .insert = $0.action else { return false }
                    return $0.table == operation.table && $0.key == operation.key
                }
        }
    }

    private init(changesets: [SpecifiedChangeset]) { self.changesets = changesets }

    private var operations: [(changeset: SpecifiedChangeset, operation: RowOperation)] {
        sound.flatMap { changeset in changeset.operations.map { (changeset, $0) } }
    }
}
