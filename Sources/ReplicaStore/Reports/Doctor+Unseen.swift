import ReplicaModel
import SQLiteAccess

/// Rows that came or went while triggers were off, as their clocks tell without the log. Values that were changed so
/// only `verify --deep` finds.
extension Doctor {
    func unseenFindings(_ table: TableState) throws(StoreError) -> [DoctorFinding] {
        // What is noted is seen, and its clocks are not what they will be.
        guard try PendingNotes(connection: transaction.connection, table: table).lastTime() == nil else { return [] }
        let (entered, deleted) = (try enteredUnseen(table), try deletedUnseen(table))
        guard entered + deleted > 0 else { return [] }
        let help =
            "`caravan repair \(ShellWord.operand(table.name.text))` puts back what was deleted and seals what was entered"
        return [
            .init(
                kind: "unseen",
                message:
                    """
                    table \(table.name) is not what the log says: \(entered) rows were entered and \(deleted) deleted \
                    while triggers were off, so nobody else knows of it: \(help)
                    """
            )
        ]
    }

    private func clock(_ table: TableState) -> String { "caravan_clock_\(table.id)" }

    /// A clock and a row are of one key. The sign keeps SQLite from converting the row's values, so that the clock's
    /// own key is looked up.
    private func isOne(_ table: TableState, sign: String) -> String {
        SQLTerms.balanced(table.keyColumns.enumerated().map { "c.k\($0 + 1) = \(sign)t.\($1.name.quoted)" }, by: "AND")
    }

    private func enteredUnseen(_ table: TableState) throws(StoreError) -> Int {
        let unknown = try transaction.connection.value(
            """
            SELECT count(*) FROM \(table.name.quoted) AS t WHERE NOT EXISTS (SELECT 1 FROM \(clock(table)) AS c WHERE \
            \(isOne(table, sign: "+")))
            """
        )
        var count = if case .integer(let unknown)? = unknown { Int(unknown) } else { 0 }
        // A row that is dead by its clock.
        let known = try transaction.connection.prepare(
            """
            SELECT \(table.clockKeys) FROM \(clock(table)) AS c WHERE state IS NOT NULL AND EXISTS (SELECT 1 FROM \
            \(table.name.quoted) AS t WHERE \(isOne(table, sign: "")))
            """
        )
        let tableRows = try transaction.tableRows(of: table)
        while try known.step() { if try tableRows.record(known.row)?.isVisible == false { count += 1 } }
        return count
    }

    private func deletedUnseen(_ table: TableState) throws(StoreError) -> Int {
        let absent = try transaction.connection.prepare(
            """
            SELECT \(table.clockKeys) FROM \(clock(table)) AS c WHERE NOT EXISTS (SELECT 1 FROM \(table.name.quoted) \
            AS t WHERE \(isOne(table, sign: "")))
            """
        )
        let tableRows = try transaction.tableRows(of: table)
        var count = 0
        while try absent.step() { if try tableRows.record(absent.row)?.isVisible == true { count += 1 } }
        return count
    }
}
