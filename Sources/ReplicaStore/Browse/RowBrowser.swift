import ReplicaModel
import SQLiteAccess
import SyncWire

/// Pages of the people's tables, by key and not by offset, on a connection that only reads.
package final class RowBrowser {
    let connection: Connection
    private var tables: [TableDefinition]

    /// Opens a connection of its own, for which SQLite reads the whole schema: whoever reads more than once keeps it.
    package init(replica: Replica) throws(StoreError) {
        tables = try replica.admin.schema().tables
        connection = try Connection(path: replica.path, access: .readOnly, on: replica.connection.disk)
    }

    /// Takes note of tables as they are defined now.
    package func renew(_ replica: Replica) throws(StoreError) { tables = try replica.admin.schema().tables }

    /// Rows between two looks at the time.
    private static let rowsAtOnce = 256

    func definition(_ name: Identifier) throws(StoreError) -> TableDefinition {
        guard let found = tables.first(where: { $0.name.isSame(as: name) }) else {
            let names = tables.map(\.name)
            throw .notFound(
                """
                there is no table \(name.text.escaped())\(Nearness.advice(for: name, among: names)): the tables are \
                \(names.joined(separator: ", "))
                """)
        }
        return found
    }

    private var costs: RowCosts { RowCosts(connection: connection) }

    /// Whether the rows of a table can be sorted by a column in bounded time.
    package func canSort(_ name: Identifier, by column: Identifier) throws(StoreError) -> Bool {
        let table = try definition(name)
        guard table.columns.contains(where: { $0.name.isSame(as: column) }) else { return false }
        return try costs.isCheap(column, table)
    }

    /// Reads one page.
    ///
    /// - Parameter isOver: whether the time for it is used up; asked now and then.
    /// - Throws: `notFound` for a table or column that there is not.
    package func page(_ query: RowQuery, isOver: () -> Bool) throws(StoreError) -> RowPage {
        let table = try definition(query.table)
        let sieve = try Sieve(query, table)
        var (terms, values): ([String], [Value]) = ([], [])
        var slow: [(sql: String, text: String)] = []
        for filter in query.filters {
            guard try costs.hasIndex(filter.column, table) else {
                slow.append((filter.column.quoted, filter.text))
                continue
            }
            let value = table.column(filter.column)?.typed(filter.text) ?? .text(filter.text)
            values.append(value)
            let term = "\(filter.column.quoted) IS ?\(values.count)"
            // What the index finds is sorted whole: of many rows it is quicker to look at each in the order of the page.
            if try costs.isRare(value, in: filter.column, table) {
                terms.append(term)
            } else {
                slow.append((term, "1"))
            }
        }
        let order = PageOrder(query, table)
        if let position = query.position { terms.append(order.term(behind: position, &values)) }
        let columns =
            (table.key + (query.sort.map { [$0] } ?? []) + query.columns).map(\.quoted) + slow.map(\.sql)
            + sieve.columns.map(\.quoted)
        let statement = try connection.prepare(
            """
            SELECT \(columns.joined(separator: ", ")) FROM \(table.name.quoted) \
            \(terms.isEmpty ? "" : "WHERE " + terms.joined(separator: " AND ")) ORDER BY \(order.sql)
            """)
        for (index, value) in values.enumerated() { try statement.bind(value, at: index + 1) }
        return try read(statement, query, table, slow.map(\.text), sieve, isOver)
    }

    private func read(
        _ statement: Statement, _ query: RowQuery, _ table: TableDefinition, _ wanted: [String], _ sieve: Sieve,
        _ isOver: () -> Bool
    ) throws(StoreError) -> RowPage {
        var page = RowPage()
        let (keyEnd, hasSort) = (table.key.count, query.sort != nil)
        let valuesStart = keyEnd + (hasSort ? 1 : 0)
        let slowStart = valuesStart + query.columns.count
        while try statement.step() {
            page.lookedAt += 1
            let key = (0..<keyEnd).map(statement.value(at:))
            let position = RowQuery.Position(sort: hasSort ? statement.value(at: keyEnd) : nil, key: key)
            let fits = wanted.indices.allSatisfy { statement.string(at: slowStart + $0) == wanted[$0] }
            if fits, sieve.lets(statement, from: slowStart + wanted.count) {
                guard page.rows.count < query.rowsMax else {
                    page.hasMore = true
                    break
                }
                let values = (valuesStart..<slowStart).map(statement.value(at:))
                page.rows.append(.init(key: key, values: values, position: position))
            }
            if page.lookedAt % Self.rowsAtOnce == 0, isOver() {
                page.hasMore = true
                page.pausedAt = position
                break
            }
        }
        if query.isBackward { page.rows.reverse() }
        return page
    }

    /// The values of columns of rows, by their keys; nil for a row that is not there.
    package func values(
        of columns: [Identifier], in name: Identifier, keys: [[Value]]
    ) throws(StoreError) -> [[Value]?] {
        let table = try definition(name)
        let term = table.key.indices.map { "\(table.key[$0].quoted) IS ?\($0 + 1)" }.joined(separator: " AND ")
        let list = columns.isEmpty ? "1" : columns.map(\.quoted).joined(separator: ", ")
        let statement = try connection.prepare("SELECT \(list) FROM \(table.name.quoted) WHERE \(term)")
        var out: [[Value]?] = []
        for key in keys {
            guard key.count == table.key.count else {
                out.append(nil)
                continue
            }
            for (index, value) in key.enumerated() { try statement.bind(value, at: index + 1) }
            out.append(try statement.step() ? statement.row : nil)
            statement.reset()
        }
        return out
    }

    /// The rows that a delete of a row would touch.
    package func outlook(of name: Identifier, key: [Value]) throws(StoreError) -> DeleteOutlook {
        try DeleteOutlooker(connection: connection, tables: tables).outlook(of: try definition(name), key: key)
    }

    /// The rows that refer to a row, by table and column.
    ///
    /// - Parameters:
    ///   - columns: the columns that are given of a row of each table.
    ///   - rowsMax: rows given of each.
    package func referrers(
        to name: Identifier, key: [Value], columns: (TableDefinition) -> [Identifier], rowsMax: Int
    ) throws(StoreError) -> [ReferrerReport] {
        var out: [ReferrerReport] = []
        for table in tables {
            for reference in table.references where reference.table.isSame(as: name) {
                guard reference.columns.count == key.count, let first = reference.columns.first else { continue }
                guard try costs.isCheap(first, table) else {
                    out.append(.init(table: table.name, column: first, rows: [], hasMore: true, isUnknown: true))
                    continue
                }
                let wanted = columns(table)
                let term = reference.columns.indices.map { "\(reference.columns[$0].quoted) = ?\($0 + 1)" }
                let rows = try connection.rows(
                    """
                    SELECT \((table.key + wanted).map(\.quoted).joined(separator: ", ")) FROM \(table.name.quoted) \
                    WHERE \(term.joined(separator: " AND ")) LIMIT \(rowsMax + 1)
                    """, key)
                guard !rows.isEmpty else { continue }
                let found = rows.prefix(rowsMax).map { row in
                    let own = Array(row.prefix(table.key.count))
                    return RowPage.Row(
                        key: own, values: Array(row.dropFirst(own.count)), position: .init(sort: nil, key: own))
                }
                out.append(.init(table: table.name, column: first, rows: found, hasMore: rows.count > rowsMax))
            }
        }
        return out
    }
}

extension ColumnDefinition {
    /// A text as this column holds it.
    fileprivate func typed(_ text: String) -> Value { Affinity(declared: type).converted(text) }
}

/// The order of a page as SQL.
private struct PageOrder {
    private let sort: Identifier?
    private let key: [Identifier]
    private let isDescending: Bool

    init(_ query: RowQuery, _ table: TableDefinition) {
        sort = query.sort
        key = table.key
        isDescending = query.isDescending != query.isBackward
    }

    var sql: String {
        ((sort.map { [$0] } ?? []) + key).map { $0.quoted + (isDescending ? " DESC" : "") }.joined(separator: ", ")
    }

    /// The term that holds for rows behind a place. SQLite has NULL before everything.
    func term(behind position: RowQuery.Position, _ values: inout [Value]) -> String {
        let start = values.count
        values += position.key
        let sign = isDescending ? "<" : ">"
        let names = key.map(\.quoted).joined(separator: ", ")
        let marks = key.indices.map { "?\(start + $0 + 1)" }.joined(separator: ", ")
        let behindKey = key.count == 1 ? "\(names) \(sign) \(marks)" : "(\(names)) \(sign) (\(marks))"
        guard let sort, let value = position.sort else { return behindKey }
        guard !value.isNull else {
            let same = "(\(sort.quoted) IS NULL AND \(behindKey))"
            return isDescending ? same : "(\(sort.quoted) IS NOT NULL OR \(same))"
        }
        values.append(value)
        let mark = "?\(values.count)"
        let beyond = "\(sort.quoted) \(sign) \(mark)\(isDescending ? " OR \(sort.quoted) IS NULL" : "")"
        return "(\(beyond) OR (\(sort.quoted) IS \(mark) AND \(behindKey)))"
    }
}

/// The words of a search, and where they are looked for.
private struct Sieve {
    let columns: [Identifier]
    private let words: [[UInt8]]

    init(_ query: RowQuery, _ table: TableDefinition) throws(StoreError) {
        words = query.words.map { Array(NameFold.light(Array($0.utf8)).utf8) }.filter { !$0.isEmpty }
        columns = words.isEmpty ? [] : query.searched
        for column in query.columns + query.searched + query.filters.map(\.column) + (query.sort.map { [$0] } ?? [])
        where !table.columns.contains(where: { $0.name.isSame(as: column) }) {
            throw .notFound("table \(table.name) has no column \(column.text.escaped())")
        }
    }

    /// Whether each word stands in some column of a row.
    func lets(_ statement: Statement, from start: Int) -> Bool {
        guard !words.isEmpty else { return true }
        var left = words
        for index in columns.indices {
            let text = Self.folded(statement.bytes(at: start + index))
            left.removeAll { ByteSearch.contains(text, $0) }
            if left.isEmpty { return true }
        }
        return false
    }

    private static func folded(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(where: { $0 >= 0x80 }) else {
            return bytes.map { $0 &- 0x41 < 26 ? $0 + 32 : $0 }
        }
        return Array(NameFold.light(bytes).utf8)
    }
}
