import ReplicaModel
import SQLiteAccess

/// Merges rows that are equal in a UNIQUE into the one that was entered first, where they agree: a column that one of
/// them lacks is filled from the other, and rows that differ in one are left to a person.
struct DuplicateMerge {
    let table: TableState
    let transaction: Transaction
    /// Milliseconds since 1970.
    let now: Int64
    /// Runs a statement on the connection that writes, and returns its first row.
    let run: (String, [Value]) throws(StoreError) -> [Value]?

    /// - Returns: why the group stays; nil where it is merged.
    func merge(_ report: ConflictReport) throws(StoreError) -> String? {
        guard case .duplicate(_, let keys) = report.kind else { return "it is no duplicate" }
        var rows: [(key: [Value], values: [Value])] = []
        for key in keys {
            // Another group may have taken it along.
            if let values = try values(key) { rows.append((key, values)) }
        }
        guard rows.count > 1 else { return nil }
        var merged = [Value](repeating: .null, count: table.valueColumns.count)
        for row in rows {
            for (column, value) in row.values.enumerated() where !value.isNull {
                guard merged[column].isNull || merged[column] == value else {
                    return "the rows differ in \(table.valueColumns[column].name): take one with --merge-into"
                }
                merged[column] = value
            }
        }
        let survivor = try first(of: rows.map(\.key))
        let references = ReferenceMove(table: table, state: transaction.state, run: run)
        for row in rows where row.key != survivor {
            try references.move(from: row.key, to: survivor)
            _ = try run("DELETE FROM \(table.name.quoted) WHERE \(table.keyTerm)", row.key)
        }
        try fill(survivor, with: merged, where: rows.first { $0.key == survivor }?.values ?? [])
        return nil
    }

    private func values(_ key: [Value]) throws(StoreError) -> [Value]? {
        let names = table.valueColumns.map(\.name.quoted)
        let columns = names.isEmpty ? "1" : names.joined(separator: ", ")
        let row = try run("SELECT \(columns) FROM \(table.name.quoted) WHERE \(table.keyTerm)", key)
        return names.isEmpty ? row.map { _ in [] } : row
    }

    /// The row whose key was written first, by the stamp of its insert; of several the least key.
    private func first(of keys: [[Value]]) throws(StoreError) -> [Value] {
        let tableRows = try transaction.tableRows(of: table)
        var found: [(stamp: Stamp, key: [Value])] = []
        for key in keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            var stamps: [Stamp] = []
            for candidate in try tableRows.record(key)?.clock.candidates(of: RowClock.keyColumn) ?? [] {
                stamps.append(try transaction.log.rank(of: candidate.dot).stamp)
            }
            if let stamp = stamps.min() { found.append((stamp, key)) }
        }
        return found.min { $0.stamp < $1.stamp }?.key ?? keys[0]
    }

    /// Writes every column of the survivor, so that two people who merge two rows into each other lose neither.
    private func fill(_ key: [Value], with merged: [Value], where present: [Value]) throws(StoreError) {
        for (column, value) in merged.enumerated() where column < present.count && value != present[column] {
            let name = table.valueColumns[column].name.quoted
            _ = try run(
                "UPDATE \(table.name.quoted) SET \(name) = ?\(key.count + 1) WHERE \(table.keyTerm)", key + [value])
        }
        let layout = PendingLayout(table)
        let marks = (1...key.count + 2).map { "?\($0)" }.joined(separator: ", ")
        _ = try run(
            "INSERT INTO \(layout.name)(kind, time, \(layout.keyNames.joined(separator: ", "))) VALUES (\(marks))",
            [.integer(Int64(PendingLayout.Kind.inserted.rawValue)), .integer(now)] + key)
    }
}
