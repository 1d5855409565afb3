import ReplicaModel
import ReplicaSchema
import ReplicaStore

extension WriterSQL {
    /// Statements that people write apart, and that clash once they meet.
    struct Clash {
        /// The statements that come first, and whose rows all of those people see before they write.
        var before: [String] = []
        /// The statements of each of those people.
        let scripts: [[String]]
    }

    /// Nil where no table has anything that two could break.
    mutating func clash(_ schema: Schema) -> Clash? {
        for kind in [0, 1, 2].shuffled(using: &random) {
            let clash =
                switch kind {
                case 0: equalRows(schema)
                case 1: brokenCheck(schema)
                default: reference(schema)
                }
            if let clash { return clash }
        }
        return nil
    }

    /// Two or three rows with the same in a UNIQUE.
    private mutating func equalRows(_ schema: Schema) -> Clash? {
        let indexes = schema.indexes.filter { index in
            let columns = index.parts.compactMap(\.column)
            guard let table = schema.tables.first(where: { $0.name == index.table }), table.name != "ledger",
                columns.count == index.parts.count
            else { return false }
            return index.isUnique && Set(columns + table.key).count == columns.count + table.key.count
        }
        guard let index = indexes.randomElement(using: &random),
            let table = schema.tables.first(where: { $0.name == index.table })
        else { return nil }
        let columns = index.parts.compactMap(\.column)
        guard table.references.allSatisfy({ Set($0.columns).isDisjoint(with: columns) }) else { return nil }
        // Of an index of some rows as well: those that have something greater than nothing.
        let values = columns.map { ["INTEGER", "INT"].contains(table.column($0)?.type ?? "") ? "1" : "'e'" }
        return Clash(
            scripts: (1...random.pick([2, 2, 3])).map { [put(table, Self.clashKey(table, $0), columns, values)] })
    }

    /// Has two people each move another column to where the other was.
    private mutating func brokenCheck(_ schema: Schema) -> Clash? {
        let tables = schema.tables.filter { table in
            table.checks.count == 1 && table.valueColumns.count { $0.type == "INTEGER" } > 1
        }
        guard let table = tables.randomElement(using: &random) else { return nil }
        let columns = table.valueColumns.filter { $0.type == "INTEGER" }.map(\.name)
        let key = Self.clashKey(table, random.below(2))
        return Clash(
            before: [put(table, key, Array(columns.prefix(2)), ["1", "3"])],
            scripts: [[put(table, key, [columns[0]], ["3"])], [put(table, key, [columns[1]], ["1"])]])
    }

    /// Has one person delete a row, or what that refers to in its turn, and another enter one that refers to it.
    private mutating func reference(_ schema: Schema) -> Clash? {
        let tables = schema.tables.filter { table in table.references.contains { $0.columns.count == 1 } }
        guard let table = tables.randomElement(using: &random),
            let reference = table.references.filter({ $0.columns.count == 1 }).randomElement(using: &random)
        else { return nil }
        // From the row that is referred to upwards.
        var line = [reference.table]
        var before: [String] = []
        while line.count < 3, let next = schema.tables.first(where: { $0.name == line[line.count - 1] }) {
            let upward = next.references.first { $0.columns.count == 1 }
            before.insert(
                put(
                    next, Self.clashKey(next, line.count), upward?.columns ?? [],
                    upward.map { [Self.clashKey($0.table, schema, line.count + 1)] } ?? []), at: 0)
            guard let upward else { break }
            line.append(upward.table)
        }
        if line.count == 3, let last = schema.tables.first(where: { $0.name == line[2] }) {
            before.insert(put(last, Self.clashKey(last, 3), [], []), at: 0)
        }
        let depth = random.chance(70) ? line.count : 1
        guard let deleted = schema.tables.first(where: { $0.name == line[depth - 1] }) else { return nil }
        let term = zip(deleted.key, Self.clashKey(deleted, depth)).map { "\($0.inSQL) = \($1)" }.joined(
            separator: " AND ")
        let children =
            (random.chance(50) ? ["PRAGMA foreign_keys = ON"] : [])
            + (1..<max(depth, 1)).map { deleteAll(line[$0 - 1], schema, $0) }
        return Clash(
            before: before,
            scripts: [
                children + ["DELETE FROM \(deleted.name.inSQL) WHERE \(term)"],
                [put(table, Self.clashKey(table, 9), reference.columns, [Self.clashKey(reference.table, schema, 1)])],
            ])
    }

    private func deleteAll(_ name: Identifier, _ schema: Schema, _ number: Int) -> String {
        guard let table = schema.tables.first(where: { $0.name == name }) else { return "" }
        let term = zip(table.key, Self.clashKey(table, number)).map { "\($0.inSQL) = \($1)" }.joined(separator: " AND ")
        return "DELETE FROM \(name.inSQL) WHERE \(term)"
    }

    private static func clashKey(_ table: TableDefinition, _ number: Int) -> [String] {
        table.key.map { name in
            switch table.column(name)?.type ?? "" {
            case "INTEGER": "\(number)"
            case "BLOB": "X'3\(number)'"
            default: "'k\(number)'"
            }
        }
    }

    private static func clashKey(_ name: Identifier, _ schema: Schema, _ number: Int) -> String {
        schema.tables.first { $0.name == name }.flatMap { clashKey($0, number).first } ?? "NULL"
    }

    private func put(_ table: TableDefinition, _ key: [String], _ columns: [Identifier], _ values: [String]) -> String {
        let sets = columns.map { "\($0.inSQL) = excluded.\($0.inSQL)" }.joined(separator: ", ")
        let action = sets.isEmpty ? "NOTHING" : "UPDATE SET \(sets)"
        return """
            INSERT INTO \(table.name.inSQL)(\((table.key + columns).inSQL)) VALUES \
            (\((key + values).joined(separator: ", "))) \
            ON CONFLICT(\(table.key.inSQL)) DO \(action)
            """
    }
}
