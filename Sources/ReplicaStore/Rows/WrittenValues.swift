import ReplicaModel
import SQLiteAccess
import SyncWire

/// Finds in the log the long values of which a row clock keeps the beginning.
struct WrittenValues {
    let transaction: Transaction

    /// The value that a changeset wrote into a cell.
    ///
    /// - Parameter column: the place among those that are not of the key.
    func value(in column: Int, of key: [Value], _ table: TableState, by dot: Dot) throws(StoreError) -> Value {
        let changeset = try transaction.log.logged(dot)
        var source = OperationSource(log: transaction.log, changeset: changeset)
        var layout: OperationLayout?
        do throws(OperationStop) {
            while let item = try source.next() {
                if case .table(let named) = item {
                    let meant = try transaction.history.layout(of: named, in: try context(of: dot, table))
                    layout = meant.table.id == table.id ? meant : nil
                } else if let layout, source.cursor.isKey(key) {
                    guard let found = layout.cells(item, source.cursor).first(where: { $0.column == column }) else {
                        break
                    }
                    return found.value
                }
            }
        } catch {
            if case .store(let error) = error { throw error }
        }
        throw .damaged("the log of \(transaction.file.path) lacks a value that a row clock names")
    }

    /// The context in which the changeset's names are read: the whole schema where names are what they were, else the
    /// part of it that the author had seen.
    private func context(of dot: Dot, _ table: TableState) throws(OperationStop) -> VersionVector {
        guard table.hasRenamed else { return transaction.state.applied }
        var contexts = ContextReader(log: transaction.log)
        do { return try contexts.context(of: dot) } catch { throw .store(error) }
    }
}
