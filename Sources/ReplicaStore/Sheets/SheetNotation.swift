import ReplicaModel
import SQLiteAccess

/// The way in which rows of one table stand in the cells of a spreadsheet, so that a table that is imported again is
/// the same.
struct SheetNotation {
    private let readers: [ColumnReader]

    /// - Parameter columns: the columns of which rows have values, in this order.
    init(
        _ columns: [ColumnDefinition], of table: TableDefinition, connection: Connection
    ) throws(StoreError) {
        let probe = CheckProbe(connection: connection, table: table)
        var readers: [ColumnReader] = []
        for column in columns {
            readers.append(
                ColumnReader(
                    column, isStrict: table.isStrict, isKey: table.key.contains(column.name),
                    passes: try probe.passes(column.name)))
        }
        self.readers = readers
    }

    private init() { readers = [] }

    /// The notation of values of a query, which are of no column: a text is marked only where it would act.
    static var ofQuery: SheetNotation { SheetNotation() }

    func cells(_ values: [Value]) -> [SheetCell] {
        values.indices.map { CellNotation.cell(values[$0], $0 < readers.count ? readers[$0] : nil) }
    }
}

extension RowBrowser {
    /// The cells of rows of a table.
    ///
    /// - Parameter columns: the columns of which the rows have values, in this order.
    package func cells(
        of rows: [[Value]], _ columns: [Identifier], in name: Identifier
    ) throws(StoreError) -> [[SheetCell]] {
        let table = try definition(name)
        let notation = try SheetNotation(columns.compactMap(table.column), of: table, connection: connection)
        return rows.map(notation.cells)
    }
}
