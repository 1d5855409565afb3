import ReplicaModel
import SyncWire

/// SQL from the structured description, and what of a description is refused: a peer's text is never run.
public enum SchemaSQL {
    public static func createTable(_ table: TableDefinition) -> String { createTable(table, named: table.name) }

    /// The table under another name.
    static func createTable(_ table: TableDefinition, named name: Identifier) -> String {
        var parts = table.columns.map { column($0, isRowidKey: isRowidKey(table) && $0.name == table.key[0]) }
        if !isRowidKey(table) { parts.append("PRIMARY KEY (\(list(table.key)))") }
        parts += table.references.map(reference) + table.checks.map(check)
        let options = [table.isStrict ? "STRICT" : nil, table.isWithoutRowid ? "WITHOUT ROWID" : nil].compactMap { $0 }
        let tail = options.isEmpty ? "" : " " + options.joined(separator: ", ")
        return "CREATE TABLE \(name.quoted) (\n    \(parts.joined(separator: ",\n    "))\n)\(tail)"
    }

    /// - Parameter references: from that column alone.
    static func addColumn(_ definition: ColumnDefinition, _ references: [Reference], to table: Identifier) -> String {
        let links = references.map { " " + target($0) }.joined()
        return "ALTER TABLE \(table.quoted) ADD COLUMN \(column(definition, isRowidKey: false))\(links)"
    }

    public static func createIndex(_ index: IndexDefinition) -> String {
        let parts = index.parts.map { "\(term($0.term)) COLLATE \($0.collation)\($0.isDescending ? " DESC" : "")" }
        let condition = index.condition.map { " WHERE (\($0))" } ?? ""
        let head = "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX \(index.name.quoted) ON \(index.table.quoted)"
        return "\(head) (\(parts.joined(separator: ", ")))\(condition)"
    }

    /// As an expression of the table's row.
    static func term(_ term: IndexDefinition.Term) -> String {
        switch term {
        case .column(let name): name.quoted
        case .expression(let text): "(\(text))"
        }
    }

    private static func check(_ check: CheckDefinition) -> String {
        (check.name.map { "CONSTRAINT \($0.quoted) " } ?? "") + "CHECK (\(check.expression))"
    }

    /// Whether the key is SQLite's own row number, as `INTEGER PRIMARY KEY` makes it.
    static func isRowidKey(_ table: TableDefinition) -> Bool {
        table.key.count == 1 && !table.isWithoutRowid && table.column(table.key[0])?.type.asciiUppercased == "INTEGER"
    }

    private static func column(_ column: ColumnDefinition, isRowidKey: Bool) -> String {
        var parts = [column.name.quoted]
        if !column.type.isEmpty { parts.append(column.type) }
        if isRowidKey { parts.append("PRIMARY KEY") }
        if column.isNotNull { parts.append("NOT NULL") }
        if let text = column.defaultExpression { parts.append("DEFAULT (\(text))") }
        if column.collation != "BINARY" { parts.append("COLLATE \(column.collation)") }
        if let generated = column.generated {
            parts.append("GENERATED ALWAYS AS (\(generated.expression)) \(generated.isStored ? "STORED" : "VIRTUAL")")
        }
        return parts.joined(separator: " ")
    }

    private static func reference(_ reference: Reference) -> String {
        "FOREIGN KEY (\(list(reference.columns))) \(target(reference))"
    }

    private static func target(_ reference: Reference) -> String {
        var text = "REFERENCES \(reference.table.quoted)"
        if reference.onDelete != "NO ACTION" { text += " ON DELETE \(reference.onDelete)" }
        if reference.onUpdate != "NO ACTION" { text += " ON UPDATE \(reference.onUpdate)" }
        if reference.isDeferred { text += " DEFERRABLE INITIALLY DEFERRED" }
        return text
    }

    private static func list(_ names: [Identifier]) -> String { names.map(\.quoted).joined(separator: ", ") }

    // MARK: What is refused

    /// Why a table cannot be replicated, and what to write instead; nil if it can.
    static func refusal(of table: TableDefinition) -> String? {
        if let refusal = refusal(ofName: table.name) ?? refusal(ofCounts: table) { return refusal }
        for name in table.columns.map(\.name) { if let refusal = NameRules.refusal(of: name) { return "a column of table \(table.name) \(refusal)" } }
        for name in table.checks.compactMap(\.name) { if let refusal = NameRules.refusal(of: name) { return "a check of table \(table.name) \(refusal)" } }
        for column in table.columns {
            if let refusal = refusal(of: column, in: table.name) ?? refusal(ofGenerated: column, in: table) { return refusal }
        }
        for check in table.checks {
            if let refusal = SQLExpression.refusal(of: check.expression, for: .check, table: table) {
                return "the check \(check.name?.text ?? check.expression) of table \(table.name) \(refusal)"
            }
        }
        for name in table.key {
            guard let column = table.column(name) else { return "table \(table.name) has no column \(name) for its key" }
            if let refusal = refusal(ofKey: column, in: table) { return refusal }
        }
        let actions: Set = ["NO ACTION", "RESTRICT", "SET NULL", "SET DEFAULT", "CASCADE"]
        for reference in table.references {
            guard reference.columns.allSatisfy({ table.column($0) != nil }), !reference.columns.isEmpty,
                actions.contains(reference.onDelete), actions.contains(reference.onUpdate)
            else { return "a reference of table \(table.name) cannot be read" }
        }
        return nil
    }

    private static func refusal(ofName name: Identifier) -> String? {
        if let refusal = NameRules.refusal(of: name) { return "a table or index \(refusal)" }
        return name.begins(with: "caravan_") || name.begins(with: "sqlite_")
            ? "\(name) is a name that is kept for the node itself: choose another" : nil
    }

    private static func refusal(ofCounts table: TableDefinition) -> String? {
        guard table.columns.count <= columnsMax else { return "table \(table.name) has more than \(columnsMax) columns: split it" }
        guard !table.key.isEmpty else {
            return "table \(table.name) has no primary key: give it one, such as `id TEXT NOT NULL PRIMARY KEY`"
        }
        guard Set(table.columns.map(\.name.folded)).count == table.columns.count, Set(table.key).count == table.key.count else {
            return "table \(table.name) has two columns of one name"
        }
        return nil
    }

    /// A pending table holds a column for each of the table's, and SQLite allows 2,000.
    static let columnsMax = WireLimits.columnsMax

    private static func refusal(of column: ColumnDefinition, in table: Identifier) -> String? {
        guard ["BINARY", "NOCASE", "RTRIM"].contains(column.collation) else {
            return "column \(column.name) of table \(table) has the collation \(column.collation), which other programs lack: use BINARY, NOCASE or RTRIM"
        }
        let plain = column.type.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || " _(),".utf8.contains($0)
        }
        let words = Set(SQLTokens.words(column.type))
        guard plain, words.isDisjoint(with: typeWordsRefused) else {
            return "the type of column \(column.name) of table \(table) cannot be replicated: use TEXT, INTEGER, REAL, BLOB or NUMERIC"
        }
        if let text = column.defaultExpression, let refusal = SQLExpression.refusal(of: text, for: .defaultValue) {
            let hint = refusal.contains("no such column") ? "; a text stands in single quotes" : ""
            return "the default of column \(column.name) of table \(table) \(refusal)\(hint)"
        }
        return nil
    }

    /// A generated column is computed on every replica, also for a row that a merge made, so it must be one that no row can fail.
    private static func refusal(ofGenerated column: ColumnDefinition, in table: TableDefinition) -> String? {
        guard let generated = column.generated else { return nil }
        let place = "generated column \(column.name) of table \(table.name)"
        if let refusal = SQLExpression.refusal(of: generated.expression, for: .computed, table: table) { return "the \(place) \(refusal)" }
        if column.isNotNull { return "\(place) is NOT NULL, which a merged row could fail: leave NOT NULL out" }
        if table.isStrict, column.type.asciiUppercased != "ANY" {
            return "\(place) has the type \(column.type) in a STRICT table, which a merged row could fail: use ANY"
        }
        return nil
    }

    /// A type is written into SQL as it stands, so no word that means something there may be in it.
    private static let typeWordsRefused: Set = [
        "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "DEFAULT", "COLLATE", "REFERENCES", "GENERATED", "AS", "CONSTRAINT", "ALWAYS", "FOREIGN",
    ]

    private static func refusal(ofKey column: ColumnDefinition, in table: TableDefinition) -> String? {
        let place = "key column \(column.name) of table \(table.name)"
        guard column.isNotNull || isRowidKey(table) || table.isWithoutRowid else { return "\(place) may be NULL: write NOT NULL behind its type" }
        guard column.generated == nil else { return "\(place) is generated: a key is entered, or minted by a default" }
        guard column.collation == "BINARY" else { return "\(place) has the collation \(column.collation): a key is compared byte by byte, so leave it out" }
        switch Affinity(declared: column.type) {
        case .text, .blob, .integer: return nil
        case .real, .numeric: return "\(place) has the type \(column.type): a key is TEXT, BLOB or INTEGER"
        }
    }

    /// Why an index cannot be replicated; nil if it can.
    static func refusal(of index: IndexDefinition, tables: [TableDefinition]) -> String? {
        if let refusal = refusal(ofName: index.name) { return refusal }
        guard !index.parts.isEmpty, index.parts.allSatisfy({ ["BINARY", "NOCASE", "RTRIM"].contains($0.collation) }) else {
            return "index \(index.name) has no columns, or a collation that other programs lack"
        }
        guard let table = tables.first(where: { $0.name == index.table }) else {
            return "index \(index.name) is of a table that does not exist"
        }
        if let missing = index.parts.compactMap(\.column).first(where: { table.column($0) == nil }) {
            return "index \(index.name) is on a column \(missing) that table \(table.name) does not have"
        }
        let expressions = index.parts.compactMap { if case .expression(let text) = $0.term { text } else { nil } }
        for text in expressions + [index.condition].compactMap({ $0 }) {
            if let refusal = SQLExpression.refusal(of: text, for: .computed, table: table) { return "index \(index.name) \(refusal)" }
        }
        return nil
    }
}
