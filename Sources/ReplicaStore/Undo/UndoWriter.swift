import ReplicaModel
import SQLiteAccess

/// Carries a plan out, row by row, in a transaction of a client's connection. A row that cannot be put back hinders no
/// other.
final class UndoWriter {
    /// A row that is still to be written.
    fileprivate struct Item {
        let row: UndoPlan.Row
        var act: RowUndo.Act
    }

    private let connection: Connection
    private let transaction: Transaction
    private let now: Int64
    private var statements: [String: Statement] = [:]

    private var restored: [UndoReport.Restored] = []
    private var failed: [UndoReport.Failed] = []

    init(connection: Connection, transaction: Transaction, now: Int64) {
        self.connection = connection
        self.transaction = transaction
        self.now = now
    }

    /// Carries out a plan. A row can stand in another's way until that is written: what fails is tried again as long as
    /// something else went well.
    func carryOut(_ plan: UndoPlan) throws(StoreError) -> UndoReport {
        var left: [Item] = []
        restored.reserveCapacity(plan.rows.count)
        // Nearly all can be written as they come, so nothing is kept of those.
        for row in plan.rows {
            if case .nothing = row.undo.act { continue }
            let item = Item(row: row, act: row.undo.act)
            if try refusal(of: item) != nil { left.append(item) }
        }
        left = try writeInTurn(left)
        left = try writeExchanges(left)
        left = try writeInTurn(try writeCircles(left))
        for item in left { try writeInPart(item) }
        var kept: [UndoReport.Kept] = []
        for row in plan.rows {
            guard let there = row.undo.kept else { continue }
            var by: [WriteReport] = []
            for dot in there.by { by.append(try transaction.log.write(dot)) }
            kept.append(UndoReport.Kept(name(row), there.columns.map { row.table.valueColumns[$0].name }, by: by))
        }
        restored.sort { $0.row < $1.row }
        failed.sort { $0.row < $1.row }
        return UndoReport(restored: restored, kept: kept, failed: failed)
    }

    /// Writes rows as long as one more can be written.
    ///
    /// - Returns: what is still to be written.
    private func writeInTurn(_ items: [Item]) throws(StoreError) -> [Item] {
        var left = items
        var isMoving = true
        while isMoving, !left.isEmpty {
            let before = left.count
            var again: [Item] = []
            for item in left { if try refusal(of: item) != nil { again.append(item) } }
            left = again
            isMoving = left.count < before
        }
        return left
    }

    /// Writes the columns singly that cannot be written together, and tells what cannot be written at all.
    private func writeInPart(_ item: Item) throws(StoreError) {
        guard case .restore(let cells) = item.act, cells.count > 1 else {
            if let reason = try refusal(of: item) { fail(item, reason) }
            return
        }
        for cell in cells {
            let single = Item(row: item.row, act: .restore([cell]))
            if let reason = try refusal(of: single) {
                fail(item, "\(item.row.table.valueColumns[cell.column].name): \(reason)")
            }
        }
    }

    private func fail(_ item: Item, _ reason: String) {
        failed.append(UndoReport.Failed(name(item.row), reason))
    }

    private func name(_ row: UndoPlan.Row) -> RowName { RowName(table: row.table.name, key: row.key) }

    /// Writes a row. Where SQLite or a guard refuses: why, in a sentence.
    private func refusal(of item: Item) throws(StoreError) -> String? {
        do {
            try write(item)
            return nil
        } catch {
            guard case .sqlite(let code, let message, _) = error, code & 0xFF == ResultCode.constraintFailed else {
                throw error
            }
            return try reference(of: item) ?? message
        }
    }

    private func write(_ item: Item) throws(StoreError) {
        let (table, key) = (item.row.table, item.row.key)
        let names = table.valueColumns.map(\.name)
        let notes = PendingNotes(connection: connection, table: table)
        switch item.act {
        case .nothing: return
        case .remove:
            try run("DELETE FROM \(table.name.quoted) WHERE \(table.keyTerm)", key)
            restored.append(UndoReport.Restored(name(item.row), .removed, []))
        case .keep:
            try notes.note(.stays, key, at: now)
            restored.append(UndoReport.Restored(name(item.row), .kept, []))
        case .restore(let cells):
            try update(table, key, cells)
            restored.append(UndoReport.Restored(name(item.row), .changed, cells.map { names[$0.column] }))
        case .bringBack(let values):
            if try isThere(table, key) {
                // It is dead, and stays for the sake of what refers to it.
                if !values.isEmpty { try update(table, key, values.enumerated().map { ($0.offset, $0.element) }) }
                try notes.note(.inserted, key, at: now)
            } else {
                let columns = (table.keyColumns.map(\.name) + names).map(\.quoted).joined(separator: ", ")
                let marks = (1...key.count + values.count).map { "?\($0)" }.joined(separator: ", ")
                try run("INSERT INTO \(table.name.quoted)(\(columns)) VALUES (\(marks))", key + values)
            }
            restored.append(UndoReport.Restored(name(item.row), .broughtBack, names))
        }
    }

    private func update(
        _ table: TableState, _ key: [Value], _ cells: [(column: Int, value: Value)]
    ) throws(StoreError) {
        let sets = cells.enumerated().map { number, cell in
            "\(table.valueColumns[cell.column].name.quoted) = ?\(key.count + number + 1)"
        }
        try run(
            "UPDATE \(table.name.quoted) SET \(sets.joined(separator: ", ")) WHERE \(table.keyTerm)",
            key + cells.map(\.value))
    }

    private func isThere(_ table: TableState, _ key: [Value]) throws(StoreError) -> Bool {
        try statement("SELECT 1 FROM \(table.name.quoted) WHERE \(table.keyTerm)").first(key) != nil
    }

    private func run(_ sql: String, _ values: [Value]) throws(StoreError) { try statement(sql).run(values) }

    /// Prepared once: thousands of rows are written by a few texts.
    private func statement(_ sql: String) throws(StoreError) -> Statement {
        if let known = statements[sql] { return known }
        let made = try connection.prepare(sql)
        statements[sql] = made
        return made
    }
}

/// Rows that exchange the values of a UNIQUE: each would have to leave its value before the others take it.
extension UndoWriter {
    /// Takes such rows out of each other's way, and then writes them.
    ///
    /// - Returns: what is still to be written.
    private func writeExchanges(_ items: [Item]) throws(StoreError) -> [Item] {
        var moving = items.filter { $0.parked(in: transaction, number: 0) != nil }
        // A row that cannot be written even so stands in the way of others, which the next round leaves out too.
        for _ in 0..<Self.roundsMax where !moving.isEmpty {
            let told = restored
            try connection.run("SAVEPOINT caravan_exchange")
            var stuck: Set<RowRef> = []
            for (number, item) in moving.enumerated() {
                guard let parked = item.parked(in: transaction, number: number) else { continue }
                if try refusal(of: parked) != nil { stuck.insert(item.ref) }
            }
            restored = told
            for item in moving where !stuck.contains(item.ref) {
                if try refusal(of: item) != nil { stuck.insert(item.ref) }
            }
            if stuck.isEmpty {
                try connection.run("RELEASE caravan_exchange")
                let written = Set(moving.map(\.ref))
                return items.filter { !written.contains($0.ref) }
            }
            restored = told
            try connection.run("ROLLBACK TO caravan_exchange; RELEASE caravan_exchange")
            moving.removeAll { stuck.contains($0.ref) }
        }
        return items
    }

    private static let roundsMax = 16
}

/// Rows that come back and refer to each other in a circle: each would have to be there before the others.
extension UndoWriter {
    /// Writes such rows without what they refer to, and then that.
    ///
    /// - Returns: what is still to be written.
    private func writeCircles(_ items: [Item]) throws(StoreError) -> [Item] {
        var circle: [RowRef: Item] = [:]
        for item in items {
            if case .bringBack = item.act { circle[item.ref] = item }
        }
        var isShrinking = true
        while isShrinking, !circle.isEmpty {
            let before = circle.count
            for (ref, item) in circle where try !targets(of: item).allSatisfy({ circle[$0] != nil }) {
                circle[ref] = nil
            }
            isShrinking = circle.count < before
        }
        guard !circle.isEmpty else { return items }
        let isIn = { (item: Item) in circle[item.ref] != nil }
        let told = restored
        try connection.run("SAVEPOINT caravan_circle")
        var isWhole = true
        for item in items where isIn(item) && isWhole {
            isWhole = try refusal(of: item.unlinked(in: transaction)) == nil
        }
        let written = restored
        for item in items where isIn(item) && isWhole {
            guard let links = item.links(in: transaction) else { continue }
            isWhole = try refusal(of: links) == nil
        }
        restored = isWhole ? written : told
        try connection.run(isWhole ? "RELEASE caravan_circle" : "ROLLBACK TO caravan_circle; RELEASE caravan_circle")
        return isWhole ? items.filter { !isIn($0) } : items
    }

    /// The rows to which a row that comes back refers, and which are not there.
    private func targets(of item: Item) throws(StoreError) -> [RowRef] {
        guard case .bringBack(let values) = item.act else { return [] }
        var out: [RowRef] = []
        for link in transaction.state.references.from(item.row.table.id) {
            guard let target = link.target(key: item.row.key, values: values),
                let table = transaction.state.table(id: link.target), try !isThere(table, target.key)
            else { continue }
            out.append(target)
        }
        return out
    }
}

extension UndoWriter.Item {
    fileprivate var ref: RowRef { RowRef(table: row.table.id, key: row.key) }

    /// The same row, with other values in what a UNIQUE holds of it; nil where none does.
    fileprivate func parked(in transaction: Transaction, number: Int) -> Self? {
        guard case .restore(let cells) = act else { return nil }
        let uniques = transaction.state.indexes.map(\.definition).filter { $0.isUnique && $0.table == row.table.name }
        let columns = row.table.valueColumns
        let parked = ParkedCells.of(cells.map { columns[$0.column] }, uniques, number: number).compactMap {
            column, value in
            columns.firstIndex { $0.name == column }.map { (column: $0, value: value) }
        }
        return parked.isEmpty ? nil : Self(row: row, act: .restore(parked))
    }

    fileprivate func linkColumns(in transaction: Transaction) -> Set<Int> {
        Set(transaction.state.references.from(row.table.id).flatMap(\.valueColumns))
    }

    /// The same row, that refers to nothing.
    fileprivate func unlinked(in transaction: Transaction) -> Self {
        guard case .bringBack(var values) = act else { return self }
        for column in linkColumns(in: transaction) { values[column] = .null }
        return Self(row: row, act: .bringBack(values))
    }

    /// The references of the row, to be written into the row that is there; nil where that is nothing.
    fileprivate func links(in transaction: Transaction) -> Self? {
        guard case .bringBack(let values) = act else { return nil }
        let cells = linkColumns(in: transaction).sorted().map { ($0, values[$0]) }
        return cells.isEmpty ? nil : Self(row: row, act: .restore(cells))
    }
}

/// Rows that stand in another row's way.
extension UndoWriter {
    /// The sentence about a reference, where one is in the way; nil where none is.
    private func reference(of item: Item) throws(StoreError) -> String? {
        let (table, key) = (item.row.table, item.row.key)
        switch item.act {
        case .remove:
            for link in transaction.state.references.to(table.id) {
                guard let source = transaction.state.table(id: link.source) else { continue }
                let term = link.columns.enumerated().map { "\($1.quoted) = ?\($0 + 1)" }.joined(separator: " AND ")
                let names = source.keyColumns.map(\.name.quoted).joined(separator: ", ")
                let found = try statement("SELECT \(names) FROM \(source.name.quoted) WHERE \(term) LIMIT 1").first(key)
                if let found { return "row \(found.sentenceText) of \(source.name) refers to it" }
            }
        case .bringBack(let values):
            return try missing(table, key, values)
        case .restore(let cells):
            let names = table.valueColumns.map(\.name.quoted).joined(separator: ", ")
            guard !names.isEmpty else { return nil }
            var values =
                try statement("SELECT \(names) FROM \(table.name.quoted) WHERE \(table.keyTerm)").first(key) ?? []
            for cell in cells where cell.column < values.count { values[cell.column] = cell.value }
            return values.isEmpty ? nil : try missing(table, key, values)
        case .nothing, .keep: break
        }
        return nil
    }

    private func missing(_ table: TableState, _ key: [Value], _ values: [Value]) throws(StoreError) -> String? {
        for link in transaction.state.references.from(table.id) {
            guard let target = link.target(key: key, values: values),
                let other = transaction.state.table(id: link.target)
            else { continue }
            if try !isThere(other, target.key) {
                return "it refers to row \(target.key.sentenceText) of \(other.name), which is not there"
            }
        }
        return nil
    }
}
