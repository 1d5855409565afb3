import ReplicaModel
import SyncWire

/// UNIQUE beside the key: a real one while no two visible rows are equal in it, a plain index with guards while some are.
extension Replica {
    /// Runs a bound statement that writes one row. Where a UNIQUE index other than the key refuses, the index becomes a plain one in
    /// the same transaction and the row is written all the same: no feed ever sticks on what two people entered apart.
    func stepMakingPlain(_ statement: Statement, folder: TableFolder) throws(StoreError) {
        while true {
            do {
                _ = try statement.step()
                return
            } catch {
                guard case .sqlite(Connection.uniqueFailed, let message, _) = error else { throw error }
                guard try makePlain(refusing: message, of: folder.table) else { throw error }
                folder.isWatched = true
            }
        }
    }

    /// SQLite names the columns that clash, or the index of expressions. False if that is none of ours.
    private func makePlain(refusing message: String, of table: TableState) throws(StoreError) -> Bool {
        let unique = state.indexes.filter { $0.definition.table == table.name && $0.definition.isUnique && !$0.isPlain }.map(\.definition)
        let named = unique.filter { index in
            let columns = index.parts.map { "\(table.name).\($0.column?.text ?? "")" }.joined(separator: ", ")
            return [columns, "index '\(index.name)'"].contains { message == "UNIQUE constraint failed: \($0)" }
        }
        // An expression that is a column in parentheses SQLite takes for the column, and names that. What is turned for nothing is turned back
        // when it is settled.
        let meant = named.isEmpty ? unique.filter { $0.parts.contains { $0.column == nil } } : named
        for index in meant { try turn(index, isPlain: true) }
        return !meant.isEmpty
    }

    /// Changes what the schema says of an index and leaves its b-tree as it is, which takes no time at any size.
    private func turn(_ index: IndexDefinition, isPlain: Bool) throws(StoreError) {
        let written = IndexDefinition(
            name: index.name, table: index.table, isUnique: !isPlain, parts: index.parts, condition: index.condition)
        if ledger.turned.isEmpty { schemaVersionBefore = try schemaVersion() }
        ledger.turned.insert(index.name)
        try connection.run("PRAGMA writable_schema = ON")
        try connection.rows(
            "UPDATE sqlite_master SET sql = ?2 WHERE type = 'index' AND name = ?1",
            [.text(index.name), .text(SchemaSQL.createIndex(written))])
        try connection.run("PRAGMA schema_version = \(try schemaVersion() + 1); PRAGMA writable_schema = OFF")
        try connection.rows("UPDATE caravan_index SET plain = ?2 WHERE name = ?1", [.text(index.name), .integer(isPlain ? 1 : 0)])
        for number in state.indexes.indices where state.indexes[number].definition.name == index.name {
            state.indexes[number].isPlain = isPlain
        }
    }

    private func schemaVersion() throws(StoreError) -> Int64 {
        if case .integer(let version)? = try connection.value("PRAGMA schema_version") { version } else { 0 }
    }

    /// Where values were only exchanged the schema is what it was, and no client need read it again.
    func restoreSchemaVersion() throws(StoreError) {
        try connection.run("PRAGMA schema_version = \(schemaVersionBefore)")
    }

    /// Looks for rows that are equal to those that were touched, in the indexes that are plain, and makes UNIQUE again those in which none
    /// are left.
    func settleDuplicates(_ folder: TableFolder, _ keys: Set<[Value]>) throws(StoreError) {
        for index in state.indexes where index.isPlain && index.definition.table == folder.table.name {
            let name = Value.text(index.definition.name)
            let known = Set(try duplicates(in: index.definition))
            var isToCheck = known.isEmpty || !known.isDisjoint(with: keys)
            for key in keys {
                let group = try equalRows(index.definition, folder.table, key)
                guard group.count > 1 else { continue }
                isToCheck = true
                for row in group {
                    try statement("INSERT OR IGNORE INTO caravan_duplicate VALUES (?1, ?2)").run([name, .blob(Self.blob(row))])
                }
            }
            guard isToCheck else { continue }
            var left = false
            for row in try duplicates(in: index.definition) {
                if try equalRows(index.definition, folder.table, row).count > 1 {
                    left = true
                } else {
                    try statement("DELETE FROM caravan_duplicate WHERE name = ?1 AND key = ?2").run([name, .blob(Self.blob(row))])
                }
            }
            if !left { try turn(index.definition, isPlain: false) }
        }
    }

    /// Lists all rows that are equal in an index that has just been made.
    func listDuplicates(_ index: IndexDefinition, _ table: TableState) throws(StoreError) {
        let terms = index.parts.map { "\(SchemaSQL.term($0.term)) COLLATE \($0.collation)" }.joined(separator: ", ")
        let keys = table.keyColumns.map(\.name.quoted)
        let condition = index.condition.map { " WHERE (\($0))" } ?? ""
        // One row of each group is enough to find the others.
        let firsts = try connection.rows(
            "SELECT \(keys.joined(separator: ", ")), count(*) FROM \(table.name.quoted)\(condition) GROUP BY \(terms) HAVING count(*) > 1")
        for first in firsts {
            for row in try equalRows(index, table, Array(first.dropLast())) {
                try statement("INSERT OR IGNORE INTO caravan_duplicate VALUES (?1, ?2)").run([.text(index.name), .blob(Self.blob(row))])
            }
        }
    }

    /// Rows that are known to be equal to others in an index, ascending.
    private func duplicates(in index: IndexDefinition) throws(StoreError) -> [[Value]] {
        var out: [[Value]] = []
        for row in try connection.rows("SELECT key FROM caravan_duplicate WHERE name = ?1", [.text(index.name)]) {
            guard case .blob(let bytes) = row[0], let key = Self.key(bytes) else { throw .damaged("a key in \(path) cannot be read") }
            out.append(key)
        }
        return out.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The rows that are equal to one in an index, itself among them, ascending; none if it is not in the index, or NULL there.
    private func equalRows(_ index: IndexDefinition, _ table: TableState, _ key: [Value]) throws(StoreError) -> [[Value]] {
        let name = table.name.quoted
        let isIt = table.keyColumns.enumerated().map { "\($1.name.quoted) = ?\($0 + 1)" }.joined(separator: " AND ")
        let condition = index.condition.map { " AND (\($0))" } ?? ""
        let terms = index.parts.map { part in
            let term = SchemaSQL.term(part.term)
            return "\(term) COLLATE \(part.collation) = (SELECT \(term) FROM \(name) WHERE \(isIt)\(condition))"
        }
        let keys = table.keyColumns.map(\.name.quoted).joined(separator: ", ")
        let equal = try statement("SELECT \(keys) FROM \(name) WHERE \(terms.joined(separator: " AND "))\(condition) ORDER BY \(keys)")
        for (number, value) in key.enumerated() { try equal.bind(value, at: number + 1) }
        var out: [[Value]] = []
        while try equal.step() { out.append(equal.row) }
        return out
    }

    /// Visible rows that are equal in a UNIQUE, a report for each group.
    func duplicateReports(_ table: TableState) throws(StoreError) -> [ConflictReport] {
        var out: [ConflictReport] = []
        for index in state.indexes where index.isPlain && index.definition.table == table.name {
            var seen: Set<[Value]> = []
            for key in try duplicates(in: index.definition) where !seen.contains(key) {
                let group = try equalRows(index.definition, table, key)
                guard let first = group.first else { continue }
                seen.formUnion(group)
                out.append(
                    ConflictReport(table: table.name, key: first, kind: .duplicate(index: index.definition.name, keys: group)))
            }
        }
        return out
    }

    private static func blob(_ key: [Value]) -> [UInt8] {
        var writer = CBORWriter()
        writer.beginArray(key.count)
        for value in key { writer.write(value) }
        return writer.bytes
    }

    private static func key(_ bytes: [UInt8]) -> [Value]? {
        do throws(WireError) {
            var reader = CBORReader(bytes)
            var out: [Value] = []
            for _ in 0..<(try reader.readArray(max: bytes.count)) { out.append(try reader.readValue()) }
            return out
        } catch { return nil }
    }
}
