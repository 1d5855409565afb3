import ReplicaModel

/// Words that mean something in SQL.
enum ExpressionWords {
    /// The words that are no names in any SQLite, unless they stand in quotes, or begin an expression of their own.
    static let reserved: Set = [
        "ADD", "ALL", "ALTER", "ALWAYS", "AND", "AS", "AUTOINCREMENT", "BETWEEN", "CASE", "CAST", "CHECK", "COLLATE",
        "COMMIT", "CONSTRAINT", "CREATE", "CROSS",
        "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "DEFAULT", "DEFERRABLE", "DELETE", "DISTINCT", "DROP",
        "ELSE", "END", "ESCAPE", "EXCEPT", "EXISTS",
        "FILTER", "FOREIGN", "FROM", "FULL", "GENERATED", "GLOB", "GROUP", "HAVING", "IF", "IN", "INDEX", "INDEXED",
        "INNER", "INSERT", "INTERSECT", "INTO", "IS",
        "ISNULL", "JOIN", "LEFT", "LIKE", "LIMIT", "MATCH", "NATURAL", "NOT", "NOTHING", "NOTNULL", "NULL", "ON", "OR",
        "ORDER", "OUTER", "OVER", "PRIMARY", "RAISE",
        "REFERENCES", "REGEXP", "RETURNING", "RIGHT", "SELECT", "SET", "TABLE", "THEN", "TO", "TRANSACTION", "UNION",
        "UNIQUE", "UPDATE", "USING", "VALUES", "WHEN",
        "WHERE", "WINDOW", "WITH", "WITHIN", "WITHOUT",
    ]

    /// A word in capitals of ASCII; nil for one that has other characters.
    static func keyword(_ word: Identifier) -> String? {
        word.bytes.allSatisfy { $0 < 0x80 } ? word.text.asciiUppercased : nil
    }
}
