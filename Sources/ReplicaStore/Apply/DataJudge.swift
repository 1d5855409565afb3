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

    /// Why the changeset is void for who wrote it; nil if it is not.
    func faultOfAuthor() -> String? {
        let author = changeset.header.feed.site
        guard let entry = transaction.rosterOfThen.entry(of: author, in: context) else {
            return "its author was not a member by the roster that it had seen"
        }
        guard let role = entry.role else { return "its author had been retired by the roster that it had seen" }
        guard role.mayWrite else { return "its author was a reader, who may not write" }
        return changeset.header.feed.scope == .alliance ? nil : "its scope is not known"
    }

    /// Reads all operations. Returns why the changeset is void for what it says; nil if it is not.
    mutating func faultOfOperations() throws(StoreError) -> String? {
        var source = OperationSource(log: transaction.log, changeset: changeset)
        do throws(OperationStop) {
            while let item = try source.next() { try judge(item, source.cursor) }
        } catch {
            switch error {
            case .store(let error): throw error
            case .illFormed(let sentence): return sentence
            }
        }
        return nil
    }

    private mutating func judge(_ item: OperationCursor.Item, _ cursor: OperationCursor) throws(OperationStop) {
        if case .table(let table) = item {
            layout = try transaction.history.layout(of: table, in: context)
            return
        }
        guard let layout else { throw .illFormed("an operation names no table") }
        try layout.judge(item, cursor)
        guard case .update = item else { return }
        let key = layout.key(cursor)
        let record: RowRecord?
        do { record = try transaction.tableRows(of: layout.table).record(key) } catch { throw .store(error) }
        try Self.judgeUpdate(of: record, layout, context)
    }

    /// An update counts only if its context has an insert of the row that is not void.
    static func judgeUpdate(
        of record: RowRecord?, _ layout: OperationLayout, _ context: VersionVector
    ) throws(OperationStop) {
        if record?.clock.hasInsert(coveredBy: context) == true { return }
        throw .illFormed("it updates a row of \(layout.table.name) that it has not seen inserted")
    }
}
