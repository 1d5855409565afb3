import ReplicaModel

/// The list of what people should look at, read a little ahead, each time in a transaction of its own: whoever looks at
/// it page by page keeps none open, and no log from shrinking.
struct ConflictList {
    let replica: Replica
    /// The table whose conflicts are listed; nil for every one.
    let table: Identifier?
    /// The kind of conflict that is listed; nil for every one.
    let kind: String?
    /// The place up to which was listed before; nil from the beginning on.
    let after: ConflictPlace?

    private static let duplicate = "duplicate"
    private static let rowsAhead = 256
    /// The first page is there at once.
    private static let rowsAheadFirst = 32

    /// - Throws: `notFound` where the table of the place is gone.
    func each(while goesOn: (ConflictReport) -> Bool) throws(StoreError) {
        var tables = try replica.read().state.tables.filter { table == nil || $0.name == table }[...]
        if let after {
            guard let begin = tables.firstIndex(where: { $0.name == after.table }) else {
                throw .notFound("there is no table \(after.table) behind which the list goes on: begin anew")
            }
            tables = tables[begin...]
        }
        for table in tables {
            let after = after.flatMap { $0.table == table.name ? $0 : nil }
            if kind != Self.duplicate, after?.kindName != Self.duplicate {
                guard try rows(table.id, after: after, while: goesOn) else { return }
            }
            guard kind == nil || kind == Self.duplicate else { continue }
            let equal = try reading(table.id) { (table, reports) throws(StoreError) in
                let all = try reports.transaction.uniqueIndexes.duplicateReports(table)
                let order = reports.transaction.state.indexes.map(\.definition.name.text)
                return all[...].drop { report in Self.stands(report.place, behind: after, order: order) != true }
            }
            guard equal.allSatisfy(goesOn) else { return }
        }
    }

    private func rows(_ table: Int64, after: ConflictPlace?, while goesOn: (ConflictReport) -> Bool) throws(StoreError)
        -> Bool
    {
        var left: ArraySlice<[Value]> = []
        // The first pages are there without all keys being read.
        var batches = [Self.rowsAheadFirst, Self.rowsAhead, nil][...]
        var last: [Value]?
        while true {
            if left.isEmpty {
                guard let batch = batches.popFirst() else { return true }
                left = try reading(table) { (table, reports) throws(StoreError) in
                    try reports.openKeys(of: table, from: last ?? after?.key, kind: kind, max: batch.map { $0 + 1 })[
                        ...]
                }
                if let last, left.first == last { left.removeFirst() }
                guard let end = left.last else { return true }
                last = end
            }
            let keys = left.prefix(Self.rowsAhead)
            left = left.dropFirst(keys.count)
            let found = try reading(table) { (table, reports) throws(StoreError) in
                var found: [ConflictReport] = []
                for key in keys {
                    let own = try reports.conflicts(table, key: key)
                    found += key == after?.key ? own.filter { Self.stands($0.place, behind: after, of: table) } : own
                }
                return found[...]
            }
            guard found.allSatisfy({ kind == nil || $0.kindName == kind ? goesOn($0) : true }) else { return false }
        }
    }

    /// Whether a report of a row stands behind another of that row, which may have been settled meanwhile.
    private static func stands(_ place: ConflictPlace, behind after: ConflictPlace?, of table: TableState) -> Bool {
        after.map { rank(of: $0, table) < rank(of: place, table) } ?? true
    }

    /// The order of the reports of one row: cells by column, then the row itself, then its checks.
    private static func rank(of place: ConflictPlace, _ table: TableState) -> (Int, Int) {
        switch place.kindName {
        case "cell": (0, table.valueColumns.firstIndex { $0.name.text == place.part } ?? 0)
        case "invalid":
            (
                2,
                table.definition.checks.firstIndex { ($0.name?.text ?? $0.expression) == place.part }.map { $0 + 1 }
                    ?? 0
            )
        default: (1, 0)
        }
    }

    /// Whether rows that are equal stand behind others: by the order of the indexes, then by their least key.
    private static func stands(_ place: ConflictPlace, behind after: ConflictPlace?, order: [String]) -> Bool? {
        guard let after, after.kindName == duplicate else { return true }
        guard let index = order.firstIndex(of: place.part), let begin = order.firstIndex(of: after.part) else {
            return nil
        }
        return index == begin ? after.key.lexicographicallyPrecedes(place.key) : index > begin
    }

    /// Reads something of a table in a transaction of its own; nothing where the table is gone.
    private func reading<Item>(
        _ id: Int64, _ body: (TableState, ConflictReports) throws(StoreError) -> ArraySlice<Item>
    ) throws(StoreError) -> ArraySlice<Item> {
        let transaction = try replica.read()
        guard let table = transaction.state.table(id: id) else { return [] }
        return try body(table, transaction.conflictReports)
    }
}
