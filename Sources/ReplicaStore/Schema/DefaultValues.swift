import ReplicaModel

/// What columns show that nobody wrote: their constant defaults, as SQLite stores them.
enum DefaultValues {
    /// Why the default of a column that is added cannot be what rows show that are there already; nil if it can.
    ///
    /// SQLite takes the default of such rows from the text of the schema, and of new rows from what the column stores: of `TEXT DEFAULT 1.50`
    /// the former show `1.50` and the latter `1.5`. Replicas in which the column came before a row and after it would differ.
    static func refusal(of column: ColumnDefinition, isStrict: Bool) throws(StoreError) -> String? {
        guard let text = column.defaultExpression, column.generated == nil else { return nil }
        let scratch = try Connection.scratch()
        let null = column.isNotNull ? " NOT NULL" : ""
        do throws(StoreError) {
            try scratch.run(
                """
                CREATE TABLE t (id INTEGER PRIMARY KEY)\(isStrict ? " STRICT" : ""); INSERT INTO t VALUES (1);
                ALTER TABLE t ADD COLUMN c \(column.type)\(null) DEFAULT (\(text)); INSERT INTO t(id) VALUES (2)
                """)
        } catch {
            return "is none that the column can hold"
        }
        let shown = try scratch.rows("SELECT c FROM t ORDER BY id")
        return shown.first == shown.last ? nil : "is changed by the type \(column.type) where it is stored: write it as that type has it"
    }

    /// By place; NULL for those that are not `late`.
    static func of(_ columns: [ColumnDefinition], late: [Int], isStrict: Bool) throws(StoreError) -> [Value] {
        var out = [Value](repeating: .null, count: columns.count)
        let wanted = late.filter { columns[$0].defaultExpression != nil }
        guard !wanted.isEmpty else { return out }
        let scratch = try Connection.scratch()
        let definitions = wanted.map { index in
            "c\(index) \(columns[index].type) DEFAULT (\(columns[index].defaultExpression ?? "NULL"))"
        }
        try scratch.run("CREATE TABLE t (id INTEGER PRIMARY KEY, \(definitions.joined(separator: ", ")))\(isStrict ? " STRICT" : ""); INSERT INTO t(id) VALUES (1)")
        for index in wanted { out[index] = try scratch.value("SELECT c\(index) FROM t") ?? .null }
        return out
    }
}
