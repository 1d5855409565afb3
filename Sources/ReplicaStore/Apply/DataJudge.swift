import ReplicaModel
import SQLiteAccess
import SyncWire

/// Judges a changeset of the people's tables by the schema and the roster that follow from its own context: every
/// replica says the same of it, whenever it comes.
struct DataJudge {
    let transaction: Transaction
    let changeset: LoggedChangeset
    let context: VersionVector
    private var layout: OperationLayout?

    init(transaction: Transaction, changeset: LoggedChangeset, context: VersionVector) {
        self.transaction = transaction
        self.changeset = changeset
        self.context = context
    }

    mutating func standing() throws(StoreError) -> Standing {
        let author = changeset.header.feed.site
        guard let entry = transaction.rosterOfThen.entry(of: author, in: context) else {
            return .void("its author was not a member by the roster that it had seen")
        }
        guard let role = entry.role else {
            return .void("its author had been retired by the roster that it had seen")
        }
        guard role.mayWrite else { return .void("its author was a reader, who may not write") }
        guard changeset.header.feed.scope == .alliance else { return .void("its scope is not known") }
        var source = OperationSource(transaction: transaction, changeset: changeset)
        do throws(OperationStop) {
            while let item = try source.next() { try judge(item, source.cursor) }
        } catch {
            switch error {
            case .store(let error): throw error
            case .illFormed(let sentence): return .void(sentence)
            }
        }
        return .counts
    }

    private mutating func judge(_ item: OperationCursor.Item, _ cursor: OperationCursor) throws(OperationStop) {
        if case .table(let table) = item {
            layout = try transaction.history.layout(of: table, in: context)
            return
        }
        guard let layout else { throw .illFormed("an operation names no table") }
        try layout.judgeKey(cursor)
        switch item {
        case .table, .delete: break
        case .insert:
            guard layout.isWhole else {
                throw .illFormed("an insert into \(layout.table.name) lacks columns of its author's schema")
            }
            try layout.judgeCells(cursor, layout.columns.indices)
        case .update:
            try layout.judgeCells(cursor, cursor.columnIndexes)
            try judgeHasInsert(layout, cursor)
        }
    }

    /// An update counts only if its context has an insert of the row that is not void.
    private func judgeHasInsert(_ layout: OperationLayout, _ cursor: OperationCursor) throws(OperationStop) {
        let key = layout.key(cursor)
        do {
            let record = try transaction.tableRows(of: layout.table).record(key)
            if record?.clock.hasInsert(coveredBy: context) == true { return }
        } catch { throw .store(error) }
        throw .illFormed("it updates a row of \(layout.table.name) that it has not seen inserted")
    }
}
