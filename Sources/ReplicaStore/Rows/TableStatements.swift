import ReplicaModel
import SQLiteAccess

/// The statements that read and write one table and its row clocks, prepared once, and what the table is among others.
///
/// Parameters: the key from 1, then what the statement says.
final class TableStatements {
    let table: TableState
    /// The foreign keys by which its rows refer to others.
    let links: [ReferenceMap.Link]
    let isReferredTo: Bool
    /// Columns that are not of the key and refer to something, by index.
    let linkColumns: Set<Int>
    /// Equal rows or checks are looked for in this table.
    var isWatched: Bool
    let connection: Connection
    let clockName: String
    let keyCount: Int
    /// Takes the key and the dot; does nothing where the row is known.
    let insertClock: Statement
    let selectClock: Statement
    let putClock: Statement
    let selectRow: Statement
    let hasRow: Statement
    let deleteRow: Statement
    /// The statements that insert, by the columns that they name: nearly always one or two kinds a table.
    private var inserts: [InsertKind: Statement] = [:]
    private var updates: [[Int]: Statement] = [:]
    private var clockInserts: [Int: Statement] = [:]
    private var advancing: Statement?

    private struct InsertKind: Hashable {
        let columns: [Int]
        let rows: Int
    }

    init(of table: TableState, in transaction: Transaction) throws(StoreError) {
        let (connection, state, references) = (transaction.connection, transaction.state, transaction.state.references)
        self.connection = connection
        self.table = table
        isWatched =
            !table.definition.checks.isEmpty
            || state.indexes.contains { $0.isPlain && $0.definition.table == table.name }
        links = references.from(table.id)
        isReferredTo = !references.to(table.id).isEmpty
        linkColumns = Set(links.flatMap(\.valueColumns))
        clockName = ReplicaFormat.clockName(id: table.id)
        keyCount = table.keyColumns.count
        let keys = table.clockKeys
        let marks = (1...keyCount).map { "?\($0)" }.joined(separator: ", ")
        let n = keyCount
        insertClock = try connection.prepare(
            "INSERT INTO \(clockName)(\(keys), dot) VALUES (\(marks), ?\(n + 1)) ON CONFLICT DO NOTHING")
        selectClock = try connection.prepare("SELECT dot, state FROM \(clockName) WHERE \(table.clockKeyTerm)")
        putClock = try connection.prepare(
            """
            INSERT INTO \(clockName)(\(keys), dot, state, open) VALUES (\(marks), ?\(n + 1), ?\(n + 2), ?\(n + 3))
            ON CONFLICT DO UPDATE SET dot = ?\(n + 1), state = ?\(n + 2), open = ?\(n + 3)
            """)
        // A key-only table has no other column to read, so the row answers with a constant.
        let others = table.valueColumns.isEmpty ? "1" : table.valueColumns.map(\.name.quoted).joined(separator: ", ")
        selectRow = try connection.prepare("SELECT \(others) FROM \(table.name.quoted) WHERE \(table.keyTerm)")
        hasRow = try connection.prepare("SELECT 1 FROM \(table.name.quoted) WHERE \(table.keyTerm)")
        deleteRow = try connection.prepare("DELETE FROM \(table.name.quoted) WHERE \(table.keyTerm)")
    }

    /// Inserts rows: takes of each the key, then these columns.
    func insert(columns: [Int], rows: Int = 1) throws(StoreError) -> Statement {
        let kind = InsertKind(columns: columns, rows: rows)
        if let known = inserts[kind] { return known }
        let names = table.keyColumns.map(\.name.quoted) + columns.map { table.valueColumns[$0].name.quoted }
        let values = (0..<rows).map { row in
            "(" + (1...names.count).map { "?\(row * names.count + $0)" }.joined(separator: ", ") + ")"
        }
        let statement = try connection.prepare(
            """
            INSERT INTO \(table.name.quoted)(\(names.joined(separator: ", "))) VALUES \
            \(values.joined(separator: ", "))
            """)
        if inserts.count >= Self.kindsMax { inserts = [:] }
        inserts[kind] = statement
        return statement
    }

    /// Notes clocks: takes the dot, then the keys of so many rows; does nothing for those that are known.
    func insertClocks(_ rows: Int) throws(StoreError) -> Statement {
        if let known = clockInserts[rows] { return known }
        let values = (0..<rows).map { row in
            "(" + (0..<keyCount).map { "?\(row * keyCount + $0 + 2)" }.joined(separator: ", ") + ", ?1)"
        }
        let statement = try connection.prepare(
            """
            INSERT INTO \(clockName)(\(table.clockKeys), dot) VALUES \(values.joined(separator: ", ")) \
            ON CONFLICT DO NOTHING
            """)
        clockInserts[rows] = statement
        return statement
    }

    /// Takes the key, the dot and the state that a clock must have, and the state that it gets; does nothing where it
    /// has others.
    var advanceClock: Statement {
        get throws(StoreError) {
            if let advancing { return advancing }
            let statement = try connection.prepare(
                """
                UPDATE \(clockName) SET state = ?\(keyCount + 3) \
                WHERE \(table.clockKeyTerm) AND dot = ?\(keyCount + 1) AND state IS ?\(keyCount + 2)
                """)
            advancing = statement
            return statement
        }
    }

    /// Updates a row: takes the key, then these columns.
    func update(columns: [Int]) throws(StoreError) -> Statement {
        if let known = updates[columns] { return known }
        let sets = columns.enumerated().map { "\(table.valueColumns[$1].name.quoted) = ?\($0 + keyCount + 1)" }
        let statement = try connection.prepare(
            "UPDATE \(table.name.quoted) SET \(sets.joined(separator: ", ")) WHERE \(table.keyTerm)")
        if updates.count >= Self.kindsMax { updates = [:] }
        updates[columns] = statement
        return statement
    }

    /// Bounds the memory that statements take where every update names other columns.
    private static let kindsMax = 256
}
