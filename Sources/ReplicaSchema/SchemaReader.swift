import ReplicaModel
import SQLiteAccess

/// Reads a schema that a person wrote: runs it in an empty database in memory, where an authorizer permits CREATE TABLE
/// and CREATE INDEX and nothing else, and reads back what SQLite made of it.
package struct SchemaReader {
    private let connection: Connection
    private let integerKeys: Set<Identifier>
    private let known: Set<Identifier>

    /// - Parameters:
    ///   - allowIntegerKey: tables whose only key may be an integer; there must be each of them.
    ///   - known: tables of which that was said before, and indexes: what is there already is not judged again.
    /// - Throws: `wrongSQL` where SQLite cannot parse it, `schema` where it cannot be replicated, each with what to
    ///   write instead.
    package static func read(sql: String, allowIntegerKey: Set<Identifier>, known: Set<Identifier> = [])
        throws(StoreError) -> Schema
    {
        guard !sql.utf8.contains(0) else { throw .wrongSQL("the schema has a NUL character in it: it is no text") }
        let connection = try Connection.scratch()
        try run(sql, on: connection)
        let reader = SchemaReader(connection: connection, integerKeys: allowIntegerKey.union(known), known: known)
        let schema = try reader.schema()
        if let unknown = allowIntegerKey.subtracting(schema.tables.map(\.name)).sorted().first {
            let advice = Nearness.advice(for: unknown, among: schema.tables.map(\.name))
            throw .schema("there is no table \(unknown)\(advice) to allow an integer key: check its name")
        }
        return schema
    }

    private static func run(_ sql: String, on connection: Connection) throws(StoreError) {
        var last = ""
        let authorizer = Authorizer { action, first, _ in
            switch action {
            case .createTable, .createIndex:
                if let first, !first.hasPrefix("sqlite_") { last = first }
                return true
            // A CREATE INDEX reads the columns that it names.
            case .read: return true
            case .update, .insert: return first == "sqlite_master" || first == "sqlite_sequence"
            case .reindex, .function: return true
            default: return false
            }
        }
        do {
            try authorizer.guarding(connection) { () throws(StoreError) in
                let text = Array(sql.utf8CString)
                var start = 0
                while let (statement, next) = try connection.statement(of: text, from: start) {
                    start = next
                    if let statement { while try statement.step() {} }
                }
            }
        } catch {
            if authorizer.refused != nil {
                throw .schema(
                    """
                    a schema has CREATE TABLE and CREATE INDEX only: take the other statement out, after \
                    \(last.isEmpty ? "the beginning" : last)
                    """
                )
            }
            if case .sqlite(_, let message, _) = error {
                throw .wrongSQL("the schema cannot be read: \(message)\(ExpressionRules.hint(behind: message))")
            }
            throw error
        }
    }

    private func schema() throws(StoreError) -> Schema {
        let listed = try connection.rows(
            """
            SELECT l.name, l.wr, l.strict, m.sql, l.type FROM pragma_table_list AS l JOIN sqlite_master AS m ON m.name \
            = l.name
            WHERE l.schema = 'main' AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY m.rowid
            """)
        guard !listed.isEmpty else { throw .schema("the schema has no table: write at least one CREATE TABLE") }
        guard listed.count <= 1_000 else { throw .schema("the schema has more than 1000 tables: split the alliance") }
        var tables: [TableDefinition] = []
        var indexes: [IndexDefinition] = []
        for row in listed {
            let name = name(row[0])
            let source = TableText(text(row[3]))
            try refuseWords(source.words, of: name)
            guard text(row[4]) == "table" else {
                throw .schema("\(name) is not an ordinary table: only those are replicated")
            }
            let table = TableDefinition(
                name: name, columns: try columns(of: name, source), key: try key(of: name),
                isStrict: row[2] == .integer(1),
                isWithoutRowid: row[1] == .integer(1), references: try references(of: name, source),
                checks: source.checks)
            if !known.contains(name), let refusal = SchemaRules.refusal(of: table) { throw .schema(refusal) }
            try refuseKeyCollation(of: name)
            try refuseIntegerKey(table)
            tables.append(table)
            indexes += try self.indexes(of: table, taken: Set(indexes.map(\.name)))
        }
        for index in indexes where !known.contains(index.name) {
            if let refusal = SchemaRules.refusal(of: index, table: tables.first(where: { $0.name == index.table })) {
                throw .schema(refusal)
            }
        }
        for table in tables where !known.contains(table.name) {
            if let refusal = SchemaRules.cost(of: table, indexes).refusal(of: table.name) { throw .schema(refusal) }
        }
        tables = tables.map { ReferenceGate.named($0, among: tables) }
        for table in tables where !known.contains(table.name) { try ReferenceGate.check(table, among: tables) }
        if known.isEmpty, let refusal = try SchemaTrial.refusal(of: tables, indexes) { throw .schema(refusal) }
        return Schema(tables: ReferenceGate.ordered(tables), indexes: indexes)
    }

    /// Refuses words of a CREATE TABLE of which pragmas do not tell.
    private func refuseWords(_ words: [String], of table: Identifier) throws(StoreError) {
        if words.contains("AUTOINCREMENT") {
            throw .schema(
                """
                table \(table) has AUTOINCREMENT: two sites would mint the same number; use a text key with a default \
                that mints it
                """
            )
        }
        for index in words.indices.dropLast() where words[index] == "ON" && words[index + 1] == "CONFLICT" {
            throw .schema(
                """
                table \(table) has ON CONFLICT in a constraint, which cannot be replicated: say OR REPLACE or OR \
                IGNORE where you write
                """
            )
        }
    }

    private func columns(of table: Identifier, _ source: TableText) throws(StoreError) -> [ColumnDefinition] {
        let rows = try connection.rows(
            "SELECT name, type, \"notnull\", dflt_value, hidden, pk FROM pragma_table_xinfo(?1) ORDER BY cid",
            [.text(table)])
        let expressions = source.generated
        var out: [ColumnDefinition] = []
        for (number, row) in rows.enumerated() {
            let name = name(row[0])
            var generated: ColumnDefinition.Generated?
            if row[4] != .integer(0) {
                guard number < expressions.count, let expression = expressions[number] else {
                    throw .schema(
                        "column \(name) of table \(table) is hidden, which cannot be replicated: leave it out")
                }
                generated = .init(expression: expression, isStored: row[4] == .integer(3))
            }
            out.append(
                ColumnDefinition(
                    // Of a generated column SQLite's list of types ends with these words.
                    name: name,
                    type: generated == nil
                        ? text(row[1])
                        : text(row[1]).replacing(" GENERATED ALWAYS", with: "").replacing("GENERATED ALWAYS", with: ""),
                    isNotNull: row[2] != .integer(0),
                    defaultExpression: row[3].isNull ? nil : SQLTokens.withoutComments(text(row[3])),
                    collation: try connection.collation(of: name, in: table), generated: generated))
        }
        return out
    }

    /// A key's columns may be compared by BINARY and its index by another collation.
    private func refuseKeyCollation(of table: Identifier) throws(StoreError) {
        let found = try connection.rows(
            """
            SELECT x.coll FROM pragma_index_list(?1) AS l JOIN pragma_index_xinfo(l.name) AS x WHERE l.origin = 'pk' \
            AND x.key = 1 AND x.coll <> 'BINARY'
            """,
            [.text(table)])
        guard found.isEmpty else {
            throw .schema(
                "the primary key of table \(table) has a collation: a key is compared byte by byte, so leave it out")
        }
    }

    private func key(of table: Identifier) throws(StoreError) -> [Identifier] {
        try connection.rows("SELECT name FROM pragma_table_xinfo(?1) WHERE pk > 0 ORDER BY pk", [.text(table)]).map {
            name($0[0])
        }
    }

    private func refuseIntegerKey(_ table: TableDefinition) throws(StoreError) {
        guard table.key.count == 1, let column = table.column(table.key[0]),
            Affinity(declared: column.type) == .integer,
            !integerKeys.contains(table.name)
        else { return }
        throw .schema(
            """
            table \(table.name) has a bare integer as its only key, and two sites that are apart would mint the same \
            number: use a text key with \
            a default that mints it, such as DEFAULT (lower(hex(randomblob(16)))), or insist with --allow-integer-key \
            \(table.name)
            """)
    }

    private func references(of table: Identifier, _ source: TableText) throws(StoreError) -> [Reference] {
        let rows = try connection.rows(
            """
            SELECT id, \"table\", \"from\", \"to\", on_delete, on_update FROM pragma_foreign_key_list(?1) ORDER BY id, \
            seq
            """,
            [.text(table)])
        var out: [Reference] = []
        let ids = Set(rows.map { $0[0] }).sorted()
        for (number, id) in ids.enumerated() {
            // SQLite lists the last first.
            let isDeferred = ids.count - 1 - number < source.deferred.count && source.deferred[ids.count - 1 - number]
            let parts = rows.filter { $0[0] == id }
            let target = name(parts[0][1])
            let targetKey = try key(of: target)
            guard !targetKey.isEmpty else {
                throw .schema(
                    "table \(table) refers to \(target), which the schema does not have with a primary key: add it")
            }
            var from = parts.map { name($0[2]) }
            if parts.contains(where: { !$0[3].isNull }) {
                let to = parts.map { name($0[3]) }
                guard to.map(\.folded).sorted() == targetKey.map(\.folded).sorted() else {
                    throw .schema(
                        """
                        table \(table) refers to \(target)(\(to.joined(separator: ", "))), which is not its primary \
                        key: refer to (\(targetKey.joined(separator: ", ")))
                        """
                    )
                }
                from = targetKey.compactMap { name in to.firstIndex { $0.isSame(as: name) }.map { from[$0] } }
            }
            guard from.count == targetKey.count else {
                throw .schema(
                    """
                    table \(table) refers to \(target) by \(from.count) columns, and its primary key has \
                    \(targetKey.count)
                    """
                )
            }
            out.append(
                Reference(
                    columns: from, table: target, onDelete: text(parts[0][4]), onUpdate: text(parts[0][5]),
                    isDeferred: isDeferred))
        }
        return out
    }

    private func indexes(of table: TableDefinition, taken: Set<Identifier>) throws(StoreError) -> [IndexDefinition] {
        let rows = try connection.rows(
            "SELECT name, \"unique\", origin, partial FROM pragma_index_list(?1) WHERE origin <> 'pk' ORDER BY seq DESC",
            [.text(table.name)])
        var out: [IndexDefinition] = []
        for row in rows {
            let name = name(row[0])
            let parts = try connection.rows(
                "SELECT name, coll, \"desc\" FROM pragma_index_xinfo(?1) WHERE key = 1 ORDER BY seqno", [.text(name)])
            let source = IndexText(
                text(try connection.value("SELECT sql FROM sqlite_master WHERE name = ?1", [.text(name)]) ?? .null))
            let columns = parts.enumerated().map { number, part in
                IndexDefinition.Part(
                    term: part[0].isNull
                        ? .expression(number < source.terms.count ? source.terms[number] : "")
                        : .column(self.name(part[0])),
                    collation: text(part[1]).asciiUppercased, isDescending: part[2] == .integer(1))
            }
            let isConstraint = text(row[2]) == "u"
            let given =
                isConstraint
                ? SchemaRules.openName("\(table.name)_\(columns.compactMap(\.column).joined(separator: "_"))_unique")
                : name
            let used = taken.union(out.map(\.name))
            let unique = used.containsSame(as: given) ? given + "_\(used.count)" : given
            out.append(
                IndexDefinition(
                    name: unique, table: table.name, isUnique: row[1] == .integer(1), parts: columns,
                    condition: source.condition))
        }
        return out
    }

    private func name(_ value: Value) -> Identifier { value.identifier ?? "" }

    private func text(_ value: Value) -> String {
        if case .text(let bytes) = value { String(decoding: bytes, as: UTF8.self) } else { "" }
    }
}
