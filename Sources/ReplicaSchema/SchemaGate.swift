import ReplicaModel

/// Whether definitions can stand beside those that their author had seen. It looks at the definitions alone, so every
/// replica says the same.
package enum SchemaGate {
    /// Why some definition cannot be meant; nil if all can. Costs what is defined, not its square.
    package static func refusal(of facts: [SchemaFact], after before: [SchemaFact]) -> String? {
        var all = before
        var names = Names(MergedSchema(all))
        var isRetired = false
        for fact in facts {
            let retires = if case .retire = fact.operation { true } else { false }
            // What else a column is that is used no more, only the whole of the definitions tells; and to whom retires
            // the next it is the same.
            if isRetired, !retires { names = Names(MergedSchema(all)) }
            if let refusal = refusal(of: fact.operation, beside: names) { return refusal }
            all.append(fact)
            isRetired = retires
            if !retires { names.add(fact.operation) }
        }
        let merged = MergedSchema(all)
        let tables = Dictionary(
            merged.tables.map { ($0.name.folded, $0.definition) }, uniquingKeysWith: { first, _ in first })
        for fact in facts { if let refusal = refusal(ofReferencesOf: fact, in: merged, tables) { return refusal } }
        return nil
    }

    /// The names that a definition meets: the tables by theirs, and all that are taken.
    private struct Names {
        private(set) var tables: [Identifier: TableDefinition] = [:]
        /// The names that are taken, in small letters of ASCII.
        private var taken: Set<Identifier> = []

        init(_ schema: MergedSchema) {
            for table in schema.tables { tables[table.name] = table.definition }
            taken = Set(schema.tables.map(\.name.folded) + schema.indexes.map(\.name.folded))
        }

        func isTaken(_ name: Identifier) -> Bool { taken.contains(name.folded) }

        /// Adds what was found to stand beside them.
        mutating func add(_ operation: ControlOperation) {
            switch operation {
            case .createTable(let table):
                tables[table.name] = table
                taken.insert(table.name.folded)
            case .createIndex(let index): taken.insert(index.name.folded)
            case .addColumn(let added): tables[added.table] = tables[added.table]?.adding(added)
            case .found, .admit, .cut, .release, .retire: break
            }
        }
    }

    private static func refusal(of operation: ControlOperation, beside names: Names) -> String? {
        switch operation {
        case .found, .admit, .cut, .release: return nil
        case .createTable(let table):
            return names.isTaken(table.name) ? "\(table.name) exists already" : SchemaRules.refusal(of: table)
        case .createIndex(let index):
            return names.isTaken(index.name)
                ? "\(index.name) exists already" : SchemaRules.refusal(of: index, table: names.tables[index.table])
        case .addColumn(let added):
            guard let table = names.tables[added.table] else { return "there is no table \(added.table)" }
            return SchemaRules.refusal(of: added, to: table)
        case .retire(let name, let column):
            guard let table = names.tables[name], table.column(column) != nil else {
                return "\(name) has no column \(column)"
            }
            return table.key.contains(column)
                ? "column \(column) is of the key of \(name), which cannot be retired" : nil
        }
    }

    /// A reference may be to a table that comes further on in its changeset. One that is to nothing, or not to a whole
    /// key, is not in what the definitions come to.
    ///
    /// - Parameter tables: those of the schema by their names in small letters.
    private static func refusal(
        ofReferencesOf fact: SchemaFact, in merged: MergedSchema, _ tables: [Identifier: TableDefinition]
    ) -> String? {
        let (name, references): (Identifier, [Reference])
        switch fact.operation {
        case .createTable(let table): (name, references) = (table.name, table.references)
        case .addColumn(let added): (name, references) = (added.table, added.reference.map { [$0] } ?? [])
        case .found, .admit, .cut, .release, .createIndex, .retire: return nil
        }
        guard !references.isEmpty, let table = merged.table(named: name)?.definition else { return nil }
        for reference in references {
            let found = table.references.first {
                ($0.columns, $0.onDelete, $0.onUpdate) == (reference.columns, reference.onDelete, reference.onUpdate)
            }
            guard let found else {
                return
                    """
                    table \(name) refers to \(reference.table), which is not there, or not by as many columns as its \
                    primary key has
                    """
            }
            if let refusal = ReferenceGate.refusal(of: found, in: table, to: tables[found.table.folded]) {
                return refusal
            }
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
