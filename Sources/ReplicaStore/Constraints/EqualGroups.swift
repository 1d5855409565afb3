import ReplicaModel
import ReplicaSchema
import SQLiteAccess
import SyncWire

/// The rows that are equal in one UNIQUE that stands as a plain index, listed in groups: rows of one group are equal to
/// each other.
struct EqualGroups {
    let transaction: Transaction
    let index: IndexDefinition
    let table: TableState

    private var name: Value { .text(index.name) }

    var isEmpty: Bool {
        get throws(StoreError) {
            try transaction.statement("SELECT 1 FROM caravan_equal WHERE name = ?1 LIMIT 1").first([name]) == nil
        }
    }

    /// Takes a row out of its group. Who is left alone there is equal to nobody.
    func remove(_ key: [Value]) throws(StoreError) {
        guard let number = try number(of: key) else { return }
        try transaction.statement("DELETE FROM caravan_equal WHERE name = ?1 AND key = ?2").run([name, Self.blob(key)])
        let left = try transaction.statement(
            "SELECT count(*) FROM (SELECT 1 FROM caravan_equal WHERE name = ?1 AND number = ?2 LIMIT 2)"
        ).first([name, number])
        guard left?.first == .integer(1) else { return }
        try transaction.statement("DELETE FROM caravan_equal WHERE name = ?1 AND number = ?2").run([name, number])
    }

    /// Puts a row to those that it is equal to, if there are any.
    func place(_ key: [Value]) throws(StoreError) {
        guard try number(of: key) == nil else { return }
        let equal = try transaction.statement("SELECT \(keys) FROM \(table.name.quoted) WHERE \(isEqual)")
        for (number, value) in key.enumerated() { try equal.bind(value, at: number + 1) }
        defer { equal.reset() }
        var unlisted: [[Value]] = []
        // Whoever is listed leads to all others. Where nobody is, none of them was equal to any before.
        while try equal.step() {
            let row = equal.row
            if let number = try number(of: row) { return try insert(key, number) }
            unlisted.append(row)
        }
        if unlisted.count > 1 { try add(unlisted) }
    }

    /// Makes a group of these rows.
    func add(_ keys: [[Value]]) throws(StoreError) {
        let last = try transaction.statement("SELECT max(number) FROM caravan_equal WHERE name = ?1").first([name])
        let number: Int64 = if case .integer(let last)? = last?.first { last + 1 } else { 1 }
        for key in keys { try insert(key, .integer(number)) }
    }

    /// Lists every group, its rows ascending.
    func all() throws(StoreError) -> [[[Value]]] {
        var out: [[[Value]]] = []
        var present: Value?
        for row in try transaction.connection.rows(
            "SELECT number, key FROM caravan_equal WHERE name = ?1 ORDER BY number", [name])
        {
            if row[0] != present { out.append([]) }
            present = row[0]
            out[out.count - 1].append(try key(in: row[1]))
        }
        return out.map { $0.sorted { $0.lexicographicallyPrecedes($1) } }
    }

    /// The rows that are listed as equal to one, itself among them, ascending; nil if none is.
    func listed(with key: [Value]) throws(StoreError) -> [[Value]]? {
        guard let number = try number(of: key) else { return nil }
        var out: [[Value]] = []
        for row in try transaction.connection.rows(
            "SELECT key FROM caravan_equal WHERE name = ?1 AND number = ?2", [name, number])
        { out.append(try self.key(in: row[0])) }
        return out.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private func key(in value: Value) throws(StoreError) -> [Value] {
        guard case .blob(let bytes) = value, let key = Self.key(bytes) else {
            throw .damaged("a key in \(transaction.file.path) cannot be read")
        }
        return key
    }

    /// The rows that are equal to one, itself among them; none if it is not in the index, or NULL there.
    func equal(to key: [Value]) throws(StoreError) -> [[Value]] {
        let found = try transaction.statement("SELECT \(keys) FROM \(table.name.quoted) WHERE \(isEqual)")
        for (number, value) in key.enumerated() { try found.bind(value, at: number + 1) }
        var out: [[Value]] = []
        while try found.step() { out.append(found.row) }
        return out
    }

    private var keys: String { table.keyColumns.map(\.name.quoted).joined(separator: ", ") }

    /// A row has what the row with the key of the parameters has, in every part of the index.
    private var isEqual: String {
        let condition = index.condition.map { " AND (\($0))" } ?? ""
        let terms = index.parts.map { part in
            let term = SchemaSQL.term(part.term)
            return
                "\(term) COLLATE \(part.collation) = (SELECT \(term) FROM \(table.name.quoted) WHERE \(table.keyTerm)\(condition))"
        }
        return terms.joined(separator: " AND ") + condition
    }

    private func number(of key: [Value]) throws(StoreError) -> Value? {
        try transaction.statement("SELECT number FROM caravan_equal WHERE name = ?1 AND key = ?2").first([
            name, Self.blob(key),
        ])?.first
    }

    private func insert(_ key: [Value], _ number: Value) throws(StoreError) {
        try transaction.statement("INSERT INTO caravan_equal(name, key, number) VALUES (?1, ?2, ?3)").run([
            name, Self.blob(key), number,
        ])
    }

    private static func blob(_ key: [Value]) -> Value {
        var writer = CBORWriter()
        writer.beginArray(key.count)
        for value in key { writer.write(value) }
        return .blob(writer.bytes)
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
