import ReplicaModel
import SQLiteAccess

/// The rows of a replicated table as they are known, beside what the types of another table make of them: so that a
/// value that only changed its type is told from one that somebody entered.
///
/// Two tables of the file while a table is made anew: they take any number of rows.
struct RowMirror {
    let table: TableState
    /// The table whose types are tried; nil where the rows alone are wanted.
    private let shape: EnteredTable?
    /// Whether each row of that table says itself which known one it is, for its key has another type there.
    let isPaired: Bool
    private let transaction: Transaction
    /// The names of the two.
    let known: String
    let typed: String

    init(of table: TableState, like shape: EnteredTable?, transaction: Transaction) throws(StoreError) {
        self.table = table
        self.shape = shape
        self.transaction = transaction
        known = try transaction.connection.scratchName("caravan_known_\(table.id)").text
        typed = try transaction.connection.scratchName("caravan_typed_\(table.id)").text
        isPaired = shape.map { RowPairing.isNeeded(by: $0, for: table) } ?? false
        let keyTypes = table.keyColumns.enumerated().map { number, column in
            "k\(number + 1) \(Self.type(column.affinity(isStrict: table.definition.isStrict)))"
        }
        let values = keyTypes + table.valueColumns.indices.map { "o\($0 + 1)" }
        try transaction.connection.run(
            """
            CREATE TABLE \(known)(row INTEGER PRIMARY KEY, matched INTEGER NOT NULL DEFAULT 0, \
            \(values.joined(separator: ", ")))
            """
        )
        guard let shape else { return }
        let keys = shape.keys.enumerated().map { "k\($0 + 1) \(Self.type($1, shape))" }
        let others = shape.valueColumns.enumerated().filter { $1 != nil }.map { "o\($0 + 1) \(Self.type($1, shape))" }
        let index = shape.keys.indices.map { "k\($0 + 1)" }.joined(separator: ", ")
        try transaction.connection.run(
            """
            CREATE TABLE \(typed)(row INTEGER PRIMARY KEY, \((keys + others).joined(separator: ", "))); CREATE INDEX \
            \(try transaction.connection.scratchName(typed + "_key")) ON \(typed)(\(index))
            """
        )
        guard isPaired else { return }
        let name = try transaction.connection.scratchName(known + "_key")
        try transaction.connection.run("CREATE INDEX \(name) ON \(known)(\(index))")
    }

    private static func type(_ column: Int?, _ shape: EnteredTable) -> String {
        type(column.map { shape.columns[$0].affinity })
    }

    /// A type that has that affinity.
    static func type(_ affinity: Affinity?) -> String {
        switch affinity {
        case .integer: "INTEGER"
        case .text: "TEXT"
        case .real: "REAL"
        case .numeric: "NUMERIC"
        case .blob, nil: ""
        }
    }

    func drop() throws(StoreError) {
        try transaction.connection.run("DROP TABLE IF EXISTS \(known); DROP TABLE IF EXISTS \(typed)")
    }

    /// Takes the rows of the same table of a replica, which may be this one.
    func fill(from source: Transaction) throws(StoreError) {
        guard let other = source.state.table(named: table.name) else { return }
        let keyCount = table.keyColumns.count
        let names = (table.keyColumns + table.valueColumns).map(\.name.quoted).joined(separator: ", ")
        let rows = try source.connection.prepare("SELECT \(names) FROM \(other.name.quoted)")
        let columns = (1...keyCount).map { "k\($0)" } + table.valueColumns.indices.map { "o\($0 + 1)" }
        let marks = columns.indices.map { "?\($0 + 1)" }
        let insert = try transaction.connection.prepare(
            "INSERT INTO \(known)(\(columns.joined(separator: ", "))) VALUES (\(marks.joined(separator: ", ")))")
        let kept = columns.indices.filter { $0 < keyCount || shape?.valueColumns[$0 - keyCount] != nil }
        let second =
            shape == nil
            ? nil
            : try transaction.connection.prepare(
                """
                INSERT INTO \(typed)(\(kept.map { columns[$0] }.joined(separator: ", "))) VALUES \
                (\(kept.indices.map { "?\($0 + 1)" }.joined(separator: ", ")))
                """
            )
        while try rows.step() {
            let row = rows.row
            try insert.run(row)
            try second?.run(kept.map { row[$0] })
        }
        guard let shape, isPaired else { return }
        try RowPairing(mirror: self, shape: shape, connection: transaction.connection).run()
    }

    /// The SQL condition that a row `e` of the other table is the known one of which `t` is what its types make.
    func isOne(_ shape: EnteredTable) -> String {
        isPaired ? "t.row = e.\(RowPairing.column)" : Self.hasKey(shape)
    }

    /// The SQL condition that a row `e` has the key that the types there make of the one of `t`.
    static func hasKey(_ shape: EnteredTable) -> String {
        shape.keys.enumerated().compactMap { number, column in
            column.map { "t.k\(number + 1) = e.\(shape.columns[$0].name.quoted)" }
        }.joined(separator: " AND ")
    }

    /// The SQL condition that two expressions are the same by class and bytes.
    static func isSame(_ left: String, _ right: String) -> String {
        "(typeof(\(left)) = typeof(\(right)) AND \(left) IS \(right) COLLATE BINARY)"
    }

    /// The number of the known row that has these values as its key by the other table's types, and whether a row was
    /// found for it; takes the key. Where rows are paired it takes the number.
    func find() throws(StoreError) -> Statement {
        guard !isPaired else {
            return try transaction.connection.prepare("SELECT row, matched FROM \(known) WHERE row = ?1")
        }
        return try transaction.connection.prepare(
            """
            SELECT row, (SELECT matched FROM \(known) AS n WHERE n.row = t.row) FROM \(typed) AS t WHERE \(table.clockKeyTerm) ORDER \
            BY 2, 1 LIMIT 1
            """
        )
    }

    /// The statement that gives the key of a known row and its other values by place; takes the number of the row.
    func values() throws(StoreError) -> Statement {
        let columns = table.keyColumns.indices.map { "k\($0 + 1)" } + table.valueColumns.indices.map { "o\($0 + 1)" }
        return try transaction.connection.prepare(
            "SELECT \(columns.joined(separator: ", ")) FROM \(known) WHERE row = ?1")
    }

    /// The statement that gives what the other table's types make of a row, for the places that the other table has,
    /// ascending; takes the number of the row.
    func converted() throws(StoreError) -> Statement {
        let columns = table.valueColumns.indices.filter { shape?.valueColumns[$0] != nil }.map { "o\($0 + 1)" }
        return try transaction.connection.prepare(
            "SELECT \(columns.isEmpty ? "1" : columns.joined(separator: ", ")) FROM \(typed) WHERE row = ?1")
    }

    /// Whether a column of the other table has another affinity, and no value stands in it that its type left as it is
    /// and CAST would not: a program that copies by CAST leaves none.
    func isCast(_ place: Int) throws(StoreError) -> Bool {
        guard let shape, let column = shape.valueColumns[place].map({ shape.columns[$0] }), shape.hasKey,
            column.affinity != .blob, shape.retypes(place, of: table)
        else { return false }
        let value = "o\(place + 1)"
        return try transaction.connection.value(
            """
            SELECT 1 FROM \(shape.name.quoted) AS e JOIN \(typed) AS t ON \(isOne(shape)) JOIN \
            \(known) AS n ON n.row = t.row WHERE e.\(column.name.quoted) IS t.\(value) AND \
            CAST(n.\(value) AS \(Self.type(column.affinity))) IS NOT t.\(value) LIMIT 1
            """
        ) == nil
    }

    func mark() throws(StoreError) -> Statement {
        try transaction.connection.prepare("UPDATE \(known) SET matched = 1 WHERE row = ?1")
    }

    /// Rows that nothing was found for: their keys and their other values by place.
    func unmatched() throws(StoreError) -> Statement {
        let columns = table.keyColumns.indices.map { "k\($0 + 1)" } + table.valueColumns.indices.map { "o\($0 + 1)" }
        return try transaction.connection.prepare(
            "SELECT \(columns.joined(separator: ", ")) FROM \(known) WHERE NOT matched ORDER BY row")
    }
}
