import ReplicaModel
import SyncWire

/// The rows that changesets wrote, by table.
struct WrittenRows {
    private(set) var rows: [Int64: Set<[Value]>] = [:]

    /// Reads the rows of changesets of the people's tables from the log.
    init(of changesets: [Dot], _ transaction: Transaction) throws(StoreError) {
        var contexts = ContextReader(log: transaction.log)
        for dot in changesets {
            let context = try contexts.context(of: dot)
            try collect(try transaction.log.logged(dot), context, transaction)
        }
    }

    private mutating func collect(
        _ changeset: LoggedChangeset, _ context: VersionVector, _ transaction: Transaction
    ) throws(StoreError) {
        var source = OperationSource(log: transaction.log, changeset: changeset)
        var layout: OperationLayout?
        do throws(OperationStop) {
            while let item = try source.next() {
                if case .table(let table) = item {
                    layout = try transaction.history.layout(of: table, in: context)
                } else if let layout {
                    rows[layout.table.id, default: []].insert(layout.key(source.cursor))
                }
            }
        } catch { throw error.ofJudged }
    }
}

extension OperationStop {
    /// The error that it is where the changeset was judged before, and counted.
    var ofJudged: StoreError {
        switch self {
        case .store(let error): error
        case .illFormed(let sentence): .damaged("a changeset that was judged cannot be read again: \(sentence)")
        }
    }
}
