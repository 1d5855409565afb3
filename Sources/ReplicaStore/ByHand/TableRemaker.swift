import ReplicaModel
import SQLiteAccess

/// Tables that somebody made anew or altered by hand are made as they are defined, with what the log has of them and
/// what people entered.
///
/// Nobody saw what was written meanwhile. So a row that is not there is a row that the rebuild lost, unless a trigger
/// noted its delete; and a value counts as entered only if it is not what the other type makes of the old one.
struct TableRemaker {
    let transaction: Transaction

    /// Puts a table in the place of the one that is there, if there is one.
    ///
    /// - Parameter log: what the log makes of this replica.
    func remake(_ table: TableState, from log: Transaction) throws(StoreError) {
        guard try isThere(table) else {
            try transaction.ownObjects.giveWay(table.name)
            try transaction.connection.create(table.definition)
            let mirror = try RowMirror(of: table, like: nil, transaction: transaction)
            try mirror.fill(from: log)
            try restoreRows(mirror, hasEntered: false, isDropped: true)
            return try finish(table, mirror, [])
        }
        let readded = try isMadeAnew(table) ? nil : TableTexts(transaction: transaction).readded(of: table)
        let own = try transaction.ownObjects.ownObjects(on: table.name)
        let entered = try transaction.connection.scratchName("caravan_entered_\(table.id)")
        try transaction.renames.renameAsText(table.name, to: entered)
        try transaction.connection.create(table.definition)
        try transaction.ownColumns.add(
            try transaction.ownColumns.addedByHand(in: entered, beside: table.definition), to: table.name,
            holding: entered)
        let shape = try EnteredTable(entered, for: table, on: transaction.connection)
        guard shape.hasKey else {
            // Without its key no row is known: what somebody made of the table is put aside.
            let mirror = try RowMirror(of: table, like: nil, transaction: transaction)
            try mirror.fill(from: log)
            try restoreRows(mirror, hasEntered: false)
            try keepAside(entered, beside: table, because: "it has not the key of table \(table.name)")
            return try finish(table, mirror, own)
        }
        let mirror = try RowMirror(of: table, like: shape, transaction: transaction)
        try mirror.fill(from: log)
        let finder = Unentered(
            shape: shape, table: table, mirror: mirror,
            order: try TableTexts(transaction: transaction).columns(of: table), connection: transaction.connection)
        let unentered: [Int: Value]
        if let readded {
            unentered = try finder.ofReadded(readded)
        } else {
            unentered = try finder.ofLeftOut()
            try keepDoubtful(unentered, finder)
        }
        var overlay = try Overlay(
            shape, onto: table, mirror, isEmpty: true, unentered: unentered, transaction: transaction)
        let count = try overlay.run()
        try keepCasts(overlay.cast, finder)
        let writes = LostWrites(table: table, transaction: transaction)
        try writes.setOldValues(of: unentered.keys.sorted(), from: log)
        try writes.takeBack(of: table.valueColumns.indices.filter { shape.valueColumns[$0] == nil }, from: log)
        try restoreRows(mirror, hasEntered: count > 0)
        try transaction.connection.run("DROP TABLE \(entered.quoted)")
        try finish(table, mirror, own)
    }

    /// Whether there is an ordinary table of the name of a replicated one. A virtual one is put aside, or the one that
    /// keeps its content in a table of that name.
    private func isThere(_ table: TableState) throws(StoreError) -> Bool {
        let find = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?1 COLLATE NOCASE"
        guard let present = try transaction.connection.value(find, [.text(table.name)])?.identifier else {
            return false
        }
        guard try transaction.ownTables.isOfVirtual(present) else { return true }
        try transaction.ownTables.moveAside(present)
        return try transaction.connection.value(find, [.text(table.name)]) != nil
    }

    /// Brings what was entered into a table that somebody made under the name of a replicated one, which he had renamed
    /// before.
    func merge(_ entered: Identifier, into table: TableState) throws(StoreError) {
        let shape = try EnteredTable(entered, for: table, on: transaction.connection)
        guard shape.hasKey else {
            return try keepAside(entered, beside: table, because: "it has not the key of table \(table.name)")
        }
        let own = try transaction.ownColumns.addedByHand(in: entered, beside: table.definition)
        let present = try transaction.ownColumns.columnNames(in: table.name)
        try transaction.ownColumns.add(
            own.filter { !present.containsSame(as: $0.name) }, to: table.name, holding: entered)
        let mirror = try RowMirror(of: table, like: shape, transaction: transaction)
        try mirror.fill(from: transaction)
        let finder = Unentered(
            shape: shape, table: table, mirror: mirror,
            order: try TableTexts(transaction: transaction).columns(of: table), connection: transaction.connection)
        let unentered = try finder.ofLeftOut()
        try keepDoubtful(unentered, finder)
        var overlay = try Overlay(
            shape, onto: table, mirror, isEmpty: false, unentered: unentered, transaction: transaction)
        _ = try overlay.run()
        try keepCasts(overlay.cast, finder)
        try mirror.drop()
        try transaction.connection.run("DROP TABLE \(entered.quoted)")
    }

    private func finish(_ table: TableState, _ mirror: RowMirror, _ own: [(name: Identifier, sql: String)])
        throws(StoreError)
    {
        try mirror.drop()
        try transaction.ownObjects.remakeOwn(own)
        try renewNotes(of: table)
    }

    private func keepAside(_ entered: Identifier, beside table: TableState, because reason: String) throws(StoreError) {
        guard try transaction.connection.value("SELECT 1 FROM \(entered.quoted) LIMIT 1") != nil else {
            return try transaction.connection.run("DROP TABLE \(entered.quoted)")
        }
        let aside = try transaction.ownObjects.freeName(beside: table.name)
        try transaction.renames.renameAsText(entered, to: aside)
        try explainAside(aside, reason)
    }

    /// Keeps what the log's values take the place of where nobody can tell whether somebody emptied a column or a
    /// program left it out.
    private func keepDoubtful(_ unentered: [Int: Value], _ finder: Unentered) throws(StoreError) {
        guard let found = try finder.doubtful(unentered) else { return }
        try keep(
            found, beside: finder.table,
            because:
                """
                its rows had nothing else in \(found.columns.map(\.text).joined(separator: ", ")) than a column that a \
                rebuild leaves out, and table \(finder.table.name) shows there again what it had before
                """)
    }

    /// Keeps what a CAST would have made of values and nobody was seen to write: the table shows again what it had.
    private func keepCasts(_ places: [Int], _ finder: Unentered) throws(StoreError) {
        guard let found = try finder.doubtfulCasts(places) else { return }
        try keep(
            found, beside: finder.table,
            because:
                """
                its rows had in \(found.columns.map(\.text).joined(separator: ", ")) what CAST makes of the values \
                that table \(finder.table.name) had before and shows again, and nobody saw who put that there
                """)
    }

    private func keep(_ found: Unentered.Doubtful, beside table: TableState, because reason: String) throws(StoreError)
    {
        let aside = try transaction.ownObjects.freeName(beside: table.name)
        let make = "CREATE TABLE \(aside.quoted) AS SELECT * FROM (\(found.rows)) WHERE 0"
        try transaction.connection.prepare(make).run(found.values)
        try transaction.connection.prepare("INSERT INTO \(aside.quoted) \(found.rows)").run(found.values)
        try explainAside(aside, reason)
    }

    /// Says of a table that stands aside why it does.
    func explainAside(_ name: Identifier, _ reason: String) throws(StoreError) {
        try transaction.setMeta("aside \(name.text)", .text(reason))
    }

    /// Puts back the rows that the log has and nobody was seen to delete.
    private func restoreRows(_ mirror: RowMirror, hasEntered: Bool, isDropped: Bool = false) throws(StoreError) {
        let gone = try rowsNotedGone(mirror.table, hasEntered: hasEntered)
        let tableRows = try TableRows(transaction: transaction, table: mirror.table)
        let insert = try tableRows.insert(columns: Array(mirror.table.valueColumns.indices))
        let rest = try mirror.unmatched()
        while try rest.step() {
            let row = rest.row
            guard !gone.contains(Array(row.prefix(mirror.table.keyColumns.count))) else { continue }
            try insert.run(row)
        }
        try recoverNoted(mirror, gone: gone, isDropped: isDropped)
    }

    /// Keys of which the last note says that the row was deleted, or perhaps replaced.
    func rowsNotedGone(_ table: TableState, hasEntered: Bool) throws(StoreError) -> Set<[Value]> {
        let layout = PendingLayout(table)
        let keys = layout.keyNames.joined(separator: ", ")
        // Where no row at all was entered, those that were perhaps replaced went with the table.
        let kinds = hasEntered ? "2, 3" : "2"
        let rows = try transaction.connection.rows(
            """
            SELECT \(keys) FROM (SELECT \(keys), kind, max(note) FROM \(layout.name) GROUP BY \(keys)) WHERE kind IN \
            (\(kinds))
            """
        )
        return Set(rows)
    }

    /// Makes the table for notes anew, with those that it has: it is younger than its table unless somebody made that
    /// anew.
    func renewNotes(of table: TableState) throws(StoreError) {
        let layout = PendingLayout(table)
        let old = try transaction.connection.scratchName("caravan_noted_\(table.id)")
        let isThere =
            try transaction.connection.value(
                "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1", [.text(layout.name)]) != nil
        guard isThere else { return try transaction.connection.run(layout.createTable) }
        try transaction.connection.run(
            "PRAGMA legacy_alter_table = ON; ALTER TABLE \(layout.name) RENAME TO \(old); PRAGMA legacy_alter_table = OFF"
        )
        try transaction.connection.run(
            "\(layout.createTable); INSERT INTO \(layout.name) SELECT * FROM \(old); DROP TABLE \(old)")
    }

    /// Whether somebody made a table anew: it is younger than the table for its notes, which is made after it.
    func isMadeAnew(_ table: TableState) throws(StoreError) -> Bool {
        let older = try transaction.connection.value(
            """
            SELECT t.rowid < n.rowid FROM sqlite_master AS t JOIN sqlite_master AS n ON n.type = 'table' AND n.name = ?2
            WHERE t.type = 'table' AND t.name = ?1 COLLATE NOCASE
            """, [.text(table.name), .text(PendingLayout(table).name)])
        return older != .integer(1)
    }

    /// The same by what the file has, where it is asked of every table.
    func isMadeAnew(_ table: TableState, in catalog: SchemaCatalog) -> Bool {
        guard let present = catalog.table(table.name), let notes = catalog.table(Identifier(PendingLayout(table).name))
        else { return true }
        return present.number >= notes.number
    }
}
