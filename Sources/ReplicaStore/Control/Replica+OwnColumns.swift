import ReplicaModel

/// A column that somebody added by hand, and that the alliance does not know.
struct OwnColumn: Hashable {
    let name: String
    /// As declared.
    let type: String
}

/// What people add to a table by hand stays on this node, whatever becomes of the table.
extension Replica {
    /// Those of a table as it is in the file, but generated ones, which hold nothing.
    func ownColumns(in table: String, beside definition: TableDefinition) throws(StoreError) -> [OwnColumn] {
        let known = Set(definition.columns.map { $0.name.lowercased() })
        return try connection.rows("SELECT name, type FROM pragma_table_xinfo(?1) WHERE hidden = 0 ORDER BY cid", [.text(table)]).compactMap { row in
            guard case .text(let name)? = row.first, case .text(let type)? = row.last else { return nil }
            let column = OwnColumn(name: String(decoding: name, as: UTF8.self), type: String(decoding: type, as: UTF8.self))
            return known.contains(column.name.lowercased()) ? nil : column
        }
    }

    /// All that a table has in the file, in its order.
    func columnNames(in table: String) throws(StoreError) -> [String] {
        try connection.rows("SELECT name FROM pragma_table_xinfo(?1) ORDER BY cid", [.text(table)]).compactMap { row in
            if case .text(let bytes)? = row.first { String(decoding: bytes, as: UTF8.self) } else { nil }
        }
    }

    func add(_ columns: [OwnColumn], to table: String) throws(StoreError) {
        for column in columns { try connection.run("ALTER TABLE \(table.quoted) ADD COLUMN \(column.name.quoted) \(column.type)") }
    }

    /// Gives a column made by hand another name where the alliance has a use for its own.
    func makeRoom(in old: TableState, for new: TableDefinition) throws(StoreError) {
        let own = try ownColumns(in: old.name, beside: old.definition)
        var names = Set(own.map { $0.name.lowercased() } + (old.definition.columns + new.columns).map { $0.name.lowercased() })
        for column in own where new.columns.contains(where: { $0.name.lowercased() == column.name.lowercased() }) {
            var aside = Self.aside(column.name)
            while !names.insert(aside.lowercased()).inserted { aside += "_" }
            try connection.run("ALTER TABLE \(old.name.quoted) RENAME COLUMN \(column.name.quoted) TO \(aside.quoted)")
        }
    }

    private static func aside(_ name: String) -> String { name + "__local" }

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
                let isTaken = try connection.value("SELECT 1 FROM sqlite_master WHERE lower(name) = lower(?1) AND lower(name) <> lower(?2)", [.text(table.name), .text(holder)]) != nil
                if isTaken { continue }
                guard (try? connection.run("ALTER TABLE \(holder.quoted) RENAME TO \(table.name.quoted)")) != nil else { continue }
            }
            try undoColumnRenames(table)
        }
    }

    /// The table on which all of these triggers stand.
    private func holder(of triggers: [String: String]) throws(StoreError) -> String? {
        var holders: Set<String> = []
        for name in triggers.keys {
            guard case .text(let bytes)? = try connection.value("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND lower(name) = lower(?1)", [.text(name)])
            else { return nil }
            holders.insert(String(decoding: bytes, as: UTF8.self))
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
