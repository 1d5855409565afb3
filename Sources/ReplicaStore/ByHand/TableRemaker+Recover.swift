import ReplicaModel
import SQLiteAccess

/// Recovers what people entered and no changeset has yet: with a DROP TABLE all of that goes but its notes. A rebuild
/// that did not end (www.sqlite.org/lang_altertable.html, section 7) left a copy of the table: what is noted is taken
/// from that. What cannot be found is listed by its keys, and sealed by nobody.
extension TableRemaker {
    /// - Parameters: - mirror: what the log has of a table that was made anew, with what was found in the table as
    ///   somebody left it. - gone: keys of rows of which a trigger noted the delete. - isDropped: there was no such
    ///   table at all.
    func recoverNoted(_ mirror: RowMirror, gone: Set<[Value]>, isDropped: Bool) throws(StoreError) {
        let lost = try lostEdits(mirror, gone: gone)
        guard isDropped || !lost.isEmpty else { return }
        let copy = try newestCopy(of: mirror.table)
        var unfound: [LostEdit] = []
        var recovery = try copy.map { (copy) throws(StoreError) in
            try Recovery(transaction: transaction, table: mirror.table, copy: copy)
        }
        for touch in lost where try !(recovery?.recover(touch) ?? false) { unfound.append(LostEdit(touch)) }
        try recovery?.finish()
        try PendingNotes(connection: transaction.connection, table: mirror.table).forget(unfound.map(\.key))
        if let recovery, let copy {
            try transaction.setMeta(
                Self.copyHead + copy.name.folded.text, .text("\(recovery.count)\n\(mirror.table.name)"))
        }
        try list(unfound + (recovery?.lacking ?? []), of: mirror.table)
    }

    static let copyHead = "copy "

    /// The edits that were noted as entered, and are not in the table now.
    private func lostEdits(_ mirror: RowMirror, gone: Set<[Value]>) throws(StoreError) -> [Touch] {
        var touches: [[Value]: Touch] = [:]
        try PendingNotes(connection: transaction.connection, table: mirror.table).forEach {
            (touch) throws(StoreError) in
            guard touch.wasInserted || !touch.changed.isEmpty, !gone.contains(touch.key) else { return }
            touches[touch.key] = touch
        }
        guard !touches.isEmpty else { return [] }
        let keyCount = mirror.table.keyColumns.count
        let tableRows = try TableRows(transaction: transaction, table: mirror.table)
        var fromLog: Set<[Value]> = []
        let rest = try mirror.unmatched()
        while try rest.step() {
            let key = Array(rest.row.prefix(keyCount))
            if touches[key] != nil { fromLog.insert(key) }
        }
        var out: [Touch] = []
        for key in touches.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            guard let touch = touches[key] else { continue }
            let isThere = try tableRows.has(key)
            if !isThere || fromLog.contains(key) { out.append(touch) }
        }
        return out
    }

    /// The youngest table of a person's own that has the columns of a replicated one, or some of them and no other.
    private func newestCopy(of table: TableState) throws(StoreError) -> EnteredTable? {
        let found = try transaction.connection.rows(
            """
            SELECT m.name FROM sqlite_master AS m JOIN pragma_table_list(m.name) AS l WHERE m.type = 'table' AND \
            l.schema = 'main' AND l.type = 'table'
            AND m.name NOT LIKE 'caravan\\_%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND \
            rtrim(m.name, '_') NOT LIKE '%\\_\\_local' ESCAPE '\\'
            ORDER BY m.rowid DESC
            """)
        for name in found.compactMap({ $0.first?.identifier }) where transaction.state.table(named: name) == nil {
            let shape = try EnteredTable(name, for: table, on: transaction.connection)
            let shared = shape.valueColumns.count { $0 != nil }
            guard shape.hasKey, shared == table.valueColumns.count || (shared > 0 && shape.own.isEmpty) else {
                continue
            }
            return shape
        }
        return nil
    }

    /// Keeps the keys of rows whose values nobody knows any more: they are beside the table, and nothing is sealed of
    /// them.
    private func list(_ edits: [LostEdit], of table: TableState) throws(StoreError) {
        guard !edits.isEmpty else { return }
        let aside = try transaction.ownObjects.freeName(beside: table.name)
        let keys = table.keyColumns.map(\.name.quoted).joined(separator: ", ")
        try transaction.connection.run("CREATE TABLE \(aside.quoted)(\(keys), caravan_entered)")
        try explainAside(
            aside,
            """
            table \(table.name) was dropped before it was sealed, so that of what was entered only keys and columns \
            are known (\(edits.count) rows)
            """
        )
        let marks = (1...table.keyColumns.count + 1).map { "?\($0)" }.joined(separator: ", ")
        for edit in edits {
            let columns = edit.places?.map { table.valueColumns[$0].name.text }.joined(separator: ", ") ?? "a row"
            try transaction.statement("INSERT INTO \(aside.quoted) VALUES (\(marks))").run(
                edit.key + [.text(Array(columns.utf8))])
        }
    }

    /// Copies of dropped tables that are still there: each by its name, with the table, and how many edits were taken
    /// from it.
    func copiesOfDropped() throws(StoreError) -> [(copy: Identifier, table: String, count: String)] {
        try transaction.connection.rows(
            """
            SELECT m.name, k.value FROM sqlite_master AS m JOIN caravan_meta AS k ON k.name = ?1 || lower(m.name) \
            WHERE m.type = 'table' ORDER BY m.name
            """,
            [.text(Self.copyHead)]
        ).compactMap { row in
            guard let name = row[0].identifier, case .text(let bytes) = row[1],
                transaction.state.table(named: name) == nil
            else { return nil }
            let parts = String(decoding: bytes, as: UTF8.self).split(separator: "\n", maxSplits: 1).map(String.init)
            return (name, parts.last ?? "", parts.first ?? "0")
        }
    }
}

/// What was entered, and of which no value is known any more.
private struct LostEdit {
    let key: [Value]
    /// The columns, by place; nil for a whole row.
    let places: [Int]?

    init(key: [Value], places: [Int]?) { (self.key, self.places) = (key, places) }

    init(_ touch: Touch) { self.init(key: touch.key, places: touch.wasInserted ? nil : touch.changed.sorted()) }
}

/// Takes what was entered in a dropped table from its copy.
private struct Recovery {
    let transaction: Transaction
    let table: TableState
    private let copy: EnteredTable
    private let tableRows: TableRows
    private let notes: PendingNotes
    private let find: Statement
    private let places: [Int]
    private let time: Int64
    private(set) var count = 0
    /// Rows of which the copy has not all that was written, with the columns that it has.
    private var inPart: [(key: [Value], wanted: [Int])] = []
    /// What was entered in columns that the copy has not.
    private(set) var lacking: [LostEdit] = []

    /// The index by which rows of the copy are found: a copy that `CREATE TABLE … AS SELECT` made has none, and would
    /// be gone through once for each row.
    private let index: Identifier

    init(transaction: Transaction, table: TableState, copy: EnteredTable) throws(StoreError) {
        self.transaction = transaction
        self.table = table
        self.copy = copy
        tableRows = try TableRows(transaction: transaction, table: table)
        notes = PendingNotes(connection: transaction.connection, table: table)
        places = table.valueColumns.indices.filter { copy.valueColumns[$0] != nil }
        let columns = places.compactMap { copy.valueColumns[$0] }.map { copy.columns[$0].name.quoted }
        let isIt = copy.keys.compactMap { $0 }.enumerated().map { "\(copy.columns[$1].name.quoted) = ?\($0 + 1)" }
            .joined(separator: " AND ")
        let keys = copy.keys.compactMap { $0 }.map { copy.columns[$0].name.quoted }.joined(separator: ", ")
        index = try transaction.connection.scratchName("caravan_of_copy")
        try transaction.connection.run("CREATE INDEX \(index) ON \(copy.name.quoted)(\(keys))")
        find = try transaction.connection.prepare(
            "SELECT \((columns + ["1"]).joined(separator: ", ")) FROM \(copy.name.quoted) WHERE \(isIt)")
        time =
            if case .integer(let now)? = try transaction.connection.value("SELECT \(CaptureTriggers.now)") { now } else
            { 0 }
    }

    /// False if the copy has not what was entered.
    mutating func recover(_ touch: Touch) throws(StoreError) -> Bool {
        guard let found = try find.first(touch.key) else { return false }
        let values = Dictionary(uniqueKeysWithValues: zip(places, found))
        let isThere = try tableRows.has(touch.key)
        let wanted = touch.wasInserted ? places : touch.changed.sorted().filter { values[$0] != nil }
        guard isThere || touch.wasInserted else { return false }
        let before = try tableRows.row(touch.key)
        let key = touch.key
        do {
            let cells = key + wanted.compactMap { values[$0] }
            if !isThere {
                try tableRows.insert(columns: wanted).run(cells)
            } else if !wanted.isEmpty {
                try tableRows.update(columns: wanted).run(cells)
            }
        } catch {
            guard case .sqlite(let code, _, _) = error, code & 0xFF == ResultCode.constraintFailed else { throw error }
            return false
        }
        // A copy that is older than the edit has what was there before.
        let after = try tableRows.row(key)
        guard touch.wasInserted || after != before else { return false }
        count += 1
        let entered = touch.wasInserted ? Array(table.valueColumns.indices) : touch.changed.sorted()
        guard wanted.count < entered.count else { return true }
        lacking.append(LostEdit(key: key, places: entered.filter { values[$0] == nil }))
        if !touch.wasInserted { inPart.append((key, wanted)) }
        return true
    }

    /// Notes what was found of rows in part, and leaves the copy as it was.
    func finish() throws(StoreError) {
        try transaction.connection.run("DROP INDEX \(index)")
        try notes.forget(inPart.map(\.key))
        for (key, wanted) in inPart { for place in wanted { try notes.noteWrite(of: place, key, at: time) } }
    }
}
