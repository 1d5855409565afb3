import ReplicaModel

/// The values that statements write.
extension WriterSQL {
    mutating func values(_ columns: [Identifier], _ table: TableDefinition, _ tables: [TableDefinition]) -> [String] {
        // Of one reference all columns name the same row.
        let place = random.below(2)
        return columns.map { column in
            guard let reference = table.references.first(where: { $0.columns.contains(column) }),
                let target = tables.first(where: { $0.name == reference.table }),
                let part = reference.columns.firstIndex(of: column)
            else { return value(of: column, table) }
            return self.reference(to: target, part: part, place)
        }
    }

    /// Mostly of a row that is there.
    private mutating func reference(to target: TableDefinition, part: Int, _ place: Int) -> String {
        if random.chance(15) { return "NULL" }
        if random.chance(30) { return literal(of: target.column(target.key[part])?.type ?? "", place + 1) }
        return
            """
            (SELECT \(target.key[part].inSQL) FROM \(target.name.inSQL) ORDER BY \(target.key.inSQL) LIMIT 1 OFFSET \
            \(place))
            """
    }

    mutating func key(of table: TableDefinition) -> [String] {
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

    /// Numbers at the border of each width in which SQLite keeps one, and values of another class than the column's.
    private static let awkward = [
        "NULL", "-1", "127", "-129", "32768", "-32769", "8388607", "-8388609", "2147483648", "-2147483649",
        "140737488355327", "-140737488355329",
        "9223372036854775807", "-9223372036854775808", "9007199254740993", "9223372036854775808", "1.5", "-0.0", "0.1",
        "1e308", "-9e999", "5e-324", "1e15", "1e20",
        "'1e3'", "'0x10'", "' 1'", "'1 '", "'-0'", "'9223372036854775808'", "'nan'", "zeroblob(3)", "X'31'", "char(0)",
        "char(769)", "char(0x10FFFF)", "CAST(X'FF' AS TEXT)",
        "hex(zeroblob(400))",
    ]

    private mutating func value(of column: Identifier, _ table: TableDefinition) -> String {
        tokens += 1
        // What people break together is of few values: rows that become equal, and columns that do not fit each other.
        if random.chance(80) {
            if !table.checks.isEmpty { return random.pick(["0", "1", "2", "3"]) }
            if WorldSchema.features(of: table.name).contains(.unique) {
                return table.column(column)?.type == "TEXT" ? random.pick(["'a'", "'A'", "'a '"]) : "1"
            }
        }
        if random.chance(12) { return random.pick(Self.awkward) }
        let isCommon = random.chance(30)
        switch table.column(column)?.type ?? "" {
        case "INTEGER", "INT": return isCommon ? random.pick(["0", "1", "2"]) : "\(1000 + tokens)"
        case "TEXT":
            return isCommon
                ? random.pick(["NULL", "'a'", "'A'", "''", "CAST(X'78FF' AS TEXT)", "'x' || char(0) || 'y'"])
                : "'t\(tokens)'"
        default:
            return isCommon
                ? random.pick(["NULL", "1", "1.5", "2.0", "X'00FF'", "'12'", "9e999", "X''"]) : "'t\(tokens)'"
        }
    }
}
