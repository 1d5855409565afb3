import ReplicaModel

/// SQL from the structured description: a peer's text is never run as it stands.
package enum SchemaSQL {
    package static func createTable(_ table: TableDefinition) -> String { createTable(table, named: table.name) }

    /// The table under another name.
    package static func createTable(_ table: TableDefinition, named name: Identifier) -> String {
        var parts = table.columns.map { column($0, isRowidKey: table.hasRowNumberAsKey && $0.name == table.key[0]) }
        if !table.hasRowNumberAsKey { parts.append("PRIMARY KEY (\(list(table.key)))") }
        parts += table.references.map(reference) + table.checks.map(check)
        let options = [table.isStrict ? "STRICT" : nil, table.isWithoutRowid ? "WITHOUT ROWID" : nil].compactMap { $0 }
        let tail = options.isEmpty ? "" : " " + options.joined(separator: ", ")
        return "CREATE TABLE \(name.quoted) (\n    \(parts.joined(separator: ",\n    "))\n)\(tail)"
    }

    /// The comment tells the column from one that somebody adds by hand in the same words.
    ///
    /// - Parameter references: from that column alone.
    package static func addColumn(
        _ definition: ColumnDefinition, _ references: [Reference], _ checks: [CheckDefinition], to table: Identifier
    ) -> String {
        let more = references.map { " " + target($0) } + checks.map { " " + check($0) }
        return
            "ALTER TABLE \(table.quoted) ADD COLUMN \(column(definition, isRowidKey: false))\(more.joined()) /* added */"
    }

    package static func createIndex(_ index: IndexDefinition) -> String {
        let parts = index.parts.map { "\(term($0.term)) COLLATE \($0.collation)\($0.isDescending ? " DESC" : "")" }
        let condition = index.condition.map { " WHERE (\($0))" } ?? ""
        let head = "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX \(index.name.quoted) ON \(index.table.quoted)"
        return "\(head) (\(parts.joined(separator: ", ")))\(condition)"
    }

    /// A part of an index as an expression of the table's row.
    package static func term(_ term: IndexDefinition.Term) -> String {
        switch term {
        case .column(let name): name.quoted
        case .expression(let text): "(\(text))"
        }
    }

    private static func check(_ check: CheckDefinition) -> String {
        (check.name.map { "CONSTRAINT \($0.quoted) " } ?? "") + "CHECK (\(check.expression))"
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
}
