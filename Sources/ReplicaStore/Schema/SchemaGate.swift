import ReplicaModel

/// Whether definitions can stand beside those that their author had seen.
enum SchemaGate {
    /// Why some definition cannot be meant; nil if all can.
    static func refusal(of facts: [SchemaFact], after before: [SchemaFact]) throws(StoreError) -> String? {
        var all = before
        for fact in facts {
            if let refusal = try refusal(of: fact.operation, beside: MergedSchema(all)) { return refusal }
            all.append(fact)
        }
        let merged = MergedSchema(all)
        let tables = merged.tables.map(\.definition)
        for table in tables {
            do { try ReferenceGate.check(table, among: tables) } catch {
                guard case .schema(let sentence) = error else { throw error }
                return sentence
            }
        }
        return try SchemaTrial.refusal(of: tables, merged.indexes)
    }

    private static func refusal(of operation: ControlOperation, beside schema: MergedSchema) throws(StoreError) -> String? {
        switch operation {
        case .found, .admit: return nil
        case .createTable(let table):
            return isTaken(table.name, schema) ? "\(table.name) exists already" : SchemaSQL.refusal(of: table)
        case .createIndex(let index):
            return isTaken(index.name, schema)
                ? "\(index.name) exists already" : SchemaSQL.refusal(of: index, tables: schema.tables.map(\.definition))
        case .addColumn(let added): return try refusal(of: added, beside: schema)
        case .retire(let name, let column):
            guard let table = schema.table(named: name)?.definition, table.column(column) != nil else { return "\(name) has no column \(column)" }
            return table.key.contains(column) ? "column \(column) is of the key of \(name), which cannot be retired" : nil
        }
    }

    private static func isTaken(_ name: Identifier, _ schema: MergedSchema) -> Bool {
        schema.tables.map(\.name).containsSame(as: name) || schema.indexes.map(\.name).containsSame(as: name)
    }

    private static func refusal(of added: AddedColumn, beside schema: MergedSchema) throws(StoreError) -> String? {
        guard let table = schema.table(named: added.table)?.definition else { return "there is no table \(added.table)" }
        let place = "column \(added.column.name) of table \(added.table)"
        guard !table.columns.map(\.name).containsSame(as: added.column.name) else { return "\(place) exists already" }
        if let text = added.column.defaultExpression, SQLExpression.refusal(of: text, for: .constant) != nil {
            return "the default of \(place) is no constant: rows that are there already show it, and must show the same everywhere"
        }
        if added.column.isNotNull, added.column.defaultExpression == nil {
            return "\(place) is NOT NULL without a default: rows that are there already have nothing to show"
        }
        if added.column.generated?.isStored == true { return "\(place) is generated and STORED: a column that is added is VIRTUAL" }
        guard added.reference.map({ $0.columns == [added.column.name] }) ?? true else { return "\(place) comes with a reference of other columns" }
        if let refusal = SchemaSQL.refusal(of: table.adding(added)) { return refusal }
        return try DefaultValues.refusal(of: added.column, isStrict: table.isStrict).map { "the default of \(place) \($0)" }
    }
}

extension TableDefinition {
    /// The table with one column more.
    func adding(_ added: AddedColumn) -> TableDefinition {
        TableDefinition(
            name: name, columns: columns + [added.column], key: key, isStrict: isStrict, isWithoutRowid: isWithoutRowid,
            references: references + [added.reference].compactMap { $0 }, checks: checks + added.checks)
    }
}
