import ReplicaModel
import ReplicaSchema
import ReplicaStore

/// The definitions that admins make while others are away: columns, tables and indexes, some of which two of them
/// define apart.
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

    private static let types: [Identifier: String] = ["more2": "INTEGER", "more3": "REAL"]
    private static let defaults = [
        "INTEGER": ["0", "7", "-2147483649", "9223372036854775807"], "REAL": ["0.1", "-1.5", "1e300"],
    ]

    private static func newColumn(_ table: TableDefinition, _ site: Int, _ random: inout SeededGenerator)
        -> [ControlOperation]
    {
        let name =
            random.chance(80) ? random.pick(["more1", "more2", "more3"]) : random.pick(AwkwardNames.draw(1, &random))
        guard !table.columns.contains(where: { $0.name.isSame(as: name) }) else { return [] }
        // Of one type by its name: two of different types are two columns, and the definition knows the columns of
        // changesets by their names alone.
        let (type, text) = types[name].map { ($0, random.pick(defaults[$0] ?? ["NULL"])) } ?? ("TEXT", "'from \(site)'")
        let column = ColumnDefinition(
            name: name, type: type, isNotNull: random.chance(30), defaultExpression: text, collation: "BINARY")
        // Rows that are there may fail it.
        let check = CheckDefinition(name: nil, expression: "\(name.inSQL) <> 't1'")
        return [
            .addColumn(
                AddedColumn(table: table.name, column: column, reference: nil, checks: random.chance(15) ? [check] : [])
            )
        ]
    }

    private static func newTable(_ schema: Schema, _ random: inout SeededGenerator) -> [ControlOperation] {
        let name: Identifier = random.pick(["extra1", "extra2"])
        guard !schema.tables.contains(where: { $0.name == name }) else { return [] }
        let others = (["one", "two", "three"] as [Identifier]).filter { _ in random.chance(60) }.map {
            let text: String? = random.pick([nil, "'here'", "lower(hex(randomblob(4)))"])
            return ColumnDefinition(
                name: $0, type: "TEXT", isNotNull: false, defaultExpression: text, collation: "BINARY")
        }
        let key = ColumnDefinition(
            name: "id", type: "TEXT", isNotNull: true, defaultExpression: nil, collation: "BINARY")
        return [
            .createTable(
                TableDefinition(
                    name: name, columns: [key] + others, key: ["id"], isStrict: false, isWithoutRowid: false,
                    references: []))
        ]
    }

    private static func newIndex(_ table: TableDefinition, _ schema: Schema, _ random: inout SeededGenerator)
        -> [ControlOperation]
    {
        guard let column = table.valueColumns.first?.name else { return [] }
        let name = Identifier("\(table.name)_\(random.pick(["", "", "2"]))\(column)")
        guard !schema.indexes.contains(where: { $0.name == name }) else { return [] }
        let isPlain = random.chance(50)
        let (other, isOther) = (random.pick(table.columns.filter { $0.generated == nil }).name, random.chance(40))
        var parts = [part(column, isPlain, &random)]
        if !isPlain, isOther, other != column { parts.append(part(other, isPlain, &random)) }
        let condition = !isPlain && random.chance(50) ? "\(other.inSQL) > '0'" : nil
        return [
            .createIndex(
                IndexDefinition(
                    name: name, table: table.name, isUnique: isPlain || random.chance(70), parts: parts,
                    condition: condition))
        ]
    }

    private static func part(_ column: Identifier, _ isPlain: Bool, _ random: inout SeededGenerator)
        -> IndexDefinition.Part
    {
        if isPlain { return IndexDefinition.Part(column: column, collation: "BINARY", isDescending: false) }
        let collation = random.pick(["BINARY", "NOCASE", "RTRIM"])
        let term: IndexDefinition.Term = random.chance(60) ? .column(column) : .expression("lower(\(column.inSQL))")
        return IndexDefinition.Part(term: term, collation: collation, isDescending: random.chance(30))
    }
}
