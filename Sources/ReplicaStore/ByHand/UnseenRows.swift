import ReplicaModel
import SQLiteAccess

/// Rows of one table that came or went without a note of any trigger, as their clocks tell without the log. Values that
/// were changed so only a fold of the log finds.
struct UnseenRows {
    private let transaction: Transaction
    private let table: TableState

    init(_ table: TableState, _ transaction: Transaction) {
        self.table = table
        self.transaction = transaction
    }

    /// Whether there is one at least.
    func isAny() throws(StoreError) -> Bool {
        if try deleted() > 0 { return true }
        return try entered() > 0
    }

    /// Rows that are there and of which the clocks know nothing, or that they are dead.
    func entered() throws(StoreError) -> Int {
        let unknown = try transaction.connection.value(
            """
            SELECT count(*) FROM (SELECT \(columns) FROM \(table.name.quoted) AS t WHERE NOT EXISTS (SELECT 1 FROM \
            \(clock) AS c WHERE \(isOne(sign: "+"))) EXCEPT \(noted))
            """
        )
        var count = if case .integer(let unknown)? = unknown { Int(unknown) } else { 0 }
        count += try clocks(
            "state IS NOT NULL AND EXISTS (SELECT 1 FROM \(table.name.quoted) AS t WHERE \(isOne(sign: "")))",
            ofVisible: false)
        return count
    }

    /// Rows that are not there, and live as their clocks have it.
    func deleted() throws(StoreError) -> Int {
        try clocks(
            "NOT EXISTS (SELECT 1 FROM \(table.name.quoted) AS t WHERE \(isOne(sign: "")))", ofVisible: true)
    }

    private var clock: String { "caravan_clock_\(table.id)" }

    private var columns: String { table.keyColumns.map { "\($0.name.quoted) COLLATE BINARY" }.joined(separator: ", ") }

    /// The keys of rows that are noted: those are seen, and their clocks are not what they will be.
    private var noted: String {
        let layout = PendingLayout(table)
        return "SELECT \(layout.keyNames.joined(separator: ", ")) FROM \(layout.name)"
    }

    /// A clock and a row are of one key. The sign keeps SQLite from converting the row's values, so that the clock's
    /// own key is looked up.
    private func isOne(sign: String) -> String {
        SQLTerms.balanced(
            table.keyColumns.enumerated().map { "c.k\($0 + 1) = \(sign)t.\($1.name.quoted)" }, by: "AND")
    }

    private func clocks(_ condition: String, ofVisible isVisible: Bool) throws(StoreError) -> Int {
        let keys = try transaction.connection.prepare(
            "SELECT \(table.clockKeys) FROM \(clock) AS c WHERE \(condition) EXCEPT \(noted)")
        let tableRows = try transaction.tableRows(of: table)
        var count = 0
        while try keys.step() { if try tableRows.record(keys.row)?.isVisible == isVisible { count += 1 } }
        return count
    }
}
