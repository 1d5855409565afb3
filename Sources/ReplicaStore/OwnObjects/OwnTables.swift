import ReplicaModel
import SQLiteAccess

/// Puts aside, so that they are not lost, tables that people make by hand under a name that the alliance uses.
struct OwnTables {
    let transaction: Transaction

    /// Gives a table made by hand another name, and returns that. Nil where it belongs to a virtual table, which gave
    /// way with all that it keeps.
    @discardableResult
    func moveAside(_ name: Identifier) throws(StoreError) -> Identifier? {
        if let virtual = try virtualTable(keeping: name) {
            let aside = try freeName(besideVirtual: virtual)
            // What feeds it and what reads it goes with it, for nothing else has its name.
            try transaction.renames.alter("ALTER TABLE \(virtual.quoted) RENAME TO \(aside.quoted)")
            try transaction.setMeta(OwnObjects.movedHead + aside.folded.text, .text(virtual))
            return nil
        }
        let aside =
            try isVirtual(name)
            ? freeName(besideVirtual: name) : transaction.ownObjects.freeName(beside: name)
        // As text, so that a view that reads the name reads the table that has it from now on.
        do { try transaction.renames.renameAsText(name, to: aside) } catch {
            guard case .sqlite(_, let message, _) = error, try isVirtual(name) else { throw error }
            throw .foreign(
                """
                virtual table \(name) was made by hand under a name that the alliance uses, and the SQLite of this \
                node cannot rename it (\(message)): rename it or drop it with the program that made it
                """)
        }
        return aside
    }

    /// Gives tables and views made by hand other names under whose names triggers and the node ask SQLite itself: while
    /// they have those, nobody can write.
    func freeFunctions() throws(StoreError) {
        let found = try transaction.connection.rows(
            "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') AND name LIKE 'pragma!_%' ESCAPE '!'")
        guard !found.isEmpty else { return }
        // As a statement, for a table may have the name of this one, too.
        let functions = Set(
            try transaction.connection.rows("PRAGMA pragma_list").compactMap { row in
                row.first?.identifier.map { Identifier("pragma_" + $0.text).folded }
            })
        for row in found {
            guard let name = row[0].identifier, functions.contains(name.folded) else { continue }
            guard row[1] == .text("table") else {
                try transaction.ownObjects.giveWay(name)
                continue
            }
            let aside = try transaction.ownObjects.freeName(beside: name)
            try transaction.renames.renameAsText(name, to: aside)
            try transaction.setMeta(OwnObjects.movedHead + aside.folded.text, .text(name))
        }
    }

    /// The name that a table had before it gave way to a function of SQLite's, or a virtual one to a table of the name
    /// of one in which it keeps its content; nil for any other.
    func nameBefore(_ aside: Identifier) throws(StoreError) -> Identifier? {
        try transaction.meta(OwnObjects.movedHead + aside.folded.text)?.identifier
    }

    /// Whether a table is a virtual one, or one in which such a one keeps its content: SQLite alters neither as it
    /// alters others.
    func isOfVirtual(_ name: Identifier) throws(StoreError) -> Bool {
        if try isVirtual(name) { return true }
        return try virtualTable(keeping: name) != nil
    }

    private func isVirtual(_ name: Identifier) throws(StoreError) -> Bool {
        try transaction.connection.value(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1 AND sql LIKE 'CREATE VIRTUAL%'",
            [.text(name)]) != nil
    }

    /// The virtual table that keeps its content in a table; nil where the table is no such one.
    private func virtualTable(keeping name: Identifier) throws(StoreError) -> Identifier? {
        // SQLite itself goes by the name: that of the virtual table, a line, and more.
        try transaction.connection.value(
            """
            SELECT v.name FROM pragma_table_list AS s JOIN pragma_table_list AS v ON v.type = 'virtual' AND \
            lower(substr(s.name, 1, length(v.name) + 1)) = lower(v.name) || '_'
            WHERE s.schema = 'main' AND v.schema = 'main' AND s.type = 'shadow' AND s.name = ?1 COLLATE NOCASE ORDER \
            BY length(v.name) DESC LIMIT 1
            """, [.text(name)])?.identifier
    }

    /// A name that nothing has, and from which no table of what a virtual one keeps gets one that is taken.
    private func freeName(besideVirtual name: Identifier) throws(StoreError) -> Identifier {
        var aside = OwnColumns.aside(name)
        while try transaction.connection.value(
            """
            SELECT 1 FROM sqlite_master WHERE name = ?1 COLLATE NOCASE OR lower(substr(name, 1, length(?1) + 1)) = \
            lower(?1) || '_'
            """, [.text(aside)]) != nil
        { aside = aside + "_" }
        return aside
    }

    /// Moves aside, before definitions of this node's own, what was made by hand under their names. Returns its new
    /// names.
    func moveAside(for operations: [ControlOperation]) throws(StoreError) -> [(
        aside: Identifier, table: TableDefinition
    )] {
        var out: [(aside: Identifier, table: TableDefinition)] = []
        for case .createTable(let table) in operations {
            let found = try transaction.connection.value(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?1 COLLATE NOCASE", [.text(table.name)])
            guard let present = found?.identifier, let aside = try moveAside(present) else { continue }
            out.append((aside, table))
        }
        return out
    }

    /// Tables that were made by hand are the alliance's now: their rows are noted as inserted there.
    ///
    /// A table whose rows do not fit stays aside, and `doctor` names it.
    func share(_ own: [(aside: Identifier, table: TableDefinition)], now: Int64) throws(StoreError) {
        guard !own.isEmpty else { return }
        try transaction.capture.refreshCapture()
        var filled: [(aside: Identifier, table: TableState)] = []
        for (aside, definition) in own {
            guard let table = transaction.state.table(named: definition.name), try fill(table, from: aside) else {
                continue
            }
            filled.append((aside, table))
        }
        // Rows may refer to each other in any order, so all are there before one is judged.
        var hasMore = true
        while hasMore {
            hasMore = false
            for (index, pair) in filled.enumerated().reversed()
            where try !transaction.connection.rows("PRAGMA foreign_key_check(\(pair.table.name.quoted))").isEmpty {
                try transaction.connection.run("DELETE FROM \(pair.table.name.quoted)")
                filled.remove(at: index)
                hasMore = true
            }
        }
        for (aside, table) in filled {
            let notes = PendingNotes(connection: transaction.connection, table: table)
            let keys = table.keyColumns.map(\.name.quoted).joined(separator: ", ")
            for key in try transaction.connection.rows("SELECT \(keys) FROM \(table.name.quoted)") {
                try notes.note(.inserted, key, at: now)
            }
            try transaction.connection.run("DROP TABLE \(aside.quoted)")
        }
    }

    private func fill(_ table: TableState, from aside: Identifier) throws(StoreError) -> Bool {
        let present = try transaction.connection.rows(
            "SELECT name FROM pragma_table_xinfo(?1) WHERE hidden = 0", [.text(aside)]
        ).compactMap { $0.first?.identifier }
        let names = (table.keyColumns.map(\.name) + table.valueColumns.map(\.name)).filter(present.containsSame)
        // A column that the definition has not would be lost.
        guard present.count == names.count, table.keyColumns.allSatisfy({ names.contains($0.name) }) else {
            return false
        }
        let list = names.map(\.quoted).joined(separator: ", ")
        do {
            try transaction.connection.run(
                "INSERT INTO \(table.name.quoted)(\(list)) SELECT \(list) FROM \(aside.quoted)")
        } catch {
            guard case .sqlite(let code, _, _) = error, code & 0xFF == ResultCode.constraintFailed else { throw error }
            return false
        }
        return true
    }

    /// Tables that stand aside.
    func tablesAside() throws(StoreError) -> [Identifier] {
        try transaction.connection.rows(
            """
            SELECT name FROM sqlite_master WHERE type = 'table' AND rtrim(name, '_') LIKE '%\\_\\_local' ESCAPE '\\' \
            ORDER BY name
            """
        ).compactMap { row in
            row.first?.identifier.flatMap { transaction.state.table(named: $0) == nil ? $0 : nil }
        }
    }
}
