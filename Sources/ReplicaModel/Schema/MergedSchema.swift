/// The schema that a set of definitions comes to: a pure function of the set, whatever the order in which they came.
///
/// Objects are identified by name. Of concurrent definitions the smallest site's gives type, default, NOT NULL, checks
/// and collation; a table has the union of the columns. A table with another primary key, or a column of another
/// affinity, is kept beside it under a name of its own.
package struct MergedSchema: Sendable {
    /// The tables, by the bytes of their names.
    package private(set) var tables: [MergedTable] = []
    /// The indexes, by the bytes of their names.
    package private(set) var indexes: [IndexDefinition] = []
    /// The places of the tables, by name.
    private var places: [Identifier: Int] = [:]

    package init() {}

    /// - Parameter facts: in any order.
    package init(_ facts: [SchemaFact]) {
        let sorted = facts.sorted(by: SchemaFact.precedes)
        let builders = TableBuilders(sorted)
        tables = builders.all.map { $0.table(among: builders, of: sorted) }.sorted { $0.name < $1.name }
        for (place, table) in tables.enumerated() { places[table.name] = place }
        indexes = indexes(sorted, builders)
    }

    package func table(named name: Identifier) -> MergedTable? { places[name].map { tables[$0] } }

    private func indexes(_ facts: [SchemaFact], _ builders: TableBuilders) -> [IndexDefinition] {
        var taken = TakenNames()
        for table in tables { _ = taken.take(table.name, suffix: "_") }
        var known: [Identifier: Set<Int>] = [:]
        var out: [IndexDefinition] = []
        for fact in facts {
            guard case .createIndex(let index) = fact.operation, let place = builders.place(index.table, fact),
                known[index.name.folded, default: []].insert(place).inserted,
                let table = table(named: builders.all[place].name)
            else { continue }
            let columns = index.parts.compactMap(\.column)
            let expressions =
                index.parts.compactMap { if case .expression(let text) = $0.term { text } else { nil } }
                + [index.condition].compactMap { $0 }
            guard columns.allSatisfy({ table.definition.column($0) != nil }),
                !expressions.contains(where: table.speaksOfCrowdedOut)
            else { continue }
            out.append(
                IndexDefinition(
                    name: taken.take(index.name, suffix: fact.suffix), table: table.name, isUnique: index.isUnique,
                    parts: index.parts,
                    condition: index.condition))
        }
        return out.sorted { $0.name < $1.name }
    }
}

/// A table as its definitions make it.
package struct MergedTable: Hashable, Sendable {
    package let definition: TableDefinition
    /// The name by which its creators called it, in small letters of ASCII.
    package let base: Identifier
    /// The changesets that created it: one, or several that had not seen each other.
    package let origins: Set<Dot>
    /// The columns, in the order of the definition's.
    package let columns: [MergedColumn]
    /// The columns that were defined beyond the limit, by people who had not seen each other: in the log, and shown by
    /// nobody.
    package let crowdedOut: [MergedColumn]

    package var name: Identifier { definition.name }
    /// Another table has the name that its creators gave it.
    package var isRenamed: Bool { name.folded != base }

    package init(
        definition: TableDefinition, base: Identifier, origins: Set<Dot>, columns: [MergedColumn],
        crowdedOut: [MergedColumn] = []
    ) {
        self.definition = definition
        self.base = base
        self.origins = origins
        self.columns = columns
        self.crowdedOut = crowdedOut
    }

    /// Whether an expression may read a column that is shown by nobody: then it cannot stand.
    func speaksOfCrowdedOut(_ expression: String) -> Bool { crowdedOut.contains { $0.name.mayStand(in: expression) } }

    /// Whether two schemas speak of the same table.
    package func isSame(as other: MergedTable) -> Bool {
        base == other.base && !origins.isDisjoint(with: other.origins)
    }
}

/// A column with where it comes from.
package struct MergedColumn: Hashable, Sendable {
    /// The name by which it is called now.
    package let name: Identifier
    /// The name by which its definers called it, in small letters of ASCII.
    package let declared: Identifier
    package let origins: Set<Dot>
    /// Whether every author who knows the table knows it.
    package let isOriginal: Bool
    package let isRetired: Bool
    /// Another column has the name that its definers gave it.
    package var isRenamed: Bool { name.folded != declared }

    package init(name: Identifier, declared: Identifier, origins: Set<Dot>, isOriginal: Bool, isRetired: Bool) {
        self.name = name
        self.declared = declared
        self.origins = origins
        self.isOriginal = isOriginal
        self.isRetired = isRetired
    }

    /// Whether two schemas speak of the same column.
    package func isSame(as other: MergedColumn) -> Bool {
        declared == other.declared && !origins.isDisjoint(with: other.origins)
    }
}
