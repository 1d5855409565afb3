import ReplicaModel
import SQLiteAccess

/// The SQL that people's programs write: random statements on any table, by its definition.
package struct WriterSQL: Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case insert, update, updateAll, delete, deleteAll, changeKey, upsert, insertAgain
    }

    /// The text of a statement, and what people do by it.
    struct Statement: ExpressibleByStringLiteral {
        let sql: String
        /// Nil where it changes no row.
        let kind: Kind?
        let table: Identifier?

        init(stringLiteral sql: String) { self.init(sql) }

        init(_ sql: String) { (self.sql, kind, table) = (sql, nil, nil) }

        init(_ kind: Kind, of table: TableDefinition, _ sql: String) {
            (self.sql, self.kind, self.table) = (sql, kind, table.name)
        }
    }

    var random: SeededGenerator
    let kinds: [Kind]
    let keyCount: Int
    /// The count of values that are written like no other: what became of each can be told.
    var tokens = 0

    init(_ scenario: Scenario, random: SeededGenerator) {
        self.random = random
        kinds = scenario.statementKinds
        keyCount = scenario.keyCount
    }

    /// The statements of one transaction, or of none where it is a single one.
    mutating func transaction(_ tables: [TableDefinition], site: String) -> [Statement] {
        let writable = tables.filter { $0.name != "ledger" }
        var out: [Statement] = []
        for _ in 0..<random.pick([1, 2, 3, 5, 8]) { out.append(statement(random.pick(writable), tables)) }
        if random.chance(40) {
            tokens += 1
            for n in 0..<WorldSchema.ledgerRows {
                let sql =
                    "INSERT INTO ledger VALUES ('\(site)', \(n), \(tokens)) ON CONFLICT DO UPDATE SET v = excluded.v"
                out.insert(Statement(sql), at: random.below(out.count + 1))
            }
        } else if random.chance(20), out.count > 1 {
            out.insert("SAVEPOINT s", at: random.below(out.count))
            out.append(random.chance(50) ? "ROLLBACK TO s" : "RELEASE s")
        }
        return out.count == 1 ? out : ["BEGIN"] + out + [random.chance(90) ? "COMMIT" : "ROLLBACK"]
    }

    /// A large transaction: of one row, or of so many that it is too large for memory. Nil where no table takes one.
    mutating func large(_ tables: [TableDefinition]) -> Statement? {
        let places = tables.filter { $0.key.count == 1 && $0.column($0.key[0])?.type == "TEXT" }.compactMap { table in
            table.valueColumns.first {
                isFree($0.name, table) && $0.generated == nil && ["TEXT", ""].contains($0.type)
            }.map {
                (table, $0)
            }
        }
        guard !places.isEmpty else { return nil }
        let (table, column) = random.pick(places)
        // Nothing that a stream could make small. Several of one row that follow each other are more than a frame, and
        // none of them goes through the file.
        let rows = (1...random.pick([1, 2, 6, 8])).map { "('big\($0)', '\(random.bytes(25_000).hex)')" }
        let sql = """
            INSERT INTO \(table.name.inSQL)(\([table.key[0], column.name].inSQL)) VALUES \(rows.joined(separator: ", "))
            ON CONFLICT(\(table.key[0].inSQL)) DO UPDATE SET \(column.name.inSQL) = excluded.\(column.name.inSQL)
            """
        return Statement(.insert, of: table, sql)
    }

    /// Whether the column belongs to no reference.
    private func isFree(_ column: Identifier, _ table: TableDefinition) -> Bool {
        !table.references.contains { $0.columns.contains(column) }
    }

    mutating func statement(_ table: TableDefinition, _ tables: [TableDefinition]) -> Statement {
        let name = table.name.inSQL
        let or = random.pick(["", "", "", "OR REPLACE", "OR IGNORE", "OR FAIL", "OR ROLLBACK"])
        let key = key(of: table)
        let term = Self.terms(table.key, key).joined(separator: " AND ")
        let others = table.valueColumns.filter { $0.generated == nil }.map(\.name)
        // One column often: what people change beside each other may not fit together.
        let some =
            random.chance(40) && !others.isEmpty ? [random.pick(others)] : others.filter { _ in random.chance(60) }
        let kind = random.pick(kinds)
        let sql: String
        switch kind {
        case .update where !some.isEmpty: sql = "UPDATE \(or) \(name) SET \(sets(some, table, tables)) WHERE \(term)"
        case .updateAll where !some.isEmpty: sql = "UPDATE \(or) \(name) SET \(sets(some, table, tables))"
        case .delete: sql = "DELETE FROM \(name) WHERE \(term)"
        case .deleteAll where random.chance(25): sql = "DELETE FROM \(name)"
        case .changeKey:
            sql =
                """
                UPDATE \(or) \(name) SET \(Self.terms(table.key, self.key(of: table)).joined(separator: ", ")) WHERE \
                \(term)
                """
        case .upsert where !some.isEmpty:
            sql =
                insert("", table, key, some, tables)
                + " ON CONFLICT(\(table.key.inSQL)) DO UPDATE SET \(some[0].inSQL) = excluded.\(some[0].inSQL)"
        case .insertAgain: sql = insertAgain(table) + " WHERE \(term)"
        default: return Statement(.insert, of: table, insert(or, table, key, some, tables))
        }
        return Statement(kind, of: table, sql)
    }

    private static func terms(_ columns: [Identifier], _ values: [String]) -> [String] {
        zip(columns, values).map { "\($0.inSQL) = \($1)" }
    }

    private func insertAgain(_ table: TableDefinition) -> String {
        let columns = table.columns.filter { $0.generated == nil }.map(\.name).inSQL
        return "INSERT OR REPLACE INTO \(table.name.inSQL)(\(columns)) SELECT \(columns) FROM \(table.name.inSQL)"
    }

    private mutating func insert(
        _ or: String, _ table: TableDefinition, _ key: [String], _ some: [Identifier], _ tables: [TableDefinition]
    ) -> String {
        let values = key + values(some, table, tables)
        return
            """
            INSERT \(or) INTO \(table.name.inSQL)(\((table.key + some).inSQL)) VALUES \
            (\(values.joined(separator: ", ")))
            """
    }

    private mutating func sets(_ columns: [Identifier], _ table: TableDefinition, _ tables: [TableDefinition]) -> String
    {
        Self.terms(columns, values(columns, table, tables)).joined(separator: ", ")
    }
}

extension Identifier {
    /// The name between double quotes, those inside doubled.
    var inSQL: String {
        // Scalar by scalar: a mark behind a quote makes one letter of the two.
        let scalars = text.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
        return "\"" + String(String.UnicodeScalarView(scalars)) + "\""
    }
}

extension [Identifier] {
    var inSQL: String { map(\.inSQL).joined(separator: ", ") }
}
