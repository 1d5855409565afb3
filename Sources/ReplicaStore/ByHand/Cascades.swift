import ReplicaModel
import SQLiteAccess

/// DROP TABLE deletes the rows of the table first where foreign keys are on, and what refers to them is deleted or
/// written with them. Triggers note that like any write, but nobody made it: it is put back before it is sealed.
///
/// A delete that somebody did make just before, of a row that referred to the table, looks the same, and is put back as
/// well: rather that than a loss.
struct Cascades {
    let transaction: Transaction

    /// - Parameters:
    ///   - dropped: tables that somebody dropped, or made anew.
    ///   - log: what the log makes of this replica.
    func undoCascades(of dropped: [TableState], from log: Transaction) throws(StoreError) {
        let ids = Set(dropped.map(\.id))
        // What is there is looked at before any of it is put back.
        var undone: [CascadeOfKeys] = []
        for parent in dropped {
            guard let known = log.state.table(named: parent.name) else { continue }
            let rows = try log.tableRows(of: known)
            // A row that was entered and not sealed went as well.
            let entered = try Set(PendingNotes(connection: transaction.connection, table: parent).keys()).subtracting(
                transaction.remaker.rowsNotedGone(parent, hasEntered: true))
            for cascade in cascades(from: parent, ids, log) {
                let isVictim = { (key: [Value]) throws(StoreError) -> Bool in
                    if entered.contains(key) { return true }
                    return try rows.has(key)
                }
                // With a cascade none is left that was there before.
                if try !cascade.leavesAnUnnotedRow(of: isVictim) { undone.append((cascade, isVictim)) }
            }
        }
        for (cascade, isVictim) in undone { undone += try putRowsBack(cascade, isVictim, ids, log) }
        // One reference of a row may have been cleared before another took the row away.
        for (cascade, isVictim) in undone { try cascade.putReferencesBack(to: isVictim) }
    }

    private typealias CascadeOfKeys = (cascade: Cascade, isVictim: ([Value]) throws(StoreError) -> Bool)

    private func cascades(from parent: TableState, _ dropped: Set<Int64>, _ log: Transaction) -> [Cascade] {
        transaction.state.references.to(parent.id).compactMap { link in
            guard let child = transaction.state.table(id: link.source) else { return nil }
            let reference = child.definition.references.first { $0.columns == link.columns && $0.table == parent.name }
            guard let reference, ["CASCADE", "SET NULL", "SET DEFAULT"].contains(reference.onDelete) else { return nil }
            return Cascade(
                transaction: transaction, log: log, link: link, child: child, isChildDropped: dropped.contains(child.id)
            )
        }
    }

    /// Puts back the rows that one took, and those that went with them. Returns what that set off.
    private func putRowsBack(
        _ first: Cascade, _ isVictim: ([Value]) throws(StoreError) -> Bool, _ dropped: Set<Int64>, _ log: Transaction
    ) throws(StoreError) -> [CascadeOfKeys] {
        var out: [CascadeOfKeys] = []
        var left = [(first.child, try first.putRowsBack(to: isVictim))]
        while let (parent, keys) = left.popLast() {
            guard !keys.isEmpty else { continue }
            let isVictim = { (key: [Value]) throws(StoreError) -> Bool in keys.contains(key) }
            for cascade in cascades(from: parent, dropped, log) {
                out.append((cascade, isVictim))
                left.append((cascade.child, try cascade.putRowsBack(to: isVictim)))
            }
        }
        return out
    }
}

/// The rows of one table that referred to rows which went with a DROP TABLE, and what became of them.
private struct Cascade {
    let transaction: Transaction
    let log: Transaction
    let link: ReferenceMap.Link
    let child: TableState
    /// Whether the child is made anew from the log, with what is noted.
    let isChildDropped: Bool

    private var layout: PendingLayout { PendingLayout(child) }
    private var keyCount: Int { child.keyColumns.count }

    /// Whether some row refers to one of those that went and nothing is noted of it.
    func leavesAnUnnotedRow(of isVictim: ([Value]) throws(StoreError) -> Bool) throws(StoreError) -> Bool {
        guard !isChildDropped else { return false }
        let noted = Set(try PendingNotes(connection: transaction.connection, table: child).keys())
        let names = (child.keyColumns + child.valueColumns).map(\.name.quoted).joined(separator: ", ")
        let rows = try transaction.connection.prepare("SELECT \(names) FROM \(child.name.quoted)")
        while try rows.step() {
            let row = rows.row
            let key = Array(row.prefix(keyCount))
            guard let target = link.target(key: key, values: Array(row.dropFirst(keyCount))), !noted.contains(key)
            else { continue }
            if try isVictim(target.key) { return true }
        }
        return false
    }

    /// Puts back rows that were deleted, as they were when they were. Returns their keys.
    func putRowsBack(to isVictim: ([Value]) throws(StoreError) -> Bool) throws(StoreError) -> Set<[Value]> {
        let columns = (["note"] + layout.keyNames + layout.oldNames).joined(separator: ", ")
        var back: Set<[Value]> = []
        for row in try transaction.connection.rows(
            "SELECT \(columns) FROM \(layout.name) WHERE kind = 2 ORDER BY note DESC")
        {
            let key = Array(row[1..<1 + keyCount])
            let values = Array(row[(1 + keyCount)...])
            guard let target = link.target(key: key, values: values), try isVictim(target.key) else { continue }
            if !isChildDropped, try !insert(key, values) { continue }
            try transaction.connection.rows("DELETE FROM \(layout.name) WHERE note = ?1", [row[0]])
            back.insert(key)
        }
        return back
    }

    /// False if another row has taken its place in a UNIQUE.
    private func insert(_ key: [Value], _ values: [Value]) throws(StoreError) -> Bool {
        let tableRows = try transaction.tableRows(of: child)
        guard try !tableRows.has(key) else { return true }
        do { try tableRows.insert(columns: Array(values.indices)).run(key + values) } catch {
            guard case .sqlite(ResultCode.uniqueFailed, _, _) = error else { throw error }
            return false
        }
        return true
    }

    /// Puts back references that were set to NULL or to their defaults, as the log has them.
    func putReferencesBack(to isVictim: ([Value]) throws(StoreError) -> Bool) throws(StoreError) {
        guard !isChildDropped, !link.valueColumns.isEmpty, let known = log.state.table(named: child.name) else {
            return
        }
        let tableRows = try transaction.tableRows(of: child)
        let keys = layout.keyNames.joined(separator: ", ")
        for key in try transaction.connection.rows(
            "SELECT DISTINCT \(keys) FROM \(layout.name) WHERE kind = 1 AND (\(isMasked))")
        {
            guard let now = try tableRows.row(key), let row = try log.tableRows(of: known).row(key) else { continue }
            let before = child.valueColumns.map { column in
                known.valueColumns.firstIndex { $0.name == column.name }.map { row[$0] } ?? .null
            }
            guard let target = link.target(key: key, values: before), try isVictim(target.key) else { continue }
            guard link.valueColumns.allSatisfy({ now[$0].isNull || now[$0] == child.defaults[$0] }) else { continue }
            try tableRows.update(columns: link.valueColumns).run(key + link.valueColumns.map { before[$0] })
            let isIt = layout.keyNames.enumerated().map { "\($1) = ?\($0 + 1)" }.joined(separator: " AND ")
            try transaction.connection.rows("UPDATE \(layout.name) SET \(unmask) WHERE kind = 1 AND \(isIt)", key)
        }
    }

    private var bits: [(name: String, bit: Int64)] { link.valueColumns.map(layout.mask) }

    private var isMasked: String { bits.map { "\($0.name) & \($0.bit)" }.joined(separator: " OR ") }

    private var unmask: String {
        Dictionary(grouping: bits, by: \.name).sorted { $0.key < $1.key }.map { name, bits in
            "\(name) = \(name) & ~\(bits.reduce(Int64(0)) { $0 | $1.bit })"
        }.joined(separator: ", ")
    }
}
