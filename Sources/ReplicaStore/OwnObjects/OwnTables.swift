import ReplicaModel
import SQLiteAccess

/// Puts aside, so that they are not lost, tables that people make by hand under a name that the alliance uses.
struct OwnTables {
    let transaction: Transaction

    /// Gives a table made by hand another name, and returns that.
    @discardableResult
    func moveAside(_ name: Identifier) throws(StoreError) -> Identifier {
        let aside = try transaction.ownObjects.freeName(beside: name)
        // As text, so that a view that reads the name reads the table that has it from now on.
        try transaction.renames.renameAsText(name, to: aside)
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
            guard let present = found?.identifier else { continue }
            out.append((try moveAside(present), table))
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
