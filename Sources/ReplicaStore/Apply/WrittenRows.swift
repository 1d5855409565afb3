import ReplicaModel
import SyncWire

/// The rows that changesets wrote, by table.
struct WrittenRows {
    private(set) var rows: [Int64: Set<[Value]>] = [:]

    /// Reads the rows of changesets of the people's tables from the log.
    ///
    /// - Parameters:
    ///   - sought: the rows that are looked for; nil for all.
    ///   - progress: changesets read and in all.
    init(
        of changesets: [Dot], among sought: [Int64: Set<[Value]>]? = nil, _ transaction: Transaction,
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws(StoreError) {
        var contexts = ContextReader(log: transaction.log)
        for (number, dot) in changesets.enumerated() {
            let context = try contexts.context(of: dot)
            try collect(try transaction.log.logged(dot), context, among: sought, transaction)
            progress(number + 1, changesets.count)
        }
    }

    private mutating func collect(
        _ changeset: LoggedChangeset, _ context: VersionVector, among sought: [Int64: Set<[Value]>]?,
        _ transaction: Transaction
    ) throws(StoreError) {
        var source = OperationSource(log: transaction.log, changeset: changeset)
        var layout: OperationLayout?
        do throws(OperationStop) {
            while let item = try source.next() {
                if case .table(let table) = item {
                    layout = try transaction.history.layout(of: table, in: context)
                } else if let layout {
                    let key = layout.key(source.cursor)
                    guard sought.map({ $0[layout.table.id]?.contains(key) ?? false }) ?? true else { continue }
                    rows[layout.table.id, default: []].insert(key)
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
