import ReplicaModel
import SQLiteAccess

/// The statements that write the rows of a spreadsheet, one for each set of columns.
final class SheetStatements {
    private let plan: SheetPlan
    private let table: TableState
    private let connection: Connection
    private var prepared: [[Int]: Statement] = [:]

    init(plan: SheetPlan, table: TableState, connection: Connection) {
        (self.plan, self.table, self.connection) = (plan, table, connection)
    }

    /// Inserts a row; a column whose default takes the place of an empty cell is left to the table.
    ///
    /// - Returns: the key of the row.
    func insert(_ values: [Value]) throws(StoreError) -> [Value] {
        let columns = values.indices.filter { !(values[$0].isNull && plan.columns[$0].takesDefault) }
        let statement = try statement([-1] + columns) { self.insertSQL(columns) }
        for (index, column) in columns.enumerated() { try statement.bind(values[column], at: index + 1) }
        var key: [Value] = []
        while try statement.step() { key = statement.row }
        return key
    }

    private func insertSQL(_ columns: [Int]) -> String {
        let keys = table.keyColumns.map(\.name.quoted).joined(separator: ", ")
        guard !columns.isEmpty else {
            return "INSERT INTO \(table.name.quoted) DEFAULT VALUES RETURNING \(keys)"
        }
        let names = columns.map { plan.columns[$0].definition.name.quoted }.joined(separator: ", ")
        let marks = (1...columns.count).map { "?\($0)" }.joined(separator: ", ")
        return "INSERT INTO \(table.name.quoted) (\(names)) VALUES (\(marks)) RETURNING \(keys)"
    }

    func update(_ key: [Value], columns: [Int], _ values: [Value]) throws(StoreError) {
        let statement = try statement(columns) { self.updateSQL(columns, keyCount: key.count) }
        for (index, value) in key.enumerated() { try statement.bind(value, at: index + 1) }
        for (index, column) in columns.enumerated() { try statement.bind(values[column], at: key.count + index + 1) }
        _ = try statement.step()
    }

    private func updateSQL(_ columns: [Int], keyCount: Int) -> String {
        let sets = columns.enumerated().map { index, column in
            "\(plan.columns[column].definition.name.quoted) = ?\(keyCount + index + 1)"
        }
        let term = table.keyColumns.enumerated().map { "\($1.name.quoted) = ?\($0 + 1)" }.joined(separator: " AND ")
        return "UPDATE \(table.name.quoted) SET \(sets.joined(separator: ", ")) WHERE \(term)"
    }

    private func statement(_ columns: [Int], _ sql: () -> String) throws(StoreError) -> Statement {
        if let known = prepared[columns] { return known }
        if prepared.count >= Self.preparedMax { prepared = [:] }
        let made = try connection.prepare(sql())
        prepared[columns] = made
        return made
    }

    private static let preparedMax = 64
}
