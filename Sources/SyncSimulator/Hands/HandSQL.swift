import ReplicaModel

/// The SQL of what people do by hand.
struct HandSQL {
    var random: SeededGenerator
    /// The number of hands so far: it stands in the names of own objects, so that no two have one name.
    private var count = 0

    init(random: SeededGenerator) { self.random = random }

    /// Statements, each by itself; none where the table does not have what is altered.
    mutating func statements(_ hand: Hand, _ table: TableDefinition, triggers: [Identifier], indexes: [Identifier])
        -> [String]
    {
        count += 1
        let name = table.name.inSQL
        switch hand {
        case .rebuild: return rebuild(table)
        case .dropTable: return ["DROP TABLE \(name)"]
        case .dropAndCreate: return ["DROP TABLE \(name)", create(table.name, table)]
        case .renameTable: return ["ALTER TABLE \(name) RENAME TO renamed\(count)"]
        case .renameAndCreate: return ["ALTER TABLE \(name) RENAME TO renamed\(count)", create(table.name, table)]
        case .renameColumn:
            return ["ALTER TABLE \(name) RENAME COLUMN \(random.pick(table.columns).name.inSQL) TO renamed\(count)"]
        case .swapColumns: return swap(table)
        case .dropColumn: return dropColumn(table, triggers)
        case .dropTriggers: return triggers.filter { _ in random.chance(70) }.map { "DROP TRIGGER \($0.inSQL)" }
        case .dropIndex: return indexes.isEmpty ? [] : ["DROP INDEX \(random.pick(indexes).inSQL)"]
        case .vacuum: return ["VACUUM"]
        default: return own(hand, table)
        }
    }

    private mutating func own(_ hand: Hand, _ table: TableDefinition) -> [String] {
        let (name, column) = (table.name.inSQL, random.pick(table.columns).name.inSQL)
        switch hand {
        case .ownIndex:
            return [
                """
                CREATE \(random.chance(50) ? "UNIQUE" : "") INDEX own\(count) ON \
                \(name)(\(random.chance(50) ? column : "lower(\(column))"))
                """
            ]
        case .ownView: return ["CREATE VIEW own\(count) AS SELECT \(column) FROM \(name)"]
        case .ownTrigger:
            let event = random.pick(["INSERT", "UPDATE", "DELETE"])
            let row = event == "DELETE" ? "OLD" : "NEW"
            return [
                "CREATE TABLE own\(count) (a)",
                """
                CREATE TRIGGER ownTrigger\(count) AFTER \(event) ON \(name) BEGIN INSERT INTO own\(count) VALUES \
                (\(row).\(column)); END
                """,
            ]
        case .ownColumn:
            return [
                """
                ALTER TABLE \(name) ADD COLUMN own\(count) \
                \(random.pick(["TEXT", "INTEGER DEFAULT 3", "TEXT COLLATE NOCASE"]))
                """
            ]
        default: return ["CREATE TABLE own\(count) (a, b)", "INSERT INTO own\(count) SELECT \(column), 1 FROM \(name)"]
        }
    }

    private mutating func swap(_ table: TableDefinition) -> [String] {
        let columns = table.valueColumns.map(\.name).shuffled(using: &random)
        guard columns.count > 1 else { return [] }
        let (name, one, other) = (table.name.inSQL, columns[0].inSQL, columns[1].inSQL)
        return [(one, "swapped"), (other, one), ("swapped", other)].map {
            "ALTER TABLE \(name) RENAME COLUMN \($0.0) TO \($0.1)"
        }
    }

    private mutating func dropColumn(_ table: TableDefinition, _ triggers: [Identifier]) -> [String] {
        guard let column = table.valueColumns.randomElement(using: &random) else { return [] }
        return triggers.map { "DROP TRIGGER \($0.inSQL)" } + [
            "ALTER TABLE \(table.name.inSQL) DROP COLUMN \(column.name.inSQL)"
        ]
    }

    /// Rebuilds a table with one thing changed, or nothing. A default stays: what the definition could not hold would
    /// be kept beside the table.
    private mutating func rebuild(_ table: TableDefinition) -> [String] {
        var changed = table.columns.filter { $0.generated == nil }.map { column(of: $0) }
        var tail = table.isWithoutRowid ? " WITHOUT ROWID" : ""
        let free = changed.indices.filter { !table.key.contains(changed[$0].name) }
        switch random.below(8) {
        case 0:
            if let place = free.randomElement(using: &random) {
                changed[place].type = random.pick(["INTEGER", "TEXT", "BLOB", "REAL", "NUMERIC", ""])
            }
        case 1:
            if let place = free.randomElement(using: &random) { changed[place].rest.replace("BINARY", with: "NOCASE") }
        case 2: if let place = free.randomElement(using: &random) { changed.remove(at: place) }
        case 3: if let place = free.randomElement(using: &random) { changed[place].rest.replace("NOT NULL ", with: "") }
        case 4: tail = table.isWithoutRowid ? "" : " WITHOUT ROWID"
        case 5: changed.shuffle(using: &random)
        case 6: for place in changed.indices where table.key.contains(changed[place].name) { changed[place].type = "" }
        default: break
        }
        let names = changed.map(\.name).inSQL
        let new = "rebuilt\(count)"
        let parts = changed.map { "\($0.name.inSQL) \($0.type) \($0.rest)" } + ["PRIMARY KEY (\(table.key.inSQL))"]
        return [
            "BEGIN", "CREATE TABLE \(new) (\(parts.joined(separator: ", ")))\(tail)",
            "INSERT INTO \(new)(\(names)) SELECT \(names) FROM \(table.name.inSQL)",
            "DROP TABLE \(table.name.inSQL)", "ALTER TABLE \(new) RENAME TO \(table.name.inSQL)", "COMMIT",
        ]
    }

    private func create(_ name: Identifier, _ table: TableDefinition) -> String {
        let parts = table.columns.filter { $0.generated == nil }.map { column(of: $0) }.map {
            "\($0.name.inSQL) \($0.type) \($0.rest)"
        }
        let tail = table.isWithoutRowid ? " WITHOUT ROWID" : ""
        return
            """
            CREATE TABLE \(name.inSQL) \
            (\((parts + ["PRIMARY KEY (\(table.key.inSQL))"]).joined(separator: ", ")))\(tail)
            """
    }

    private func column(of column: ColumnDefinition) -> (name: Identifier, type: String, rest: String) {
        let rest =
            (column.isNotNull ? "NOT NULL " : "") + (column.defaultExpression.map { "DEFAULT (\($0)) " } ?? "")
            + "COLLATE \(column.collation)"
        return (column.name, column.type, rest)
    }

    /// A row that nobody else enters, with nothing but its key: into what the table is now.
    mutating func enter(_ table: TableDefinition) -> (sql: String, row: RowName) {
        count += 1
        let key: [Value] = table.key.map { name in
            switch table.column(name)?.type ?? "" {
            case "INTEGER": .integer(Int64(9_000 + count))
            case "BLOB": .blob(Array("hand\(count)".utf8))
            default: .text(Array("hand\(count)".utf8))
            }
        }
        let literals = key.map { if case .blob(let bytes) = $0 { "X'\(bytes.hex)'" } else { $0.text } }
        return (
            "INSERT INTO \(table.name.inSQL)(\(table.key.inSQL)) VALUES (\(literals.joined(separator: ", ")))",
            RowName(table: table.name, key: key)
        )
    }
}
