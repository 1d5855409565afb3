import ReplicaModel

/// A column that somebody added by hand, and that the alliance does not know.
struct OwnColumn: Hashable {
    let name: Identifier
    /// As declared.
    let type: String
}

/// What people add to a table by hand stays on this node, whatever becomes of the table.
extension Replica {
    /// Those of a table as it is in the file, but generated ones, which hold nothing.
    func ownColumns(in table: Identifier, beside definition: TableDefinition) throws(StoreError) -> [OwnColumn] {
        let known = definition.columns.map(\.name)
        return try connection.rows("SELECT name, type FROM pragma_table_xinfo(?1) WHERE hidden = 0 ORDER BY cid", [.text(table)]).compactMap { row in
            guard let name = row.first?.identifier, case .text(let type)? = row.last, !known.containsSame(as: name) else { return nil }
            return OwnColumn(name: name, type: String(decoding: type, as: UTF8.self))
        }
    }

    /// All that a table has in the file, in its order.
    func columnNames(in table: Identifier) throws(StoreError) -> [Identifier] {
        try connection.rows("SELECT name FROM pragma_table_xinfo(?1) ORDER BY cid", [.text(table)]).compactMap { $0.first?.identifier }
    }

    func add(_ columns: [OwnColumn], to table: Identifier) throws(StoreError) {
        for column in columns { try connection.run("ALTER TABLE \(table.quoted) ADD COLUMN \(column.name.quoted) \(column.type)") }
    }

    /// Gives a column made by hand another name where the alliance has a use for its own.
    func makeRoom(in old: TableState, for new: TableDefinition) throws(StoreError) {
        let own = try ownColumns(in: old.name, beside: old.definition)
        var names = Set(own.map(\.name.folded) + (old.definition.columns + new.columns).map(\.name.folded))
        for column in own where new.columns.contains(where: { $0.name.isSame(as: column.name) }) {
            var aside = Self.aside(column.name)
            while !names.insert(aside.folded).inserted { aside = aside + "_" }
            try connection.run("ALTER TABLE \(old.name.quoted) RENAME COLUMN \(column.name.quoted) TO \(aside.quoted)")
        }
    }

    static func aside(_ name: Identifier) -> Identifier { name + "__local" }

    /// A column that was made by hand is the alliance's now: what was entered in it is noted as entered in that.
    ///
    /// What does not fit there stays where it is, and `doctor` names it.
    func share(_ added: AddedColumn, now: Int64) throws(StoreError) {
        guard added.reference == nil, added.column.generated == nil, let table = state.table(named: added.table),
            let place = table.others.firstIndex(where: { $0.name == added.column.name }),
            let own = try ownColumns(in: table.name, beside: table.definition).first(where: { $0.name == Self.aside(added.column.name) })
        else { return }
        try refreshCapture()
        let (name, mine, theirs) = (table.name.quoted, own.name.quoted, added.column.name.quoted)
        let differs = "\(mine) IS NOT NULL AND (\(mine) IS NOT \(theirs) OR typeof(\(mine)) <> typeof(\(theirs)))"
        let keys = try connection.rows("SELECT \(table.keyColumns.map(\.name.quoted).joined(separator: ", ")) FROM \(name) WHERE \(differs)")
        do { try connection.run("UPDATE \(name) SET \(theirs) = \(mine) WHERE \(differs)") } catch {
            guard case .sqlite(let code, _, _) = error, code & 0xFF == Connection.constraintFailed else { throw error }
            return
        }
        let notes = PendingNotes(connection: connection, table: table)
        for key in keys { try notes.noteWrite(of: place, key, at: now) }
        // Where the new column changed the class of a value, the old one stays to be looked at.
        guard try connection.value("SELECT 1 FROM \(name) WHERE \(differs) LIMIT 1") == nil else { return }
        // A view of a person's own may read it: then it stays, too.
        try? connection.run("ALTER TABLE \(name) DROP COLUMN \(mine)")
    }

    /// Takes back what RENAME did to tables and columns: it leaves the triggers in place, which DROP does not. What cannot be taken back, for a
    /// view of a person's own that is broken, is made good like a loss.
    func undoRenames() throws(StoreError) {
        let triggers = try captureTriggers()
        for table in state.tables {
            guard let holder = try holder(of: triggers[table.id] ?? [:]) else { continue }
            if holder != table.name {
                let isTaken = try connection.value("SELECT 1 FROM sqlite_master WHERE name = ?1 COLLATE NOCASE AND name <> ?2 COLLATE NOCASE", [.text(table.name), .text(holder)]) != nil
                if isTaken { continue }
                guard (try? connection.run("ALTER TABLE \(holder.quoted) RENAME TO \(table.name.quoted)")) != nil else { continue }
            }
            try undoColumnRenames(table)
        }
    }

    /// The table on which all of these triggers stand.
    private func holder(of triggers: [Identifier: String]) throws(StoreError) -> Identifier? {
        var holders: Set<Identifier> = []
        for name in triggers.keys {
            guard let holder = try connection.value("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name = ?1 COLLATE NOCASE", [.text(name)])?.identifier
            else { return nil }
            holders.insert(holder)
        }
        return holders.count == 1 ? holders.first : nil
    }

    private func undoColumnRenames(_ table: TableState) throws(StoreError) {
        let present = try columnNames(in: table.name)
        let wanted = table.definition.columns.map(\.name)
        let missing = wanted.filter { !present.contains($0) }
        let unknown = present.filter { !wanted.contains($0) }
        for name in missing {
            // In the order of the definition, or the only one that it can be.
            let byPlace = wanted.firstIndex(of: name).flatMap { $0 < present.count && unknown.contains(present[$0]) ? present[$0] : nil }
            guard let now = byPlace ?? (missing.count == 1 && unknown.count == 1 ? unknown.first : nil) else { continue }
            try? connection.run("ALTER TABLE \(table.name.quoted) RENAME COLUMN \(now.quoted) TO \(name.quoted)")
        }
    }
}
