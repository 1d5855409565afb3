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
            if let refusal = names.addCost(of: fact.operation) { return refusal }
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
        private var indexes: [IndexDefinition] = []
        /// What the expressions of a table cost, its indexes' among them, where that was asked.
        private var costs: [Identifier: ExpressionCost] = [:]
        /// The names that are taken, in small letters of ASCII.
        private var taken: Set<Identifier> = []

        init(_ schema: MergedSchema) {
            for table in schema.tables { tables[table.name] = table.definition }
            indexes = schema.indexes
            taken = Set(schema.tables.map(\.name.folded) + indexes.map(\.name.folded))
        }

        func isTaken(_ name: Identifier) -> Bool { taken.contains(name.folded) }

        /// Adds what was found to stand beside them.
        mutating func add(_ operation: ControlOperation) {
            switch operation {
            case .createTable(let table):
                tables[table.name] = table
                taken.insert(table.name.folded)
            case .createIndex(let index):
                indexes.append(index)
                taken.insert(index.name.folded)
            case .addColumn(let added): tables[added.table] = tables[added.table]?.adding(added)
            case .found, .admit, .cut, .release, .retire: break
            }
        }

        /// Adds what the expressions of a definition cost to what those of its table do. Why that is too much; nil if
        /// it is not.
        mutating func addCost(of operation: ControlOperation) -> String? {
            let (name, added): (Identifier, ExpressionCost)
            switch operation {
            case .createTable(let table): (name, added) = (table.name, SchemaRules.cost(of: table))
            case .createIndex(let index):
                guard let table = tables[index.table] else { return nil }
                (name, added) = (table.name, SchemaRules.cost(of: index, of: table))
            case .addColumn(let column):
                guard let table = tables[column.table] else { return nil }
                (name, added) = (table.name, SchemaRules.cost(of: column, in: table.adding(column)))
            case .found, .admit, .cut, .release, .retire: return nil
            }
            // A table that has more from before may get what costs nothing.
            guard !added.isNothing else { return nil }
            var all = costs[name] ?? tables[name].map { SchemaRules.cost(of: $0, indexes) } ?? ExpressionCost()
            all += added
            costs[name] = all
            return all.refusal(of: name)
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
