import ReplicaModel
import SQLiteAccess

/// Gives the rows of a table, or of a query, for a spreadsheet.
package final class SheetExport {
    /// A row of what is exported: the values, and the cells that stand for them.
    package struct Row {
        package let values: [Value]
        fileprivate let notation: SheetNotation

        /// The cells, in such a notation that a table that is imported again is the same.
        package var cells: [SheetCell] { notation.cells(values) }
    }

    private let connection: Connection
    private let state: ReplicaState

    package init(replica: Replica) throws(StoreError) {
        state = try replica.read().state
        connection = try Connection(path: replica.path, access: .readOnly, on: replica.connection.disk)
    }

    /// Gives every row of a table, by its key, as of one moment. Generated columns are left out: each replica computes
    /// them.
    ///
    /// - Parameters:
    ///   - header: takes the names of the columns.
    ///   - row: false to end.
    /// - Throws: `notFound` where there is no such table, with the tables that there are; and what they throw.
    package func table(
        _ name: String, header: ([String]) throws -> Void, row: (Row) throws -> Bool
    ) throws {
        let table = try state.sheetTable(name)
        let columns = table.definition.columns.filter { $0.generated == nil }
        let names = columns.map(\.name.quoted).joined(separator: ", ")
        let keys = table.definition.key.map(\.quoted).joined(separator: ", ")
        let notation = try SheetNotation(columns, of: table.definition, connection: connection)
        try header(columns.map(\.name.text))
        let statement = try connection.prepare("SELECT \(names) FROM \(table.name.quoted) ORDER BY \(keys)")
        while try statement.step() {
            guard try row(Row(values: statement.row, notation: notation)) else { return }
        }
    }

    /// Gives every row of one query that writes nothing.
    ///
    /// - Throws: `wrongSQL` with SQLite's sentence, or where the SQL is no single query; and what `header` and `row`
    ///   throw.
    package func query(
        _ sql: String, header: ([String]) throws -> Void, row: (Row) throws -> Bool
    ) throws {
        let statement = try prepared(sql)
        try header((0..<statement.columnCount).map(statement.name(at:)))
        while try step(statement) { guard try row(Row(values: statement.row, notation: .ofQuery)) else { return } }
    }

    private func prepared(_ sql: String) throws(StoreError) -> Statement {
        let text = Array(sql.utf8CString)
        guard let (found, next) = try statement(of: text, from: 0), let found, found.columnCount > 0 else {
            throw .wrongSQL("--query takes one SELECT, and there is none")
        }
        guard try statement(of: text, from: next)?.0 == nil else {
            throw .wrongSQL("--query takes one SELECT, and there is another statement behind it")
        }
        return found
    }

    private func statement(of text: [CChar], from start: Int) throws(StoreError) -> (Statement?, next: Int)? {
        do { return try connection.statement(of: text, from: start) } catch { throw asWrongSQL(error) }
    }

    private func step(_ statement: Statement) throws(StoreError) -> Bool {
        do { return try statement.step() } catch { throw asWrongSQL(error) }
    }

    private func asWrongSQL(_ error: StoreError) -> StoreError {
        switch error {
        case .sqlite(_, let message, _): .wrongSQL(message + (connection.callerHint(message) ?? ""))
        case .readOnly: .wrongSQL("--query takes one SELECT, and this writes something: use `caravan sql` for that")
        default: error
        }
    }
}
