import ReplicaModel
import SQLiteAccess

/// Turns what SQLite says when it refuses a row into a sentence about the line of a spreadsheet.
struct RefusalCauses {
    let table: TableDefinition
    let probe: CheckProbe
    let connection: Connection

    /// - Throws: the error itself where it is not about the row.
    func refusal(for error: StoreError, writing row: [Identifier: Value]) throws(StoreError) -> SheetWriter.Refusal {
        guard case .sqlite(let code, let message, _) = error, connection.isInTransaction,
            Self.kinds.contains(code & 0xFF)
        else { throw error }
        if message.hasPrefix("CHECK constraint failed"), let (check, columns) = try probe.failed(row) {
            let column = columns.first { row[$0] != nil }
            return of(column, row, "the table takes only rows of which \(check.expression) is true")
        }
        if let columns = columns(of: message, behind: "UNIQUE constraint failed: ") {
            let shown = columns.map(\.text).joined(separator: ", ")
            let other = try key(with: columns, row)
            var refusal = of(
                columns.first, row,
                "another row has the same \(shown)" + (other.map { ": \($0.sentenceText)" } ?? ""))
            refusal.waits = .value
            return refusal
        }
        if let columns = columns(of: message, behind: "NOT NULL constraint failed: ") {
            let isInFile = columns.first.map { row[$0] != nil } ?? false
            return of(
                columns.first, row,
                isInFile ? "the column may not be empty" : "the file has no such column, and it may not be empty")
        }
        if message.hasPrefix("FOREIGN KEY constraint failed"), let reference = try missing(row) {
            let shown = reference.columns.map { row[$0] ?? .null }.sentenceText
            return of(reference.columns.first, row, "no row of \(reference.table) has the key \(shown)")
        }
        return SheetWriter.Refusal(reason: message)
    }

    /// The first reference of the row to a row that is not there.
    private func missing(_ row: [Identifier: Value]) throws(StoreError) -> Reference? {
        for reference in table.references {
            let values = reference.columns.compactMap { row[$0] }.filter { !$0.isNull }
            guard values.count == reference.columns.count else { continue }
            let keys = try connection.rows(
                "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk", [.text(reference.table)]
            ).compactMap { $0.first?.identifier }
            guard keys.count == values.count else { continue }
            let term = keys.enumerated().map { "\($1.quoted) = ?\($0 + 1)" }.joined(separator: " AND ")
            let sql = "SELECT 1 FROM \(reference.table.quoted) WHERE \(term)"
            if try connection.value(sql, values) == nil { return reference }
        }
        return nil
    }

    /// SQLITE_TOOBIG, SQLITE_CONSTRAINT and SQLITE_MISMATCH.
    private static let kinds: Set<Int32> = [18, 19, 20]

    private func of(_ column: Identifier?, _ row: [Identifier: Value], _ reason: String) -> SheetWriter.Refusal {
        let value = column.flatMap { row[$0] }.map { CellNotation.cell($0, nil) }
        return SheetWriter.Refusal(column: column, value: value, reason: reason)
    }

    /// The columns that SQLite names as `table.column, table.column`.
    private func columns(of message: String, behind head: String) -> [Identifier]? {
        guard message.hasPrefix(head) else { return nil }
        let rest = message.dropFirst(head.count)
        let found = table.columns.map(\.name).filter { name in
            rest.split(separator: ",").contains { part in
                part.drop { $0 == " " }.utf8.elementsEqual("\(table.name).\(name)".utf8)
            }
        }
        return found.isEmpty ? nil : found
    }

    /// The key of the row that has these values; nil where it cannot be said.
    private func key(with columns: [Identifier], _ row: [Identifier: Value]) throws(StoreError) -> [Value]? {
        let term = columns.enumerated().map { "\($1.quoted) = ?\($0 + 1)" }.joined(separator: " AND ")
        let keys = table.key.map(\.quoted).joined(separator: ", ")
        return try connection.rows(
            "SELECT \(keys) FROM \(table.name.quoted) WHERE \(term) LIMIT 1", columns.map { row[$0] ?? .null }
        ).first
    }
}
