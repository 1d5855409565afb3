import ReplicaModel

/// Definitions that an admin with software of its own may sign: of few names, with texts that SQL is made of, right and wrong.
enum SchemaWords {
    static func operation(_ script: inout FuzzScript) -> ControlOperation {
        switch script.below(8) {
        case 0, 1: .createTable(table(&script))
        case 2, 3: .createIndex(index(&script))
        case 4, 5: .addColumn(added(&script))
        case 6: .retire(table: name(&script), column: name(&script))
        default: .admit(Admission(site: script.pick(FuzzKeys.sites).site, name: "n", role: .admin, institution: nil, keepsTime: false))
        }
    }

    private static func table(_ script: inout FuzzScript) -> TableDefinition {
        let columns = (0...script.below(4)).map { _ in column(&script) }
        let isPlain = script.below(4) != 0
        let key = ColumnDefinition(name: "k", type: isPlain ? "TEXT" : type(&script), isNotNull: true, defaultExpression: nil, collation: "BINARY")
        return TableDefinition(
            name: name(&script), columns: [key] + columns, key: isPlain ? ["k"] : ["k", name(&script)], isStrict: script.below(8) == 1,
            isWithoutRowid: script.below(4) == 1, references: script.below(3) == 1 ? [reference(columns, &script)] : [],
            checks: script.below(3) == 1 ? [check(&script)] : [])
    }

    private static func column(_ script: inout FuzzScript) -> ColumnDefinition {
        let fault = script.below(8)
        return ColumnDefinition(
            name: name(&script), type: type(&script), isNotNull: fault == 1, defaultExpression: fault < 3 ? expression(&script) : nil,
            collation: fault == 3 ? "NOCASE" : "BINARY",
            generated: fault == 4 ? .init(expression: expression(&script), isStored: script.bool()) : nil)
    }

    private static func index(_ script: inout FuzzScript) -> IndexDefinition {
        let parts = (0...script.below(2)).map { _ in
            IndexDefinition.Part(
                term: script.bool() ? .column(name(&script)) : .expression(expression(&script)),
                collation: script.pick(["BINARY", "NOCASE", "RTRIM"]), isDescending: script.bool())
        }
        return IndexDefinition(
            name: name(&script), table: name(&script), isUnique: script.bool(), parts: parts,
            condition: script.below(4) == 1 ? expression(&script) : nil)
    }

    private static func added(_ script: inout FuzzScript) -> AddedColumn {
        let column = column(&script)
        return AddedColumn(
            table: name(&script), column: column, reference: script.below(4) == 1 ? reference([column], &script) : nil,
            checks: script.below(4) == 1 ? [check(&script)] : [])
    }

    private static func reference(_ columns: [ColumnDefinition], _ script: inout FuzzScript) -> Reference {
        let actions = ["NO ACTION", "RESTRICT", "SET NULL", "SET DEFAULT", "CASCADE"]
        return Reference(
            columns: [script.pick(columns).name], table: name(&script), onDelete: script.pick(actions), onUpdate: script.pick(actions),
            isDeferred: script.bool())
    }

    private static func check(_ script: inout FuzzScript) -> CheckDefinition {
        CheckDefinition(name: script.bool() ? name(&script) : nil, expression: expression(&script))
    }

    private static func name(_ script: inout FuzzScript) -> String { script.pick(names) }

    private static func type(_ script: inout FuzzScript) -> String { script.below(8) == 1 ? text(&script) : script.pick(types) }

    private static func expression(_ script: inout FuzzScript) -> String { script.below(3) == 1 ? text(&script) : script.pick(expressions) }

    /// Anything that may stand on the wire: not empty, without NUL.
    private static func text(_ script: inout FuzzScript) -> String {
        let bytes = script.run().filter { $0 != 0 }
        return bytes.isEmpty ? "x" : String(decoding: bytes, as: UTF8.self)
    }

    private static let names = [
        "item", "a", "n", "id", "b", "c", "t", "T", "u", "part", "num", "k", "x\"y", "é", "e\u{301}", "caravan_t", "sqlite_t", "rowid", "select", "i",
        "item__8139770e",
    ]
    private static let types = ["TEXT", "INTEGER", "", "BLOB", "REAL", "NUMERIC", "INT", "VARCHAR(20)", "ANY", "DATE"]
    private static let expressions = [
        "1", "'x'", "NULL", "a", "n > 0", "lower(a)", "random()", "CURRENT_TIMESTAMP", "a || n", "\"a\"", "abs(n)", "length(t)", "1)", "(1", "1 --",
        "1 /*", "(SELECT 1)", "x'00'", "-1", "1e999", "k", "b + c", "rowid", "date('now')", "max(a, b)", "'it''s'", "TRUE",
    ]
}
