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
    /// - Parameter made: the key that was made of what the row says. Where another row has it, or the table wants
    ///   another, the table makes one.
    /// - Returns: the key of the row.
    func insert(_ values: [Value], made: (column: Identifier, key: Value)? = nil) throws(StoreError) -> [Value] {
        let columns = values.indices.filter { place in
            let column = plan.columns[place]
            return !(values[place].isNull && (column.takesDefault || column.definition.name == made?.column))
        }
        guard let made else { return try insert(columns, values) }
        do { return try insert(columns, values, made) } catch { return try insert(columns, values) }
    }

    private func insert(
        _ columns: [Int], _ values: [Value], _ made: (column: Identifier, key: Value)? = nil
    ) throws(StoreError) -> [Value] {
        let statement = try statement([made == nil ? -1 : -2] + columns) {
            self.insertSQL(columns.map { plan.columns[$0].definition.name } + (made.map { [$0.column] } ?? []))
        }
        for (index, column) in columns.enumerated() { try statement.bind(values[column], at: index + 1) }
        if let made { try statement.bind(made.key, at: columns.count + 1) }
        var key: [Value] = []
        while try statement.step() { key = statement.row }
        return key
    }

    private func insertSQL(_ columns: [Identifier]) -> String {
        let keys = table.keyColumns.map(\.name.quoted).joined(separator: ", ")
        guard !columns.isEmpty else {
            return "INSERT INTO \(table.name.quoted) DEFAULT VALUES RETURNING \(keys)"
        }
        let names = columns.map(\.quoted).joined(separator: ", ")
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
