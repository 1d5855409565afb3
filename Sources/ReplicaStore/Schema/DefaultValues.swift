import ReplicaModel

/// What columns show that nobody wrote: their constant defaults, as SQLite stores them.
enum DefaultValues {
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
