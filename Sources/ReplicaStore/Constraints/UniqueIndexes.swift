import ReplicaModel
import ReplicaSchema
import SQLiteAccess
import SyncWire

/// UNIQUE beside the key: a real one while no two visible rows are equal in it, a plain index with guards while some
/// are.
struct UniqueIndexes {
    let transaction: Transaction

    /// Runs a bound statement that writes one row. Where a UNIQUE index other than the key refuses, the index becomes a
    /// plain one in the same transaction and the row is written all the same: no feed ever sticks on what two people
    /// entered apart.
    func stepRelaxingUnique(_ statement: Statement, tableRows: TableRows) throws(StoreError) {
        while true {
            do {
                _ = try statement.step()
                return
            } catch {
                if case .sqlite(ResultCode.keyFailed, _, _) = error {
                    transaction.file.unseen.insert(tableRows.table.id)
                }
                guard case .sqlite(ResultCode.uniqueFailed, let message, _) = error else { throw error }
                guard try relaxUnique(refusing: message, of: tableRows.table) else { throw error }
                tableRows.isWatched = true
            }
        }
    }

    /// SQLite names the columns that clash, or the index of expressions. False if that is none of ours.
    private func relaxUnique(refusing message: String, of table: TableState) throws(StoreError) -> Bool {
        let unique = transaction.state.indexes.filter {
            $0.definition.table == table.name && $0.definition.isUnique && !$0.isPlain
        }.map(\.definition)
        let named = unique.filter { index in
            let columns = index.parts.map { "\(table.name).\($0.column?.text ?? "")" }.joined(separator: ", ")
            return [columns, "index '\(index.name)'"].contains { message == "UNIQUE constraint failed: \($0)" }
        }
        // An expression that is a column in parentheses SQLite takes for the column, and names that. What is relaxed
        // for nothing is UNIQUE again when it is settled.
        let meant = named.isEmpty ? unique.filter { $0.parts.contains { $0.column == nil } } : named
        for index in meant { try redefine(index, isPlain: true) }
        return !meant.isEmpty
    }

    /// Changes what the schema says of an index and leaves its b-tree as it is, which takes no time at any size.
    private func redefine(_ index: IndexDefinition, isPlain: Bool) throws(StoreError) {
        let written = IndexDefinition(
            name: index.name, table: index.table, isUnique: !isPlain, parts: index.parts, condition: index.condition)
        if transaction.dirtyRows.alteredIndexes.isEmpty { transaction.schemaVersionBefore = try schemaVersion() }
        transaction.dirtyRows.alteredIndexes.insert(index.name)
        try transaction.connection.run("PRAGMA writable_schema = ON")
        try transaction.connection.rows(
            "UPDATE sqlite_master SET sql = ?2 WHERE type = 'index' AND name = ?1",
            [.text(index.name), .text(SchemaSQL.createIndex(written))])
        try transaction.connection.run(
            "PRAGMA schema_version = \(try schemaVersion() + 1); PRAGMA writable_schema = OFF")
        try transaction.connection.rows(
            "UPDATE caravan_index SET plain = ?2 WHERE name = ?1", [.text(index.name), .integer(isPlain ? 1 : 0)])
        for number in transaction.state.indexes.indices
        where transaction.state.indexes[number].definition.name == index.name {
            transaction.state.indexes[number].isPlain = isPlain
        }
    }

    private func schemaVersion() throws(StoreError) -> Int64 {
        if case .integer(let version)? = try transaction.connection.value("PRAGMA schema_version") {
            version
        } else {
            0
        }
    }

    /// Restores the version of the schema where values were only exchanged: the schema is what it was, and no client
    /// need read it again.
    func restoreSchemaVersion() throws(StoreError) {
        try transaction.connection.run("PRAGMA schema_version = \(transaction.schemaVersionBefore)")
    }

    /// Looks for rows that are equal to those that were touched, in the indexes that are plain, and makes UNIQUE again
    /// those in which none are left. Costs what was touched, however many rows are equal.
    func settleDuplicates(_ tableRows: TableRows, _ keys: Set<[Value]>) throws(StoreError) {
        for index in transaction.state.indexes where index.isPlain && index.definition.table == tableRows.table.name {
            let groups = EqualGroups(transaction: transaction, index: index.definition, table: tableRows.table)
            // All leave before any is put anywhere: what is listed then was not touched, and is as it stands.
            for key in keys { try groups.remove(key) }
            for key in keys { try groups.place(key) }
            if try groups.isEmpty { try redefine(index.definition, isPlain: false) }
        }
    }

    /// UNIQUE indexes that stand as plain ones and of which earlier software listed the rows that are equal elsewhere,
    /// without their groups.
    func unlisted() throws(StoreError) -> [(IndexDefinition, TableState)] {
        var out: [(IndexDefinition, TableState)] = []
        for index in transaction.state.indexes.filter(\.isPlain).map(\.definition) {
            let isListed =
                try transaction.connection.value(
                    "SELECT 1 FROM caravan_equal WHERE name = ?1 LIMIT 1", [.text(index.name)]) != nil
            if !isListed, let table = transaction.state.table(named: index.table) { out.append((index, table)) }
        }
        return out
    }

    /// Lists all rows that are equal in an index that has just been made.
    func listDuplicates(_ index: IndexDefinition, _ table: TableState) throws(StoreError) {
        let groups = EqualGroups(transaction: transaction, index: index, table: table)
        let terms = index.parts.map { "\(SchemaSQL.term($0.term)) COLLATE \($0.collation)" }.joined(separator: ", ")
        let keys = table.keyColumns.map(\.name.quoted)
        let isInIndex =
            (index.parts.map { "\(SchemaSQL.term($0.term)) IS NOT NULL" } + (index.condition.map { ["(\($0))"] } ?? []))
        // One row of each group is enough to find the others.
        let firsts = try transaction.connection.rows(
            """
            SELECT \(keys.joined(separator: ", ")), count(*) FROM \(table.name.quoted) WHERE \
            \(isInIndex.joined(separator: " AND "))
            GROUP BY \(terms) HAVING count(*) > 1
            """)
        for first in firsts { try groups.add(try groups.equal(to: Array(first.dropLast()))) }
    }

    /// The groups of rows equal in a UNIQUE of which a row is one.
    func duplicateReports(_ table: TableState, key: [Value]) throws(StoreError) -> [ConflictReport] {
        var out: [ConflictReport] = []
        for index in transaction.state.indexes where index.isPlain && index.definition.table == table.name {
            guard
                let keys = try EqualGroups(transaction: transaction, index: index.definition, table: table).listed(
                    with: key)
            else { continue }
            out.append(
                ConflictReport(
                    table: table.name, key: keys[0], kind: .duplicate(index: index.definition.name, keys: keys)))
        }
        return out
    }

    /// Visible rows that are equal in a UNIQUE, a report for each group.
    func duplicateReports(_ table: TableState) throws(StoreError) -> [ConflictReport] {
        var out: [ConflictReport] = []
        for index in transaction.state.indexes where index.isPlain && index.definition.table == table.name {
            let groups = try EqualGroups(transaction: transaction, index: index.definition, table: table).all()
            for keys in groups.sorted(by: { $0[0].lexicographicallyPrecedes($1[0]) }) {
                out.append(
                    ConflictReport(
                        table: table.name, key: keys[0], kind: .duplicate(index: index.definition.name, keys: keys)))
            }
        }
        return out
    }
}
