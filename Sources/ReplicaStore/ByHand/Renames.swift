import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// RENAME by hand is taken back. It leaves the node's triggers where they were and writes the new names into their
/// text, so that they tell which table and which column is which, whatever has their names now.
struct Renames {
    let transaction: Transaction

    /// Gives tables and columns their names again.
    ///
    /// - Returns: by the id of a replicated table: the name that a table has now which somebody made under that one's
    ///   name.
    func undoRenames() throws(StoreError) -> [Int64: Identifier] {
        var misnamed: [(table: TableState, unnamed: Identifier)] = []
        for table in transaction.state.tables {
            guard let holder = try holder(of: table), holder != table.name else { continue }
            let unnamed = try transaction.connection.scratchName("caravan_unnamed_\(table.id)")
            try alter("ALTER TABLE \(holder.quoted) RENAME TO \(unnamed.quoted)")
            misnamed.append((table, unnamed))
        }
        var made: [Int64: Identifier] = [:]
        for (table, unnamed) in misnamed {
            made[table.id] = try moveAway(from: table)
            try alter("ALTER TABLE \(unnamed.quoted) RENAME TO \(table.name.quoted)")
        }
        for table in transaction.state.tables { try undoColumnRenames(table) }
        return made
    }

    /// The table on which the trigger stands that notes deletes; nil where that trigger is gone.
    private func holder(of table: TableState) throws(StoreError) -> Identifier? {
        try transaction.connection.value(
            "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name = ?1",
            [.text(CaptureTriggers.name(.deleted, table.id))])?.identifier
    }

    /// Frees the name of a table. Returns the new name of a table that had it.
    private func moveAway(from table: TableState) throws(StoreError) -> Identifier? {
        let found = try transaction.connection.rows(
            "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view', 'index') AND name = ?1 COLLATE NOCASE",
            [.text(table.name)])
        guard let type = found.first?[0], let name = found.first?[1].identifier else { return nil }
        guard type == .text("table") else {
            try transaction.ownObjects.giveWay(name)
            return nil
        }
        // No row of it can be known, for SQLite alters nothing in it.
        guard try !transaction.ownTables.isOfVirtual(name) else {
            try transaction.ownTables.moveAside(name)
            return nil
        }
        let moved = try transaction.connection.scratchName("caravan_made_\(table.id)")
        try renameAsText(name, to: moved)
        return moved
    }

    /// Renames a table and nothing that names it.
    func renameAsText(_ name: Identifier, to new: Identifier) throws(StoreError) {
        try transaction.connection.run(
            """
            PRAGMA legacy_alter_table = ON; ALTER TABLE \(name.quoted) RENAME TO \(new.quoted); PRAGMA \
            legacy_alter_table = OFF
            """
        )
    }

    /// Runs an ALTER, also where a view or a trigger of a person's own cannot be read: SQLite would refuse it for its
    /// sake.
    func alter(_ sql: String) throws(StoreError) {
        do { try transaction.connection.run(sql) } catch {
            guard case .sqlite = error else { throw error }
            try transaction.connection.run("PRAGMA legacy_alter_table = ON; PRAGMA writable_schema = ON")
            defer { try? transaction.connection.run("PRAGMA writable_schema = OFF; PRAGMA legacy_alter_table = OFF") }
            try transaction.connection.run(sql)
        }
    }

    private func undoColumnRenames(_ table: TableState) throws(StoreError) {
        let wanted = (table.keyColumns + table.valueColumns).map(\.name)
        guard let present = try columnsNoted(of: table), present.count == wanted.count else { return }
        let moved = wanted.indices.filter { present[$0] != wanted[$0] }
        guard !moved.isEmpty else { return }
        let names = try transaction.ownColumns.columnNames(in: table.name)
        guard moved.allSatisfy({ names.containsSame(as: present[$0]) }) else { return }
        // A column that was added under a name that is given back gives way to it.
        for name in names
        where moved.contains(where: { wanted[$0].isSame(as: name) })
            && !moved.contains(where: { present[$0].isSame(as: name) })
        {
            var aside = OwnColumns.aside(name)
            while names.containsSame(as: aside) { aside = aside + "_" }
            try rename(name, to: aside, in: table)
        }
        // One may have the name of another, so all leave theirs first.
        var head = Identifier("caravan_unnamed_")
        while names.contains(where: { $0.begins(with: head) }) { head = head + "_" }
        for place in moved { try rename(present[place], to: head + "\(place)", in: table) }
        for place in moved { try rename(head + "\(place)", to: wanted[place], in: table) }
    }

    private func rename(_ name: Identifier, to new: Identifier, in table: TableState) throws(StoreError) {
        try alter("ALTER TABLE \(table.name.quoted) RENAME COLUMN \(name.quoted) TO \(new.quoted)")
    }

    /// The columns that the trigger for deletes notes: those of the key, then the others by place, by their present
    /// names.
    private func columnsNoted(of table: TableState) throws(StoreError) -> [Identifier]? {
        let found = try transaction.connection.value(
            "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?1 AND tbl_name = ?2 COLLATE NOCASE",
            [.text(CaptureTriggers.name(.deleted, table.id)), .text(table.name)])
        guard case .text(let bytes)? = found else { return nil }
        let read = SQLTokens(String(decoding: bytes, as: UTF8.self))
        return read.tokens.indices.dropLast(2).filter {
            read.tokens[$0].word == "OLD" && read.tokens[$0 + 1].word == "."
        }.map { index in
            TableText.unquoted(read.text(of: index + 2..<index + 3))
        }
    }
}
