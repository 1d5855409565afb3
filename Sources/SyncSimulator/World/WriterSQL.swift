import ReplicaModel

/// What people's programs write: random statements on any table, by its definition.
package struct WriterSQL: Sendable {
    package enum Kind: CaseIterable, Sendable {
        case insert, update, updateAll, delete, deleteAll, changeKey, upsert, insertAgain
    }

    var random: SeededGenerator
    let kinds: [Kind]
    let keyCount: Int
    /// Each value that is written like no other: what became of it can be told.
    private var tokens = 0

    init(_ scenario: Scenario, random: SeededGenerator) {
        self.random = random
        kinds = scenario.statementKinds
        keyCount = scenario.keyCount
    }

    /// The statements of one transaction, or of none where it is a single one.
    mutating func transaction(_ tables: [TableDefinition], site: String) -> [String] {
        let writable = tables.filter { $0.name != "ledger" }
        var out: [String] = []
        for _ in 0..<random.pick([1, 1, 2, 3, 5]) { out.append(statement(random.pick(writable), tables)) }
        if random.chance(40) {
            tokens += 1
            for n in 0..<WorldSchema.ledgerRows {
                let sql = "INSERT INTO ledger VALUES ('\(site)', \(n), \(tokens)) ON CONFLICT DO UPDATE SET v = excluded.v"
                out.insert(sql, at: random.below(out.count + 1))
            }
        } else if random.chance(20), out.count > 1 {
            out.insert("SAVEPOINT s", at: random.below(out.count))
            out.append(random.chance(50) ? "ROLLBACK TO s" : "RELEASE s")
        }
        return out.count == 1 ? out : ["BEGIN"] + out + [random.chance(90) ? "COMMIT" : "ROLLBACK"]
    }

    /// A large transaction: of one row, or of so many that it is too large for memory.
    mutating func large(_ table: TableDefinition, _ tables: [TableDefinition]) -> [String] {
        guard table.key.count == 1, table.column(table.key[0])?.type == "TEXT",
            let column = table.others.first(where: { isFree($0.name, table) && $0.type != "INTEGER" && $0.type != "INT" })
        else { return [statement(table, tables)] }
        // Nothing that a stream could make small. Several of one row that follow each other are more than a frame, and none of them goes through the file.
        let rows = (1...random.pick([1, 1, 2, 8])).map { "('big\($0)', '\(random.bytes(25_000).hex)')" }
        return ["INSERT OR IGNORE INTO \(table.name)(\(table.key[0]), \(column.name)) VALUES \(rows.joined(separator: ", "))"]
    }

    /// Of no reference.
    private func isFree(_ column: Identifier, _ table: TableDefinition) -> Bool { !table.references.contains { $0.columns.contains(column) } }

    mutating func statement(_ table: TableDefinition, _ tables: [TableDefinition]) -> String {
        let name = table.name
        let or = random.pick(["", "", "", "OR REPLACE", "OR IGNORE", "OR FAIL", "OR ROLLBACK"])
        let key = key(of: table)
        let term = zip(table.key, key).map { "\($0) = \($1)" }.joined(separator: " AND ")
        let some = table.others.map(\.name).filter { _ in random.chance(60) }
        switch random.pick(kinds) {
        case .update where !some.isEmpty: return "UPDATE \(or) \(name) SET \(sets(some, table, tables)) WHERE \(term)"
        case .updateAll where !some.isEmpty: return "UPDATE \(or) \(name) SET \(sets(some, table, tables))"
        case .delete: return "DELETE FROM \(name) WHERE \(term)"
        case .deleteAll where random.chance(25): return "DELETE FROM \(name)"
        case .changeKey:
            let new = zip(table.key, self.key(of: table)).map { "\($0) = \($1)" }.joined(separator: ", ")
            return "UPDATE \(or) \(name) SET \(new) WHERE \(term)"
        case .upsert where !some.isEmpty:
            return insert("", table, key, some, tables) + " ON CONFLICT(\(table.key.joined(separator: ", "))) DO UPDATE SET \(some[0]) = excluded.\(some[0])"
        case .insertAgain: return "INSERT OR REPLACE INTO \(name) SELECT * FROM \(name) WHERE \(term)"
        default: return insert(or, table, key, some, tables)
        }
    }

    private mutating func insert(_ or: String, _ table: TableDefinition, _ key: [String], _ some: [Identifier], _ tables: [TableDefinition]) -> String {
        let values = key + values(some, table, tables)
        return "INSERT \(or) INTO \(table.name)(\((table.key + some).joined(separator: ", "))) VALUES (\(values.joined(separator: ", ")))"
    }

    private mutating func sets(_ columns: [Identifier], _ table: TableDefinition, _ tables: [TableDefinition]) -> String {
        zip(columns, values(columns, table, tables)).map { "\($0) = \($1)" }.joined(separator: ", ")
    }

    private mutating func values(_ columns: [Identifier], _ table: TableDefinition, _ tables: [TableDefinition]) -> [String] {
        columns.map { column in
            guard let reference = table.references.first(where: { $0.columns.contains(column) }),
                let target = tables.first(where: { $0.name == reference.table }), let place = reference.columns.firstIndex(of: column)
            else { return value(table.column(column)?.type ?? "") }
            return random.chance(15) ? "NULL" : literal(of: target.column(target.key[place])?.type ?? "", random.below(keyCount) + 1)
        }
    }

    private mutating func key(of table: TableDefinition) -> [String] {
        table.key.map { name in
            // Later columns of a key have fewer values.
            let count = name == table.key[0] ? keyCount : 2
            return literal(of: table.column(name)?.type ?? "", random.below(count) + 1)
        }
    }

    private func literal(of type: String, _ number: Int) -> String {
        switch type {
        case "INTEGER": "\(number)"
        case "BLOB": "X'3\(number % 10)'"
        default: "'k\(number)'"
        }
    }

    private mutating func value(_ type: String) -> String {
        tokens += 1
        let isCommon = random.chance(30)
        switch type {
        case "INTEGER", "INT": return isCommon ? random.pick(["0", "1", "2"]) : "\(1000 + tokens)"
        case "TEXT": return isCommon ? random.pick(["NULL", "'a'", "'A'", "''", "CAST(X'78FF' AS TEXT)", "'x' || char(0) || 'y'"]) : "'t\(tokens)'"
        default: return isCommon ? random.pick(["NULL", "1", "1.5", "2.0", "X'00FF'", "'12'", "9e999", "X''"]) : "'t\(tokens)'"
        }
    }
}
