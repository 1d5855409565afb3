import ReplicaModel
import SQLiteAccess

/// DROP TABLE deletes the rows of the table first where foreign keys are on, and what refers to them is deleted or
/// written with them. Triggers note that like any write, but nobody made it: it is put back before it is sealed.
///
/// A DROP is one statement, so that all it does is noted at one time, and leaves no row that refers to the table; a
/// delete or an update that does otherwise somebody made. One that took the last of those rows looks the same, and is
/// put back as well: rather that than a loss.
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
            // A row that was entered and not sealed went as well; one that somebody had deleted did not.
            let entered = try Set(PendingNotes(connection: transaction.connection, table: parent).keys()).subtracting(
                transaction.remaker.rowsNotedGone(parent, hasEntered: true))
            let gone = try transaction.remaker.rowsNotedGone(parent, hasEntered: false)
            for cascade in cascades(from: parent, ids, log) {
                let isOfParent = { (key: [Value]) throws(StoreError) -> Bool in
                    if entered.contains(key) { return true }
                    if gone.contains(key) { return false }
                    return try rows.has(key)
                }
                let times = try cascade.times(of: isOfParent)
                guard !times.isEmpty else { continue }
                let isVictim: Cascade.IsVictim = { (key, time) throws(StoreError) in
                    guard times.contains(time) else { return false }
                    return try isOfParent(key)
                }
                undone.append((cascade, isVictim))
            }
        }
        for (cascade, isVictim) in undone { undone += try putRowsBack(cascade, isVictim, ids, log) }
        // One reference of a row may have been cleared before another took the row away.
        for (cascade, isVictim) in undone { try cascade.putReferencesBack(to: isVictim) }
    }

    private typealias CascadeOfKeys = (cascade: Cascade, isVictim: Cascade.IsVictim)

    private func cascades(from parent: TableState, _ dropped: Set<Int64>, _ log: Transaction) -> [Cascade] {
        transaction.state.references.to(parent.id).compactMap { link in
            guard let child = transaction.state.table(id: link.source) else { return nil }
            let reference = child.definition.references.first { $0.columns == link.columns && $0.table == parent.name }
            guard let reference, ["CASCADE", "SET NULL", "SET DEFAULT"].contains(reference.onDelete) else { return nil }
            return Cascade(
                transaction: transaction, log: log, link: link, child: child,
                isChildDropped: dropped.contains(child.id), deletesRows: reference.onDelete == "CASCADE")
        }
    }

    /// Puts back the rows that one took, and those that went with them. Returns what that set off.
    private func putRowsBack(
        _ first: Cascade, _ isVictim: @escaping Cascade.IsVictim, _ dropped: Set<Int64>, _ log: Transaction
    ) throws(StoreError) -> [CascadeOfKeys] {
        var out: [CascadeOfKeys] = []
        var left = [(first.child, try first.putRowsBack(to: isVictim))]
        while let (parent, keys) = left.popLast() {
            guard !keys.isEmpty else { continue }
            // What went with a row went in the same statement.
            let isVictim: Cascade.IsVictim = { (key, time) throws(StoreError) in keys[key]?.contains(time) == true }
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
    /// Whether a row of the parent went with a DROP at the time of a note.
    typealias IsVictim = ([Value], Value) throws(StoreError) -> Bool

    let transaction: Transaction
    let log: Transaction
    let link: ReferenceMap.Link
    let child: TableState
    /// Whether the child is made anew from the log, with what is noted.
    let isChildDropped: Bool
    /// Whether it deletes rows, and does not write them.
    let deletesRows: Bool

    private var layout: PendingLayout { PendingLayout(child) }
    private var keyCount: Int { child.keyColumns.count }

    /// The times at which a statement took or cleared all rows that referred to some: those of a DROP, or of what looks
    /// like one.
    func times(of isOfParent: ([Value]) throws(StoreError) -> Bool) throws(StoreError) -> Set<Value> {
        var departures = Departures()
        let notes = try transaction.connection.prepare(
            """
            SELECT note, kind, time, \(isMasked), \(isPure), \
            \((layout.keyNames + layout.oldNames).joined(separator: ", ")) FROM \(layout.name) ORDER BY note
            """)
        while try notes.step() {
            let row = notes.row
            let (note, time) = (notes.integer(at: 0), row[2])
            let key = Array(row[5..<5 + keyCount])
            switch PendingLayout.Kind(rawValue: Int(notes.integer(at: 1))) {
            case .deleted:
                if let target = link.target(key: key, values: Array(row[(5 + keyCount)...])), try isOfParent(target.key)
                {
                    departures.leave(key, at: note, time, mayBeOfDrop: deletesRows)
                }
                departures.arrive(key, at: note)
            case .updated where row[3] == .integer(1):
                if try refersAsSealed(key, to: isOfParent) {
                    departures.turn(key, at: note, time, mayBeOfDrop: !deletesRows && row[4] == .integer(1))
                }
                departures.arrive(key, at: note)
            case .inserted, .maybeReplaced: departures.arrive(key, at: note)
            case .updated, .stays, nil: break
            }
        }
        if !isChildDropped { try addStanding(to: &departures, isOfParent) }
        return departures.complete()
    }

    /// Adds the rows that still refer to some.
    private func addStanding(
        to departures: inout Departures, _ isOfParent: ([Value]) throws(StoreError) -> Bool
    ) throws(StoreError) {
        let names = (child.keyColumns + child.valueColumns).map(\.name.quoted).joined(separator: ", ")
        let rows = try transaction.connection.prepare("SELECT \(names) FROM \(child.name.quoted)")
        while try rows.step() {
            let row = rows.row
            let key = Array(row.prefix(keyCount))
            guard let target = link.target(key: key, values: Array(row.dropFirst(keyCount))),
                try isOfParent(target.key)
            else { continue }
            departures.stay(key)
        }
    }

    /// Whether a row refers to some as the log has it.
    private func refersAsSealed(_ key: [Value], to isOfParent: ([Value]) throws(StoreError) -> Bool)
        throws(StoreError) -> Bool
    {
        guard let before = try sealed(key), let target = link.target(key: key, values: before) else { return false }
        return try isOfParent(target.key)
    }

    /// The values, by place, that the log has of a row.
    private func sealed(_ key: [Value]) throws(StoreError) -> [Value]? {
        guard let known = log.state.table(named: child.name), let row = try log.tableRows(of: known).row(key) else {
            return nil
        }
        return child.valueColumns.map { column in
            known.valueColumns.firstIndex { $0.name == column.name }.map { row[$0] } ?? .null
        }
    }

    /// Puts back rows that were deleted, as they were when they were. Returns their keys, with the times.
    func putRowsBack(to isVictim: IsVictim) throws(StoreError) -> [[Value]: Set<Value>] {
        guard deletesRows else { return [:] }
        let columns = (["note", "time"] + layout.keyNames + layout.oldNames).joined(separator: ", ")
        var back: [[Value]: Set<Value>] = [:]
        for row in try transaction.connection.rows(
            "SELECT \(columns) FROM \(layout.name) WHERE kind = 2 ORDER BY note DESC")
        {
            let key = Array(row[2..<2 + keyCount])
            let values = Array(row[(2 + keyCount)...])
            guard let target = link.target(key: key, values: values), try isVictim(target.key, row[1]) else { continue }
            if !isChildDropped, try !insert(key, values) { continue }
            try transaction.connection.rows("DELETE FROM \(layout.name) WHERE note = ?1", [row[0]])
            back[key, default: []].insert(row[1])
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
    func putReferencesBack(to isVictim: IsVictim) throws(StoreError) {
        guard !deletesRows, !isChildDropped, !link.valueColumns.isEmpty else { return }
        let tableRows = try transaction.tableRows(of: child)
        let keys = layout.keyNames.joined(separator: ", ")
        var back: [[Value]] = []
        // The last note tells what cleared a row.
        for row in try transaction.connection.rows(
            """
            SELECT time, \(isPure), \(keys), max(note) FROM \(layout.name) WHERE kind = 1 AND (\(isMasked)) GROUP BY \
            \(keys)
            """)
        where row[1] == .integer(1) {
            let key = Array(row[2..<2 + keyCount])
            guard let now = try tableRows.row(key), let before = try sealed(key) else { continue }
            guard let target = link.target(key: key, values: before), try isVictim(target.key, row[0]) else { continue }
            guard link.valueColumns.allSatisfy({ now[$0].isNull || now[$0] == child.defaults[$0] }) else { continue }
            try tableRows.update(columns: link.valueColumns).run(key + link.valueColumns.map { before[$0] })
            back.append(key)
        }
        try PendingNotes(connection: transaction.connection, table: child).alterUpdates(of: back, setting: unmask)
    }

    private var bits: [(name: String, bit: Int64)] { link.valueColumns.map(layout.mask) }

    /// Whether a note says that the reference was written.
    private var isMasked: String {
        bits.isEmpty ? "0" : "(\(bits.map { "coalesce(\($0.name), 0) & \($0.bit) <> 0" }.joined(separator: " OR ")))"
    }

    /// Whether a note says that nothing else was written: a DROP writes no other column.
    private var isPure: String {
        let others = layout.maskNames.map { name in
            "coalesce(\(name), 0) & ~\(bits.filter { $0.name == name }.reduce(Int64(0)) { $0 | $1.bit }) = 0"
        }
        return others.isEmpty ? "1" : "(\(others.joined(separator: " AND ")))"
    }

    private var unmask: String {
        Dictionary(grouping: bits, by: \.name).sorted { $0.key < $1.key }.map { name, bits in
            "\(name) = \(name) & ~\(bits.reduce(Int64(0)) { $0 | $1.bit })"
        }.joined(separator: ", ")
    }
}

/// The notes by which rows ceased to refer to others, in the order in which they were made.
private struct Departures {
    private struct One {
        let note: Int64
        /// Since which note the row referred to them; 0 where it did before any.
        let since: Int64
    }

    private var all: [One] = []
    /// The first note and the last of one time.
    private var spans: [Value: (first: Int64, last: Int64)] = [:]
    /// The times of notes as a DROP makes them.
    private var mayBeOfDrop: Set<Value> = []
    /// The last note of a row that says that it came, went, or was let refer to another.
    private var arrivals: [[Value]: Int64] = [:]

    mutating func arrive(_ key: [Value], at note: Int64) { arrivals[key] = note }

    /// The row went, and what it referred to is noted.
    mutating func leave(_ key: [Value], at note: Int64, _ time: Value, mayBeOfDrop: Bool) {
        all.append(One(note: note, since: arrivals[key] ?? 0))
        extend(time, to: note, mayBeOfDrop)
    }

    /// The reference of a row was written that referred to them before any note: what it referred to after an earlier
    /// note nobody knows.
    mutating func turn(_ key: [Value], at note: Int64, _ time: Value, mayBeOfDrop: Bool) {
        if arrivals[key] == nil { all.append(One(note: note, since: 0)) }
        extend(time, to: note, mayBeOfDrop)
    }

    /// The row refers to them still.
    mutating func stay(_ key: [Value]) { all.append(One(note: .max, since: arrivals[key] ?? 0)) }

    private mutating func extend(_ time: Value, to note: Int64, _ isAsOfDrop: Bool) {
        let span = spans[time] ?? (note, note)
        spans[time] = (min(span.first, note), max(span.last, note))
        if isAsOfDrop { mayBeOfDrop.insert(time) }
    }

    /// The times after which no row was left that had referred to them before.
    func complete() -> Set<Value> {
        let later = all.sorted { $0.note > $1.note }
        var out: Set<Value> = []
        var (next, earliest) = (0, Int64.max)
        for (time, span) in spans.sorted(by: { $0.value.last > $1.value.last }) {
            while next < later.count, later[next].note > span.last {
                earliest = min(earliest, later[next].since)
                next += 1
            }
            if earliest >= span.first, mayBeOfDrop.contains(time) { out.insert(time) }
        }
        return out
    }
}
