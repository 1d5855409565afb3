import ReplicaModel

/// A row inside one replica: the id of its table, and its key.
struct RowRef: Hashable {
    let table: Int64
    let key: [Value]
}

/// The references between tables, by the ids of tables.
struct ReferenceMap {
    /// A foreign key as seen from the table that has it.
    struct Link {
        enum Place {
            /// A column of the key, by its place there.
            case key(Int)
            /// Another column, by its index among the value columns.
            case other(Int)
        }

        let source: Int64
        let target: Int64
        /// The place where the value stands for each column of the target's key.
        let places: [Place]
        /// The names of those columns.
        let columns: [Identifier]

        /// The row that is referred to; nil where a column is NULL.
        func target(key: [Value], values: [Value]) -> RowRef? {
            var out: [Value] = []
            for place in places {
                let value =
                    switch place {
                    case .key(let index): key[index]
                    case .other(let index): values[index]
                    }
                if value.isNull { return nil }
                out.append(value)
            }
            return RowRef(table: target, key: out)
        }

        /// The columns of the reference that are not of the key, by index.
        var valueColumns: [Int] { places.compactMap { if case .other(let index) = $0 { index } else { nil } } }
    }

    private var outgoing: [Int64: [Link]] = [:]
    private var incoming: [Int64: [Link]] = [:]

    init() {}

    /// - Parameter places: those of the tables.
    init(_ tables: [TableState], _ places: TablePlaces) {
        for table in tables {
            for reference in table.definition.references {
                guard let target = places.ofNames[reference.table].map({ tables[$0] }) else { continue }
                let columns = reference.columns.compactMap { Self.place(of: $0, in: table) }
                guard columns.count == target.keyColumns.count else { continue }
                let link = Link(source: table.id, target: target.id, places: columns, columns: reference.columns)
                outgoing[table.id, default: []].append(link)
                incoming[target.id, default: []].append(link)
            }
        }
    }

    private static func place(of column: Identifier, in table: TableState) -> Link.Place? {
        if let index = table.keyColumns.firstIndex(where: { $0.name == column }) { return .key(index) }
        return table.valueColumns.firstIndex { $0.name == column }.map { .other($0) }
    }

    func from(_ table: Int64) -> [Link] { outgoing[table] ?? [] }
    func to(_ table: Int64) -> [Link] { incoming[table] ?? [] }
}
