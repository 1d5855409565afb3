import ReplicaModel
import SQLiteAccess

/// The values that columns show where nobody wrote them: their constant defaults, as SQLite stores them.
package enum DefaultValues {
    /// The values by place; NULL for columns that are not `added`.
    package static func of(_ columns: [ColumnDefinition], added: [Int], isStrict: Bool) throws(StoreError) -> [Value] {
        var out = [Value](repeating: .null, count: columns.count)
        for place in added {
            guard let text = columns[place].defaultExpression else { continue }
            if let value = ConstantDefault.value(of: text) {
                out[place] = ConstantDefault.stored(value, as: columns[place].affinity(isStrict: isStrict))
            } else {
                out[place] = try computed(text, columns[place], isStrict: isStrict)
            }
        }
        return out
    }

    /// The value of a default that counted before only literals did.
    private static func computed(_ text: String, _ column: ColumnDefinition, isStrict: Bool) throws(StoreError) -> Value
    {
        let scratch = try Connection.scratch()
        try scratch.runOne(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, c \(column.type) DEFAULT (\(text)))\(isStrict ? " STRICT" : "")",
            under: .creating(table: "t"))
        try scratch.run("INSERT INTO t(id) VALUES (1)")
        return try scratch.value("SELECT c FROM t") ?? .null
    }
}
