import ReplicaModel

/// The tables as their rows make them together: which are visible, and what they clash in.
struct SpecifiedTables {
    private let rows: [RowName: SpecifiedRow]
    private let tables: [TableDefinition]
    private let defaults: [Identifier: [Identifier: Value]]
    private(set) var visible: Set<RowName>

    /// "Visible rows are the least set such that a row is visible if it is alive, or if a visible row refers to it by a
    /// foreign key."
    init(rows: [RowName: SpecifiedRow], tables: [TableDefinition], defaults: [Identifier: [Identifier: Value]]) {
        self.rows = rows
        self.tables = tables
        self.defaults = defaults
        visible = Set(rows.values.filter(\.isAlive).map(\.row))
        var grows = true
        while grows {
            let more = Set(visible.flatMap(targets).filter { rows[$0]?.hasInsert ?? false }).subtracting(visible)
            visible.formUnion(more)
            grows = !more.isEmpty
        }
    }

    /// The rows that a row refers to by what it shows.
    private func targets(_ row: RowName) -> [RowName] {
        guard let table = tables.first(where: { $0.name == row.table }), let shown = rows[row]?.shown else { return [] }
        return table.references.compactMap { reference in
            let key = reference.columns.map { value(of: $0, in: row, table, shown) }
            return key.contains(.null) ? nil : RowName(table: reference.table, key: key)
        }
    }

    private func value(
        of column: Identifier, in row: RowName, _ table: TableDefinition, _ shown: [Identifier: Value]
    ) -> Value {
        if let place = table.key.firstIndex(of: column) { return row.key[place] }
        return shown[column] ?? defaults[table.name]?[column] ?? .null
    }

    /// "Visible and not alive, with what refers to it."
    var keptReports: [ConflictReport] {
        let kept = visible.filter { rows[$0]?.isAlive == false }
        guard !kept.isEmpty else { return [] }
        return kept.map { row in
            let referrers = visible.filter { targets($0).contains(row) }.sorted()
            return ConflictReport(table: row.table, key: row.key, kind: .kept(referredBy: referrers))
        }
    }

    /// "Visible rows equal in a UNIQUE." NULL equals nothing. An index with an expression or a condition is SQLite's to
    /// compute: of it nothing is said here.
    func duplicateReports(_ index: IndexDefinition) -> [ConflictReport] {
        let columns = index.parts.compactMap(\.column)
        guard let table = tables.first(where: { $0.name == index.table }), columns.count == index.parts.count,
            index.condition == nil
        else {
            return []
        }
        let groups = Dictionary(grouping: visible.filter { $0.table == index.table }) { row in
            let shown = rows[row]?.shown ?? [:]
            return zip(columns, index.parts).map { Self.sortKey(value(of: $0, in: row, table, shown), $1.collation) }
        }
        return groups.filter { $0.value.count > 1 && !$0.key.contains(.null) }.map { _, rows in
            let keys = rows.map(\.key).sorted { $0.lexicographicallyPrecedes($1) }
            return ConflictReport(table: index.table, key: keys[0], kind: .duplicate(index: index.name, keys: keys))
        }
    }

    /// Equal for values that SQLite holds equal: numbers by value, texts by their collation.
    private static func sortKey(_ value: Value, _ collation: String) -> Value {
        switch value {
        case .real(let real): Int64(exactly: real).map { .integer($0) } ?? value
        case .text(let bytes):
            switch collation {
            case "NOCASE": .text(bytes.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 })
            case "RTRIM": .text(Array(bytes.reversed().drop { $0 == 0x20 }.reversed()))
            default: value
            }
        default: value
        }
    }
}
