import ReplicaModel
import SQLiteAccess

/// The effects of a transaction that may change what follows for rows together. Settled before the transaction commits.
struct DirtyRows {
    /// Rows that a visible row may refer to since.
    private(set) var wanted: Set<RowRef> = []
    /// Rows that may have lost what kept them visible: they died, or a reference to them went.
    private(set) var doubtful: Set<RowRef> = []
    /// Tables of which every kept row is doubtful.
    private(set) var doubtfulTables: Set<Int64> = []

    /// Rows that were written or taken away, of tables in which equal rows or checks are looked for, by the table's id.
    private(set) var touched: [Int64: Set<[Value]>] = [:]
    /// UNIQUE indexes that this transaction made plain ones, or UNIQUE again.
    var alteredIndexes: Set<Identifier> = []
    /// Definitions or rights were applied: the triggers may have to say something else. Made anew once, however many
    /// changesets that were.
    var isCaptureDue = false

    var isEmpty: Bool {
        wanted.isEmpty && doubtful.isEmpty && doubtfulTables.isEmpty && touched.isEmpty && alteredIndexes.isEmpty
            && !isCaptureDue
    }

    /// The rows that it holds in memory; beyond a limit it is time to settle what can be.
    var count: Int { wanted.count + touched.values.reduce(0) { $0 + $1.count } }

    mutating func touched(_ key: [Value], in tableRows: TableRows) {
        if tableRows.isWatched { touched[tableRows.table.id, default: []].insert(key) }
    }

    mutating func takeTouched() -> [Int64: Set<[Value]>] {
        defer { touched = [:] }
        return touched
    }

    mutating func forgetReferences() { (wanted, doubtful, doubtfulTables) = ([], [], []) }

    /// Notes that something visible may refer to the row.
    mutating func isWanted(_ row: RowRef) { wanted.insert(row) }

    mutating func died(_ key: [Value], in tableRows: TableRows) {
        if tableRows.isReferredTo { doubtful.insert(RowRef(table: tableRows.table.id, key: key)) }
    }

    /// A visible row shows these values now.
    mutating func appeared(_ key: [Value], _ values: [Value], in tableRows: TableRows) {
        for link in tableRows.links { if let target = link.target(key: key, values: values) { wanted.insert(target) } }
    }

    /// A visible row that showed these values is gone, or shows others.
    mutating func disappeared(_ key: [Value], _ values: [Value], in tableRows: TableRows) {
        for link in tableRows.links {
            if let target = link.target(key: key, values: values) { doubtful.insert(target) }
        }
    }

    /// A visible row is gone or shows others, and nobody knows what it showed.
    mutating func disappeared(in tableRows: TableRows) {
        for link in tableRows.links { doubtfulTables.insert(link.target) }
    }

    /// Forgets the wanted rows that are there, so that one transaction of any size is settled in bounded memory.
    mutating func forget(where isThere: (RowRef) throws(StoreError) -> Bool) throws(StoreError) {
        var left: Set<RowRef> = []
        for row in wanted { if try !isThere(row) { left.insert(row) } }
        wanted = left
    }
}
