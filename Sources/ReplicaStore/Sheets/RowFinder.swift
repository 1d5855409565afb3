import ReplicaModel
import SQLiteAccess

/// Finds the row of a table that a line of a spreadsheet means, by some of its columns.
final class RowFinder {
    /// The columns by which a row is recognised.
    let columns: [ColumnDefinition]
    /// What rows have in these columns where the file has nothing.
    private let emptyCells: [EmptyCell]
    private let select: Statement
    /// Keeps a temporary table with an index in step, where the table has none on the columns.
    private let note: Statement?

    /// - Parameter isIndexed: whether the table has an index by which the rows are found.
    init(
        _ columns: [ColumnDefinition], of table: TableState, reading read: [ColumnDefinition], isIndexed: Bool,
        number: Int, connection: Connection
    ) throws(StoreError) {
        self.columns = columns
        var emptyCells: [EmptyCell] = []
        for column in columns { emptyCells.append(try EmptyCell(of: column, on: connection)) }
        self.emptyCells = emptyCells
        let name = table.name.quoted
        let keys = table.keyColumns.map(\.name.quoted)
        let wanted = (table.keyColumns + read).map { "t.\($0.name.quoted)" }.joined(separator: ", ")
        guard !isIndexed else {
            let term = columns.enumerated().map { "t.\($1.name.quoted) = ?\($0 + 1)" }.joined(separator: " AND ")
            select = try connection.prepare("SELECT \(wanted) FROM \(name) AS t WHERE \(term) LIMIT 2")
            note = nil
            return
        }
        let aside = "temp.caravan_found_\(number)"
        let fields = columns.indices.map { "f\($0)" }
        let own = keys.indices.map { "k\($0)" }
        // By what may be anything no index leads on.
        let indexed =
            fields.indices.filter { !emptyCells[$0].isAny }.map { fields[$0] }
            + fields.indices.filter { emptyCells[$0].isAny }.map { fields[$0] }
        let sources = (columns.map(\.name.quoted) + keys).joined(separator: ", ")
        try connection.run(
            """
            CREATE TABLE \(aside)(\((fields + own).joined(separator: ", ")));
            INSERT INTO \(aside) SELECT \(sources) FROM \(name);
            CREATE INDEX temp.caravan_found_\(number)_index ON caravan_found_\(number)(\(indexed.joined(separator: ", ")));
            """)
        let term = fields.enumerated().map { (place, field) in
            "(a.\(field) IS ?\(place + 1)\(emptyCells[place].isAny ? " OR ?\(place + 1) IS NULL" : ""))"
        }.joined(separator: " AND ")
        let join = zip(own, keys).map { "t.\($1) = a.\($0)" }.joined(separator: " AND ")
        select = try connection.prepare(
            "SELECT \(wanted) FROM \(aside) AS a JOIN \(name) AS t ON \(join) WHERE \(term) LIMIT 2")
        note = try connection.prepare(
            "INSERT INTO \(aside) VALUES (\((1...(fields.count + own.count)).map { "?\($0)" }.joined(separator: ", ")))"
        )
    }

    /// The rows that are there, two at most: the key's values, then those of the columns that are read.
    func rows(_ values: [Value]) throws(StoreError) -> [[Value]] {
        for (index, value) in stored(values).enumerated() { try select.bind(value, at: index + 1) }
        var out: [[Value]] = []
        while try select.step() { out.append(select.row) }
        return out
    }

    /// Has a row that was inserted found from now on.
    func inserted(_ values: [Value], key: [Value]) throws(StoreError) { try note?.run(stored(values) + key) }

    /// Values as the table has them.
    private func stored(_ values: [Value]) -> [Value] {
        values.enumerated().map { place, value in
            if value.isNull, case .value(let stored) = emptyCells[place] { stored } else { value }
        }
    }
}

/// What a row that was brought from a file has in a column where the file has nothing.
private enum EmptyCell {
    case null
    /// The default of a column that is never empty.
    case value(Value)
    /// A default that is another each time.
    case any

    init(of column: ColumnDefinition, on connection: Connection) throws(StoreError) {
        guard column.isNotNull, let text = column.defaultExpression else {
            self = .null
            return
        }
        let bare = text.drop { $0 == "(" || $0 == " " }
        let isLiteral = bare.first == "'" || !(bare.contains("(") || bare.uppercased().contains("CURRENT_"))
        guard isLiteral else {
            self = .any
            return
        }
        // As the column holds it.
        try connection.run(
            "CREATE TABLE temp.caravan_empty(c \(column.type) DEFAULT (\(text))); INSERT INTO temp.caravan_empty DEFAULT VALUES"
        )
        let made = try connection.value("SELECT c FROM temp.caravan_empty")
        try connection.run("DROP TABLE temp.caravan_empty")
        self = .value(made ?? .null)
    }

    var isAny: Bool { if case .any = self { true } else { false } }
}
