import ReplicaModel
import ReplicaStore

/// What admins define while others are away: columns, tables and indexes, some of which two of them define apart.
enum SchemaChanges {
    static func draw(_ schema: Schema, site: Int, _ random: inout SeededGenerator) -> [ControlOperation] {
        let tables = schema.tables.filter { $0.name != "ledger" }
        let table = random.pick(tables)
        switch random.below(5) {
        case 0: return newTable(schema, &random)
        case 1: return newIndex(table, schema, &random)
        default: return newColumn(table, site, &random)
        }
    }

    private static func newColumn(_ table: TableDefinition, _ site: Int, _ random: inout SeededGenerator) -> [ControlOperation] {
        let name: Identifier = random.pick(["more1", "more2", "more3"])
        guard table.column(name) == nil else { return [] }
        let column = ColumnDefinition(
            name: name, type: "TEXT", isNotNull: random.chance(30), defaultExpression: "'from \(site)'", collation: "BINARY")
        return [.addColumn(AddedColumn(table: table.name, column: column, reference: nil, checks: []))]
    }

    private static func newTable(_ schema: Schema, _ random: inout SeededGenerator) -> [ControlOperation] {
        let name: Identifier = random.pick(["extra1", "extra2"])
        guard !schema.tables.contains(where: { $0.name == name }) else { return [] }
        let others = (["one", "two", "three"] as [Identifier]).filter { _ in random.chance(60) }.map {
            let text: String? = random.pick([nil, "'here'", "lower(hex(randomblob(4)))"])
            return ColumnDefinition(name: $0, type: "TEXT", isNotNull: false, defaultExpression: text, collation: "BINARY")
        }
        let key = ColumnDefinition(name: "id", type: "TEXT", isNotNull: true, defaultExpression: nil, collation: "BINARY")
        return [
            .createTable(TableDefinition(name: name, columns: [key] + others, key: ["id"], isStrict: false, isWithoutRowid: false, references: []))
        ]
    }

    private static func newIndex(_ table: TableDefinition, _ schema: Schema, _ random: inout SeededGenerator) -> [ControlOperation] {
        guard let column = table.others.first?.name else { return [] }
        let name = Identifier("\(table.name)_\(column)")
        guard !schema.indexes.contains(where: { $0.name == name }) else { return [] }
        let part = IndexDefinition.Part(column: column, collation: "BINARY", isDescending: false)
        return [.createIndex(IndexDefinition(name: name, table: table.name, isUnique: true, parts: [part]))]
    }
}
