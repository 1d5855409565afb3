import ReplicaModel
import SQLiteAccess
import SyncWire

/// Folds single rows anew from the log, after some changeset that wrote them counts no more, or again. Nothing is
/// pending then.
struct RowRefold {
    let transaction: Transaction

    /// - Parameter changesets: those whose rows are folded anew, of the people's tables.
    func fold(rowsOf changesets: [Dot]) throws(StoreError) {
        let rows = try WrittenRows(of: changesets, transaction).rows
        for (id, keys) in rows.sorted(by: { $0.key < $1.key }) {
            guard let tableRows = try transaction.tableRows(of: id) else { continue }
            for key in keys { try takeOut(key, tableRows) }
        }
        var all = ContextReader(log: transaction.log)
        let applied = try AppliedChangesets(.notVoid, in: transaction)
        while let dot = try applied.next() {
            guard transaction.state.feed(dot.feed).id.scope == .alliance else { continue }
            try transaction.applier.fold(
                try transaction.log.logged(dot), context: try all.context(of: dot), only: rows)
        }
    }

    /// Forgets a row. What it referred to, and what referred to it, is settled with the transaction.
    private func takeOut(_ key: [Value], _ tableRows: TableRows) throws(StoreError) {
        guard let record = try tableRows.record(key) else { return }
        if record.isVisible {
            guard let values = try tableRows.row(key) else { throw tableRows.missing(key) }
            try tableRows.delete(key)
            transaction.dirtyRows.disappeared(key, values, in: tableRows)
        } else if try tableRows.has(key) {
            throw tableRows.unknown(key)
        }
        transaction.dirtyRows.touched(key, in: tableRows)
        transaction.dirtyRows.died(key, in: tableRows)
        try tableRows.forget(key)
    }
}
