import ReplicaModel

/// Whether definitions can stand beside those that their author had seen. It looks at the definitions alone, so every replica says the same.
enum SchemaGate {
    /// Why some definition cannot be meant; nil if all can.
    static func refusal(of facts: [SchemaFact], after before: [SchemaFact]) -> String? {
        var all = before
        for fact in facts {
            if let refusal = refusal(of: fact.operation, beside: MergedSchema(all)) { return refusal }
            all.append(fact)
        }
        let merged = MergedSchema(all)
        for fact in facts { if let refusal = refusal(ofReferencesOf: fact, in: merged) { return refusal } }
        return nil
    }

    private static func refusal(of operation: ControlOperation, beside schema: MergedSchema) -> String? {
        switch operation {
        case .found, .admit: return nil
        case .createTable(let table):
            return isTaken(table.name, schema) ? "\(table.name) exists already" : SchemaRules.refusal(of: table)
        case .createIndex(let index):
            return isTaken(index.name, schema)
                ? "\(index.name) exists already" : SchemaRules.refusal(of: index, tables: schema.tables.map(\.definition))
        case .addColumn(let added):
            guard let table = schema.table(named: added.table)?.definition else { return "there is no table \(added.table)" }
            return SchemaRules.refusal(of: added, to: table)
        case .retire(let name, let column):
            guard let table = schema.table(named: name)?.definition, table.column(column) != nil else { return "\(name) has no column \(column)" }
            return table.key.contains(column) ? "column \(column) is of the key of \(name), which cannot be retired" : nil
        }
    }

    private static func isTaken(_ name: Identifier, _ schema: MergedSchema) -> Bool {
        schema.tables.map(\.name).containsSame(as: name) || schema.indexes.map(\.name).containsSame(as: name)
    }

    /// A reference may be to a table that comes further on in its changeset. One that is to nothing, or not to a whole key, is not in what the
    /// definitions come to.
    private static func refusal(ofReferencesOf fact: SchemaFact, in merged: MergedSchema) -> String? {
        let (name, references): (Identifier, [Reference])
        switch fact.operation {
        case .createTable(let table): (name, references) = (table.name, table.references)
        case .addColumn(let added): (name, references) = (added.table, added.reference.map { [$0] } ?? [])
        case .found, .admit, .createIndex, .retire: return nil
        }
        guard !references.isEmpty, let table = merged.table(named: name)?.definition else { return nil }
        let tables = merged.tables.map(\.definition)
        for reference in references {
            let found = table.references.first {
                ($0.columns, $0.onDelete, $0.onUpdate) == (reference.columns, reference.onDelete, reference.onUpdate)
            }
            guard let found else {
                return "table \(name) refers to \(reference.table), which is not there, or not by as many columns as its primary key has"
            }
            if let refusal = ReferenceGate.refusal(of: found, in: table, among: tables) { return refusal }
        }
        return nil
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
