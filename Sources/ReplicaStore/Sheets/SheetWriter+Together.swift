import ReplicaModel
import SQLiteAccess

/// Rows of which each would have to be written before the others: that refer to each other, or exchange the values of a
/// UNIQUE.
extension SheetWriter {
    /// More of them are no exchange that somebody thought of.
    static let (togetherMax, roundsMax) = (50_000, 16)

    /// Writes all of them but those that cannot be written even so.
    func writeTogether(_ rows: LaterRows) throws(StoreError) {
        guard (1...Self.togetherMax).contains(rows.count) else { return }
        let isReferring = rows === referring
        var stuck: Set<Int> = []
        for _ in 0..<Self.roundsMax where stuck.count < rows.count {
            let before = report
            // What is listed behind the savepoint is gone once all goes back to it.
            let listed = plan.columns.map { $0.reference?.isListed ?? false }
            let (isAlikeListed, hasKeyless) = (lookalikes.isListed, keyless != nil)
            held = []
            try connection.run("SAVEPOINT caravan_together; PRAGMA defer_foreign_keys = \(isReferring ? "ON" : "OFF")")
            try rows.forEach { (row) throws(StoreError) in
                if !stuck.contains(row.line) { try prepare(row) }
                return false
            }
            let known = stuck
            try rows.forEach { (row) throws(StoreError) in
                guard !known.contains(row.line) else { return false }
                if try attempt(row, isLast: false) != nil { stuck.insert(row.line) }
                return false
            }
            let events = held ?? []
            (held, parked, promised) = (nil, [:], [])
            // What has several columns refers to a row that SQLite looks for, and not the readers of cells.
            let dangling =
                isReferring ? try connection.rows("PRAGMA foreign_key_check(\(table.name.quoted))") : []
            if stuck == known, dangling.isEmpty {
                try connection.run("RELEASE caravan_together; PRAGMA defer_foreign_keys = OFF")
                events.forEach(tell)
                try rows.forEach { (row) throws(StoreError) in !stuck.contains(row.line) }
                return
            }
            report = before
            try connection.run(
                "ROLLBACK TO caravan_together; RELEASE caravan_together; PRAGMA defer_foreign_keys = OFF")
            for (column, isListed) in zip(plan.columns, listed) { column.reference?.forget(isListed: isListed) }
            lookalikes.forget(isListed: isAlikeListed)
            if !hasKeyless { keyless = nil }
            if stuck == known { return }
        }
    }

    /// Notes the key that a row will have, and takes a row that is there out of the others' way.
    private func prepare(_ row: SheetRow) throws(StoreError) {
        var values: [Value] = []
        for column in plan.columns {
            switch column.reader.read(row.cell(at: column.place)) {
            case .value(let value): values.append(value)
            case .refused: return
            }
        }
        if let key = plan.key, key.count == 1 { promised.insert(values[key[0]]) }
        guard case .columns(let wanted) = plan.recognition else { return }
        let found = try plan.finder.rows(wanted.map { values[$0] })
        guard found.count == 1 else { return }
        let key = Array(found[0].prefix(table.keyColumns.count))
        // Another line of the same row has it out of the way.
        guard parked[key] == nil else { return }
        let old = Array(found[0].dropFirst(key.count))
        let moving = values.indices.filter { values[$0] != old[$0] && !plan.columns[$0].isKey && !wanted.contains($0) }
        var cells = old
        var away: [Int: Value] = [:]
        let definitions = moving.map { plan.columns[$0].definition }
        for cell in ParkedCells.of(definitions, plan.uniques, number: parked.count) {
            guard let index = moving.first(where: { plan.columns[$0].definition.name == cell.column }) else { continue }
            away[index] = old[index]
            cells[index] = cell.value
        }
        guard !away.isEmpty else { return }
        do { try statements.update(key, columns: away.keys.sorted(), cells) } catch {
            // What the table does not take for a moment stays where it is.
            _ = try causes.refusal(for: error, writing: names(cells))
            return
        }
        parked[key] = away
    }
}
