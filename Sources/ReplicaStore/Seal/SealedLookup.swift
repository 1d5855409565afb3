import ReplicaModel
import SQLiteAccess
import SyncWire

/// Finds what a row showed when it was last sealed, in the log, by the row's clock: what a delete archives of cells
/// that were changed and never sealed.
///
/// Rows are asked for in ascending order of their keys, which is their order in every changeset, so each changeset is
/// read once from its beginning to its end, a chunk at a time, however many rows are deleted and however large it is.
struct SealedLookup {
    private let transaction: Transaction
    private let table: TableState
    private var readers: [SealedReader] = []

    /// Rows that are deleted together were mostly written by few changesets; one that is forgotten is read again from
    /// its beginning.
    private static let readersMax = 16

    init(transaction: Transaction, table: TableState) {
        self.transaction = transaction
        self.table = table
    }

    /// The values that were sealed, by column; a cell that nobody wrote shows its default, and one with several
    /// candidates, whose values the clock has, stands as NULL.
    mutating func values(key: [Value], clock: RowClock) throws(StoreError) -> [Value] {
        var out = table.defaults
        for column in out.indices {
            let candidates = clock.candidates(of: column)
            guard candidates.count == 1, let dot = candidates.first?.dot else { continue }
            guard let value = try cells(of: key, in: dot)[column] else {
                throw .damaged("the log of \(transaction.file.path) lacks a value that a row clock names")
            }
            out[column] = value
        }
        return out
    }

    private mutating func cells(of key: [Value], in dot: Dot) throws(StoreError) -> [Int: Value] {
        if let index = readers.firstIndex(where: { $0.dot == dot }) { return try readers[index].cells(of: key) }
        if readers.count == Self.readersMax { readers.removeFirst() }
        readers.append(SealedReader(transaction: transaction, table: table, changeset: try transaction.log.logged(dot)))
        return try readers[readers.count - 1].cells(of: key)
    }
}

/// Reads the operations of one changeset on one table, forwards.
private struct SealedReader {
    let dot: Dot
    private let transaction: Transaction
    private let table: TableState
    private var source: OperationSource
    private var layout: OperationLayout?
    /// The row that was read last.
    private var present: (key: [Value], cells: [Int: Value])?
    private var isAtEnd = false

    init(transaction: Transaction, table: TableState, changeset: LoggedChangeset) {
        dot = changeset.dot
        self.transaction = transaction
        self.table = table
        source = OperationSource(log: transaction.log, changeset: changeset)
    }

    /// The cells that the changeset wrote of a row: none if it wrote nothing of it. The keys of successive calls never
    /// descend.
    mutating func cells(of key: [Value]) throws(StoreError) -> [Int: Value] {
        while !isAtEnd, present?.key.lexicographicallyPrecedes(key) ?? true { try advance() }
        guard let present, present.key == key else { return [:] }
        return present.cells
    }

    /// The context in which the changeset's names are read: the whole schema where names are what they were, else the
    /// part of it that the author had seen.
    private func context() throws(OperationStop) -> VersionVector {
        guard table.hasRenamed else { return transaction.state.applied }
        var contexts = ContextReader(log: transaction.log)
        do { return try contexts.context(of: dot) } catch { throw .store(error) }
    }

    private mutating func advance() throws(StoreError) {
        do throws(OperationStop) {
            guard let item = try source.next() else {
                isAtEnd = true
                return
            }
            if case .table(let named) = item {
                let meant = try transaction.history.layout(of: named, in: try context())
                layout = meant.table.id == table.id ? meant : nil
            } else if let layout {
                let cells = layout.cells(item, source.cursor).map { ($0.column, $0.value) }
                present = (layout.key(source.cursor), Dictionary(uniqueKeysWithValues: cells))
            }
        } catch {
            if case .store(let error) = error { throw error }
            throw .damaged("a changeset of the log of \(transaction.file.path) cannot be read again")
        }
    }
}
