import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// Holds single values against the checks of a table, so that a cell is told from what the table would take.
final class CheckProbe {
    private let connection: Connection
    private let table: TableDefinition
    /// The columns of which each check speaks.
    private let columns: [[Identifier]]

    init(connection: Connection, table: TableDefinition) {
        self.connection = connection
        self.table = table
        columns = table.checks.map { check in
            let named = Self.names(in: check.expression)
            return table.columns.map(\.name).filter { named.containsSame(as: $0) }
        }
    }

    private static func names(in expression: String) -> [Identifier] {
        var lexer = ExpressionLexer(expression)
        var out: [Identifier] = []
        do throws(ExpressionRefusal) {
            while true {
                switch try lexer.next() {
                case .word(let name), .name(let name): out.append(name)
                case .end: return out
                default: break
                }
            }
        } catch { return out }
    }

    /// Whether the checks that speak of a column alone let a value pass; nil where there are none.
    func passes(_ column: Identifier) throws(StoreError) -> ((Value) -> Bool)? {
        let own = table.checks.indices.filter { columns[$0] == [column] }.map { "(\(table.checks[$0].expression))" }
        guard !own.isEmpty else { return nil }
        let terms = own.map { "ifnull(\($0) <> 0, 1)" }.joined(separator: " AND ")
        let statement = try connection.prepare(
            "SELECT \(terms) FROM (SELECT ?1 AS \(column.quoted)) AS \(table.name.quoted)")
        let memory = Memory()
        return { value in
            if let known = memory.known[value] { return known }
            // An expression that ends with an error takes no value.
            let found = (try? statement.first([value]))?.first == .integer(1)
            if memory.known.count >= Self.knownMax { memory.known = [:] }
            if value.byteCount <= Self.knownBytesMax { memory.known[value] = found }
            return found
        }
    }

    private final class Memory {
        var known: [Value: Bool] = [:]
    }

    private static let (knownMax, knownBytesMax) = (4_096, 256)

    /// The first check that a row fails, with the columns of which it speaks.
    ///
    /// - Parameter row: values by column; what is missing is NULL.
    func failed(_ row: [Identifier: Value]) throws(StoreError) -> (check: CheckDefinition, columns: [Identifier])? {
        let names = table.columns.map(\.name)
        let select = names.enumerated().map { "?\($0 + 1) AS \($1.quoted)" }.joined(separator: ", ")
        for (index, check) in table.checks.enumerated() {
            let sql =
                """
                SELECT ifnull((\(check.expression)) <> 0, 1) FROM (SELECT \(select)) AS \(table.name.quoted)
                """
            let holds = try? connection.value(sql, names.map { row[$0] ?? .null })
            if holds != .integer(1) { return (check, columns[index]) }
        }
        return nil
    }
}
