import ReplicaModel
import SQLiteAccess

/// The rows of one table in ascending order of their keys, read once: for notes in that order, of so many of the rows
/// that to look each up by its key would read most pages of the table again and again.
///
/// SQLite sorts them, in runs that it keeps in a temporary file.
final class RowsInOrder {
    private let connection: Connection
    private let rows: Statement
    private let keyCount: Int
    private let columnCount: Int
    /// The row that was read last, and not passed.
    private var key: [Value]?

    /// Nil where the rows are looked up better one by one: they are few, or lie in the order of their keys.
    init?(of table: TableState, notes: PendingNotes, in transaction: Transaction) throws(StoreError) {
        let connection = transaction.connection
        guard let rowid = CaptureTriggers.rowids(of: table.definition).first else { return nil }
        let noted = try notes.span()
        guard noted >= transaction.file.sealing.notesToSort,
            case .integer(let last)? = try connection.value("SELECT max(\(rowid)) FROM \(table.definition.name.quoted)"),
            last / 2 <= noted
        else { return nil }
        let keys = table.keyColumns.map(\.name.quoted)
        self.connection = connection
        (keyCount, columnCount) = (keys.count, table.valueColumns.count)
        // The sign hides the key's index from the planner, which would read the rows in its order.
        rows = try connection.prepare(
            """
            SELECT \((keys + table.valueColumns.map(\.name.quoted)).joined(separator: ", ")) FROM \
            \(table.definition.name.quoted) ORDER BY \(keys.map { "+\($0) COLLATE BINARY" }.joined(separator: ", "))
            """)
        // Nothing is read twice, and the sorters have as much again each.
        try connection.run(ReplicaFile.cache(kibibytes: 4_000))
        try advance()
    }

    deinit { try? connection.run(ReplicaFile.cache(kibibytes: ReplicaFile.cacheKibibytes)) }

    private func advance() throws(StoreError) {
        key = try rows.step() ? (0..<keyCount).map(rows.value(at:)) : nil
    }

    /// Whether a key has its place in the order: SQLite has reals among the integers, where nobody seals any.
    static func hasPlace(_ key: [Value]) -> Bool {
        key.allSatisfy { value in
            switch value {
            case .null, .real: false
            case .integer, .text, .blob: true
            }
        }
    }

    /// The values of a row in the columns that are not of the key; nil if there is no such row. Asked for in ascending
    /// order, of keys that have a place in it.
    func row(_ wanted: [Value]) throws(StoreError) -> [Value]? {
        while let key, key.lexicographicallyPrecedes(wanted) { try advance() }
        guard key == wanted else { return nil }
        return (0..<columnCount).map { rows.value(at: keyCount + $0) }
    }
}
