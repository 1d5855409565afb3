import ReplicaModel
import SQLiteAccess

/// Finds the row of a table that a line of a spreadsheet means, by some of its columns.
final class RowFinder {
    /// The columns by which a row is recognised.
    let columns: [ColumnDefinition]
    private let select: Statement
    /// Keeps a temporary table with an index in step, where the table has none on the columns.
    private let note: Statement?

    /// - Parameter isIndexed: whether the table has an index by which the rows are found.
    init(
        _ columns: [ColumnDefinition], of table: TableState, reading read: [ColumnDefinition], isIndexed: Bool,
        number: Int, connection: Connection
    ) throws(StoreError) {
        self.columns = columns
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
        let sources = (columns.map(\.name.quoted) + keys).joined(separator: ", ")
        try connection.run(
            """
            CREATE TABLE \(aside)(\((fields + own).joined(separator: ", ")));
            INSERT INTO \(aside) SELECT \(sources) FROM \(name);
            CREATE INDEX temp.caravan_found_\(number)_index ON caravan_found_\(number)(\(fields.joined(separator: ", ")));
            """)
        let term = fields.enumerated().map { "a.\($1) IS ?\($0 + 1)" }.joined(separator: " AND ")
        let join = zip(own, keys).map { "t.\($1) = a.\($0)" }.joined(separator: " AND ")
        select = try connection.prepare(
            "SELECT \(wanted) FROM \(aside) AS a JOIN \(name) AS t ON \(join) WHERE \(term) LIMIT 2")
        note = try connection.prepare(
            "INSERT INTO \(aside) VALUES (\((1...(fields.count + own.count)).map { "?\($0)" }.joined(separator: ", ")))"
        )
    }

    /// The rows that are there, two at most: the key's values, then those of the columns that are read.
    func rows(_ values: [Value]) throws(StoreError) -> [[Value]] {
        for (index, value) in values.enumerated() { try select.bind(value, at: index + 1) }
        var out: [[Value]] = []
        while try select.step() { out.append(select.row) }
        return out
    }

    /// Has a row that was inserted found from now on.
    func inserted(_ values: [Value], key: [Value]) throws(StoreError) { try note?.run(values + key) }
}
