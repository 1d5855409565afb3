import ReplicaModel

/// What somebody saw of a replica when something was shown, told by what was applied then.
struct SeenState {
    let applied: Vector
    let transaction: Transaction

    /// Whether nobody's rights have changed since: what is given back to a member is a side that nobody saw, though it
    /// was written long ago.
    func hasSameControl() -> Bool {
        let state = transaction.state
        return control(state.vector(state.applied)) == control(applied)
    }

    private func control(_ vector: Vector) -> Vector { vector.filter { $0.key.scope == .control } }

    /// Whether a report has no side that was written since. One that has none, but only follows from what rows hold,
    /// loses nobody's work when it is settled.
    func covers(_ report: ConflictReport, of table: TableState) throws(StoreError) -> Bool {
        switch report.kind {
        case .cell(_, _, let candidates): return candidates.allSatisfy { covers($0.write) }
        case .deletedEdited(let deletes): return deletes.allSatisfy(covers)
        case .kept, .invalid: return true
        case .duplicate(_, let keys):
            let rows = try transaction.tableRows(of: table)
            for key in keys {
                guard let clock = try rows.record(key)?.clock else { continue }
                for dot in clock.writes {
                    guard try covers(transaction.log.write(dot)) else { return false }
                }
            }
            return true
        }
    }

    private func covers(_ write: WriteReport) -> Bool { (applied[write.feed] ?? 0) >= write.seq }
}

extension RowClock {
    /// The writes that the row is made of, those that were killed among them.
    fileprivate var writes: [Dot] { (registers.flatMap(\.candidates) + [base].compactMap { $0 }).map(\.dot) }
}
