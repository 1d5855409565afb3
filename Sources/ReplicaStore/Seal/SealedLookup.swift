import ReplicaModel
import SyncWire

/// Finds what a row showed when it was last sealed, in the log, by the row's clock: what a delete archives of cells that
/// were changed and never sealed. The last changeset that was looked into is kept, for rows that are deleted together were often
/// written together.
struct SealedLookup {
    private let replica: Replica
    private let table: TableState
    private var known: (dot: Dot, rows: [[Value]: [Int: Value]])?

    init(replica: Replica, table: TableState) {
        self.replica = replica
        self.table = table
    }

    /// By column; a cell with several candidates, whose values the clock has, stands as NULL.
    mutating func values(key: [Value], clock: RowClock) throws(StoreError) -> [Value] {
        var out = [Value](repeating: .null, count: table.others.count)
        for column in out.indices {
            let candidates = clock.candidates(of: column)
            guard candidates.count == 1, let dot = candidates.first?.dot else { continue }
            if known?.dot != dot { known = (dot, try rows(of: dot)) }
            guard let value = known?.rows[key]?[column] else {
                throw .damaged("the log of \(replica.path) lacks a value that a row clock names")
            }
            out[column] = value
        }
        return out
    }

    private func rows(of dot: Dot) throws(StoreError) -> [[Value]: [Int: Value]] {
        var out: [[Value]: [Int: Value]] = [:]
        let changeset = try replica.logged(dot)
        var source = OperationSource(replica: replica, changeset: changeset)
        var layout: OperationLayout?
        do throws(OperationStop) {
            while let item = try source.next() {
                if case .table(let named) = item {
                    layout = named.name == table.name ? try OperationLayout(named, table: table) : nil
                } else if let layout {
                    out[layout.key(source.cursor)] = Dictionary(
                        uniqueKeysWithValues: layout.cells(item, source.cursor).map { ($0.column, $0.value) })
                }
            }
        } catch {
            if case .store(let error) = error { throw error }
            throw .damaged("a changeset of the log of \(replica.path) cannot be read again")
        }
        return out
    }
}
