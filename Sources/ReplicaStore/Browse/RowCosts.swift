import ReplicaModel
import SQLiteAccess

/// Costs of reading a table of people by one of its columns.
struct RowCosts {
    let connection: Connection

    /// Rows that a table may have so that it is sorted by a column without an index, or looked through for references.
    private static let rowsSorted = 20_000

    /// Whether an index leads to the rows by a column.
    func hasIndex(_ column: Identifier, _ table: TableDefinition) throws(StoreError) -> Bool {
        if table.key.first?.isSame(as: column) ?? false { return true }
        let rows = try connection.rows(
            """
            SELECT x.name FROM pragma_index_list(?1) AS l, pragma_index_info(l.name) AS x
            WHERE x.seqno = 0 AND l.partial = 0
            """, [.text(table.name)])
        return rows.contains { $0[0].identifier?.isSame(as: column) ?? false }
    }

    /// Whether a table has no more than so many rows.
    func isSmall(_ table: TableDefinition) throws(StoreError) -> Bool {
        let counted = try connection.value(
            "SELECT count(*) FROM (SELECT 1 FROM \(table.name.quoted) LIMIT \(Self.rowsSorted + 1))")
        return counted.map { $0 <= .integer(Int64(Self.rowsSorted)) } ?? true
    }

    /// Whether no more rows than can be sorted have a value in a column that an index leads to.
    func isRare(
        _ value: Value, in column: Identifier, _ table: TableDefinition
    ) throws(StoreError) -> Bool {
        try connection.value(
            "SELECT 1 FROM \(table.name.quoted) WHERE \(column.quoted) IS ?1 LIMIT 1 OFFSET \(Self.rowsSorted)",
            [value]) == nil
    }

    /// Whether the rows with a value of a column are found in bounded time.
    func isCheap(_ column: Identifier, _ table: TableDefinition) throws(StoreError) -> Bool {
        if try hasIndex(column, table) { return true }
        return try isSmall(table)
    }
}
