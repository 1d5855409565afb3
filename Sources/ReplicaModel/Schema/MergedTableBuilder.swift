/// The definitions of one table, and what they come to.
struct MergedTableBuilder {
    /// The name in lower case, by which definitions find each other.
    let base: Identifier
    /// The table's name.
    let name: Identifier
    /// The creations, that of the smallest site first.
    var creations: [(fact: SchemaFact, table: TableDefinition)]
    var additions: [(fact: SchemaFact, added: AddedColumn)] = []
    /// Columns, in lower case.
    var retired: Set<Identifier> = []

    /// The name and the kind of a key's column: columns that have both alike are one column.
    private struct KeyPart: Hashable {
        let name: Identifier
        let kind: String
    }

    private struct Definer {
        let fact: SchemaFact
        let column: ColumnDefinition
        let isCreation: Bool
    }

    /// Whether a table has this kind of key: the same columns of the same affinities, and whether it is the row number.
    func hasKey(of table: TableDefinition) -> Bool { Self.shape(creations[0].table) == Self.shape(table) }

    private static func shape(_ table: TableDefinition) -> [KeyPart] {
        guard !table.hasRowNumberAsKey else { return [KeyPart(name: table.key[0].folded, kind: "rowid")] }
        return table.key.map { name in
            KeyPart(name: name.folded, kind: table.column(name).map { kind($0, isStrict: table.isStrict) } ?? "")
        }
    }

    /// The kind of a column: what it can hold. Columns of one kind are one column.
    private static func kind(_ column: ColumnDefinition, isStrict: Bool) -> String {
        let isAny = isStrict && column.type.asciiUppercased == "ANY"
        return (isAny ? "any" : "\(Affinity(declared: column.type))") + (column.generated == nil ? "" : " generated")
    }

    func isSeen(by fact: SchemaFact) -> Bool { creations.contains { fact.hasSeen($0.fact) } }

    /// - Parameter facts: all that there are.
    func table(among builders: TableBuilders, of facts: [SchemaFact]) -> MergedTable {
        let first = creations[0].table
        var all: [(column: MergedColumn, definition: ColumnDefinition)] = []
        var taken = TakenNames()
        let groups = self.groups
        for group in groups {
            all.append(merge(group, as: taken.take(group[0].column.name, suffix: group[0].fact.suffix)))
        }
        let crowded = crowdedOut(groups, all.map(\.definition), facts)
        let shown = all.indices.filter { !crowded.contains($0) }.map { all[$0] }
        let out = crowded.sorted().map { all[$0].column }
        let checks = (first.checks + additions.flatMap(\.added.checks)).filter { check in
            !out.contains { $0.name.mayStand(in: check.expression) }
        }
        return MergedTable(
            definition: TableDefinition(
                name: name, columns: shown.map(\.definition), key: first.key,
                isStrict: creations.allSatisfy(\.table.isStrict),
                isWithoutRowid: first.isWithoutRowid,
                references: references(Set(shown.map(\.definition.name)), builders), checks: Self.distinct(checks)),
            base: base, origins: Set(creations.map(\.fact.dot)), columns: shown.map(\.column), crowdedOut: out)
    }

    /// The places of the columns for which a table has no room: all but those of the key and the first others by
    /// (number of definitions in the context of theirs, site, name), and what is generated from such.
    private func crowdedOut(
        _ groups: [[Definer]], _ definitions: [ColumnDefinition], _ facts: [SchemaFact]
    ) -> Set<Int> {
        guard groups.count > Self.columnsMax else { return [] }
        var seen: [Dot: Int] = [:]
        let count = { (fact: SchemaFact) -> Int in
            if seen[fact.dot] == nil { seen[fact.dot] = facts.count { fact.context.covers($0.dot) } }
            return (seen[fact.dot] ?? 0) + fact.number
        }
        let key = creations[0].table.key
        let ranks = groups.map { group in
            group.map { (count($0.fact), $0.fact.site, $0.column.name) }.min { $0 < $1 }
                ?? (0, group[0].fact.site, group[0].column.name)
        }
        let others = groups.indices.filter { !key.contains(definitions[$0].name) }.sorted { ranks[$0] < ranks[$1] }
        var out = Set(others.dropFirst(Self.columnsMax - key.count))
        var grows = true
        while grows {
            let more = definitions.indices.filter { place in
                guard !out.contains(place), let text = definitions[place].generated?.expression else { return false }
                return out.contains { definitions[$0].name.mayStand(in: text) }
            }
            out.formUnion(more)
            grows = !more.isEmpty
        }
        return out
    }

    /// Columns of a table, those of the key included: SQLite has room for 2,000, and beside the table there is one for
    /// what was noted of it.
    static let columnsMax = 1_900

    /// Definitions of one column, those of the creations first; in the order in which the table has them.
    private var groups: [[Definer]] {
        var out: [[Definer]] = []
        var places: [KeyPart: Int] = [:]
        let strict = creations[0].table.isStrict
        let all =
            creations.flatMap { creation in
                creation.table.columns.map { Definer(fact: creation.fact, column: $0, isCreation: true) }
            }
            + additions.map { Definer(fact: $0.fact, column: $0.added.column, isCreation: false) }
        for definer in all {
            let column = KeyPart(name: definer.column.name.folded, kind: Self.kind(definer.column, isStrict: strict))
            if let place = places[column] {
                out[place].append(definer)
            } else {
                places[column] = out.count
                out.append([definer])
            }
        }
        return out
    }

    private func merge(_ group: [Definer], as name: Identifier) -> (MergedColumn, ColumnDefinition) {
        let first = group[0]
        let declared = first.column.name.folded
        let isInAll = creations.allSatisfy { creation in
            group.contains { $0.fact.dot == creation.fact.dot && $0.isCreation }
        }
        let isAddedOnly = group.allSatisfy { !$0.isCreation }
        let isRetired = retired.contains(declared)
        let isKey = creations[0].table.key.contains(first.column.name)
        let isNotNull = group.allSatisfy(\.column.isNotNull) && (isInAll || isAddedOnly) && !(isRetired && !isKey)
        // Where some creator did not declare the column, the default is shown by rows that were there before, and by
        // rows in which nobody wrote it.
        let isSteady = isInAll || isAddedOnly || first.column.hasSteadyDefault
        return (
            MergedColumn(
                name: name, declared: declared, origins: Set(group.map(\.fact.dot)), isOriginal: isInAll,
                isRetired: isRetired && !isKey),
            ColumnDefinition(
                name: name, type: first.column.type, isNotNull: isNotNull,
                defaultExpression: isSteady ? first.column.defaultExpression : nil,
                collation: first.column.collation, generated: first.column.generated)
        )
    }

    /// The references that somebody declared and that can be, each to the table that its author meant: columns under
    /// their own names, the whole of a key.
    private func references(_ names: Set<Identifier>, _ builders: TableBuilders) -> [Reference] {
        let all =
            creations.flatMap { creation in creation.table.references.map { (creation.fact, $0) } }
            + additions.compactMap { addition in addition.added.reference.map { (addition.fact, $0) } }
        let found = all.compactMap { fact, reference -> Reference? in
            guard let target = builders.target(of: reference, fact), reference.columns.allSatisfy(names.contains),
                reference.columns.count == target.creations[0].table.key.count
            else { return nil }
            return Reference(
                columns: reference.columns, table: target.name, onDelete: reference.onDelete,
                onUpdate: reference.onUpdate,
                isDeferred: reference.isDeferred)
        }
        return Self.distinct(found)
    }

    private static func distinct<Item: Hashable>(_ items: [Item]) -> [Item] {
        var seen: Set<Item> = []
        return items.filter { seen.insert($0).inserted }
    }
}
