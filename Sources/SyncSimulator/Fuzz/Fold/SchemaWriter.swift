import ReplicaModel

/// Writes definitions that an admin with software of its own may sign: mostly such as can stand beside those before, of
/// few names, and with texts that SQL is made of.
struct SchemaWriter {
    private struct Known {
        let name: Identifier
        var columns: [Identifier]
    }

    private var known = FoundedReplica.template.schema.tables.map {
        Known(name: $0.name, columns: $0.columns.map(\.name))
    }

    mutating func operation(_ script: inout FuzzScript) -> ControlOperation {
        let place = script.below(known.count)
        switch script.below(8) {
        case 0, 1: return .createTable(table(&script))
        case 2, 3: return .createIndex(index(known[place], &script))
        case 4, 5, 6: return .addColumn(added(to: place, &script))
        default: return .retire(table: known[place].name, column: columnName(of: known[place], &script))
        }
    }

    private mutating func table(_ script: inout FuzzScript) -> TableDefinition {
        let name = newName(&script)
        let isPlain = script.below(8) != 1
        let key = ColumnDefinition(
            name: "k", type: isPlain ? "TEXT" : type(&script), isNotNull: true, defaultExpression: nil,
            collation: "BINARY")
        let own = Known(name: name, columns: ["k"])
        let columns = (0..<script.below(4)).map { _ in column(named: newName(&script), in: own, &script) }
        known.append(Known(name: name, columns: ["k"] + columns.map(\.name)))
        let isLinked = !columns.isEmpty && script.below(3) == 1
        return TableDefinition(
            name: name, columns: [key] + columns, key: ["k"], isStrict: script.below(16) == 1,
            isWithoutRowid: script.below(4) == 1,
            references: isLinked ? [reference(columns[0], &script)] : [],
            checks: script.below(3) == 1 ? [check(of: own, &script)] : [])
    }

    private func column(named name: Identifier, in table: Known, _ script: inout FuzzScript) -> ColumnDefinition {
        let kind = script.below(10)
        return ColumnDefinition(
            name: name, type: type(&script), isNotNull: kind == 1,
            defaultExpression: kind < 4 ? text(&script, or: Self.constants) : nil,
            collation: kind == 4 ? "NOCASE" : "BINARY",
            generated: kind == 5
                ? .init(expression: expression(of: table, &script), isStored: script.below(4) == 1) : nil)
    }

    private func index(_ table: Known, _ script: inout FuzzScript) -> IndexDefinition {
        let parts = (0...script.below(2)).map { _ in
            IndexDefinition.Part(
                term: script.below(3) != 1
                    ? .column(columnName(of: table, &script)) : .expression(expression(of: table, &script)),
                collation: script.pick(["BINARY", "NOCASE", "RTRIM"]), isDescending: script.bool())
        }
        return IndexDefinition(
            name: newName(&script), table: table.name, isUnique: script.bool(), parts: parts,
            condition: script.below(4) == 1 ? expression(of: table, &script) : nil)
    }

    private mutating func added(to place: Int, _ script: inout FuzzScript) -> AddedColumn {
        let table = known[place]
        let column = column(named: newName(&script), in: table, &script)
        known[place].columns.append(column.name)
        return AddedColumn(
            table: table.name, column: column, reference: script.below(4) == 1 ? reference(column, &script) : nil,
            checks: script.below(4) == 1 ? [check(of: table, &script)] : [])
    }

    private func reference(_ column: ColumnDefinition, _ script: inout FuzzScript) -> Reference {
        let actions = ["NO ACTION", "RESTRICT", "SET NULL", "SET DEFAULT", "CASCADE"]
        return Reference(
            columns: [column.name], table: script.pick(known).name, onDelete: script.pick(actions),
            onUpdate: script.pick(actions),
            isDeferred: script.bool())
    }

    private func check(of table: Known, _ script: inout FuzzScript) -> CheckDefinition {
        CheckDefinition(name: script.bool() ? newName(&script) : nil, expression: expression(of: table, &script))
    }

    private func newName(_ script: inout FuzzScript) -> Identifier { script.pick(Self.names) }

    private func columnName(of table: Known, _ script: inout FuzzScript) -> Identifier {
        script.below(16) == 1 ? newName(&script) : script.pick(table.columns)
    }

    private func type(_ script: inout FuzzScript) -> String { text(&script, or: Self.types) }

    private func expression(of table: Known, _ script: inout FuzzScript) -> String {
        if script.below(3) == 1 { return text(&script, or: Self.expressions) }
        let column = "\"" + columnName(of: table, &script).text.replacing("\"", with: "\"\"") + "\""
        return script.pick([
            "\(column)", "\(column) > 0", "lower(\(column))", "length(\(column)) < 3", "\(column) IS NOT NULL",
            "coalesce(\(column), 'x')",
        ])
    }

    /// Picks a text of the list, or rarely what the script says: anything that may stand on the wire.
    private func text(_ script: inout FuzzScript, or list: [String]) -> String {
        guard script.below(12) == 1 else { return script.pick(list) }
        let bytes = script.run().filter { $0 != 0 }
        return bytes.isEmpty ? "x" : String(decoding: bytes, as: UTF8.self)
    }

    private static let names: [Identifier] = [
        "t", "u", "b", "c", "T", "x\"y", "é", "e\u{301}", "E\u{301}", "x\"\u{301}); DROP TABLE caravan_meta; --",
        "\u{600}\"x", "k", "item", "n",
        "select", "rowid", "caravan_t", "sqlite_t", "item__8139770e", "i", "j", "v", "w", "z",
    ]
    private static let types = ["TEXT", "INTEGER", "", "BLOB", "REAL", "NUMERIC", "INT", "VARCHAR(20)", "ANY", "DATE"]
    private static let constants = [
        "1", "'x'", "NULL", "-1", "1.5", "x'00'", "1e999", "random()", "CURRENT_TIMESTAMP", "TRUE", "'it''s'",
        "lower('A')",
    ]
    private static let expressions = [
        "1", "NULL", "1)", "(1", "1 --", "1 /*", "(SELECT 1)", "rowid", "date('now')", "max(a, n)", "a || n", "abs(n)",
        "\"a\"", "?", "1; 2", "'a' COLLATE NOCASE",
    ]
}
