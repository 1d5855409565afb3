/// The builders of all tables, which definitions find by the names that they use. Each is found without a look at the
/// others: of thousands of definitions none costs more than the first.
struct TableBuilders {
    private(set) var all: [MergedTableBuilder] = []
    /// Their places by name, of which no two have the same.
    private var ofName: [Identifier: Int] = [:]
    /// Their places by the name in small letters that their creators gave them, ascending.
    private var ofBase: [Identifier: [Int]] = [:]

    /// - Parameter facts: in the order in which they take names.
    init(_ facts: [SchemaFact]) {
        var taken = TakenNames()
        for fact in facts {
            guard case .createTable(let table) = fact.operation else { continue }
            let base = table.name.folded
            if let place = (ofBase[base] ?? []).first(where: { all[$0].hasKey(of: table) }) {
                all[place].creations.append((fact, table))
            } else {
                let name = taken.take(table.name, suffix: fact.suffix)
                ofName[name] = all.count
                ofBase[base, default: []].append(all.count)
                all.append(MergedTableBuilder(base: base, name: name, creations: [(fact, table)]))
            }
        }
        for fact in facts {
            switch fact.operation {
            case .addColumn(let added):
                if let place = place(added.table, fact) { all[place].additions.append((fact, added)) }
            case .retire(let table, let column):
                if let place = place(table, fact) { all[place].retired.insert(column.folded) }
            case .found, .admit, .cut, .release, .createTable, .createIndex: break
            }
        }
    }

    /// The place of the table that an author meant by a name: the first of that name of which it had seen a creation.
    func place(_ name: Identifier, _ fact: SchemaFact) -> Int? {
        if let exact = ofName[name], all[exact].isSeen(by: fact) { return exact }
        return (ofBase[name.folded] ?? []).first { all[$0].isSeen(by: fact) }
    }

    /// The table that an author referred to; nil where there is none.
    func target(of reference: Reference, _ fact: SchemaFact) -> MergedTableBuilder? {
        // One changeset may refer to what comes further on in it.
        let own = (ofBase[reference.table.folded] ?? []).first { place in
            all[place].creations.contains { $0.fact.dot == fact.dot }
        }
        return (own ?? place(reference.table, fact) ?? ofName[reference.table]).map { all[$0] }
    }
}
