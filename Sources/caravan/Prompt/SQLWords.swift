import ReplicaModel

/// The words that may stand at a place of an SQL statement: tables and their columns, and the words of SQL.
struct SQLWords {
    /// Tables and views, each with its columns, in the order of the table.
    let columns: [(table: Identifier, columns: [Identifier])]

    static let commands = [".exit", ".help", ".quit", ".schema", ".tables"]

    private static let keywords = [
        "ALTER TABLE", "AND", "AS", "ASC", "BEGIN", "BETWEEN", "BY", "CASE", "COMMIT", "COUNT(*)", "CREATE",
        "DELETE FROM",
        "DESC", "DISTINCT", "DROP", "ELSE", "END", "EXISTS", "EXPLAIN", "FROM", "GLOB", "GROUP BY", "HAVING", "IN",
        "INSERT INTO", "IS", "JOIN", "LEFT", "LIKE", "LIMIT", "NOT", "NULL", "ON", "OR", "ORDER BY", "ROLLBACK",
        "SELECT",
        "SET", "THEN", "UNION", "UPDATE", "VALUES", "WHEN", "WHERE", "WITH",
    ]
    private static let beforeTables: Set<Identifier> = ["from", "join", "into", "update", "table", ".schema"]

    /// - Parameters:
    ///   - statement: the lines of the statement that were typed before.
    ///   - line: this line, up to the cursor.
    func completion(of line: String, in statement: String) -> LineEditor.Completion {
        let word = String(line.reversed().prefix { Self.isOfWord($0) }.reversed())
        let before = line.dropLast(word.count)
        if statement.isEmpty, before.isEmpty, word.hasPrefix(".") || word.isEmpty {
            return LineEditor.Completion(count: word.count, words: Self.commands.filter { $0.hasPrefix(word) })
        }
        let previous = before.split(whereSeparator: { !Self.isOfWord($0) }).last.map { Identifier($0).folded }
        if let previous, before.last?.isWhitespace ?? false, Self.beforeTables.contains(previous) {
            return fitting(word, columns.map(\.table))
        }
        if let dot = word.lastIndex(of: "."), dot != word.startIndex {
            let table = Identifier(word[..<dot])
            let own = columns.first { $0.table.isSame(as: table) }?.columns ?? []
            let begun = String(word[word.index(after: dot)...])
            return fitting(begun, own)
        }
        guard !word.isEmpty else { return LineEditor.Completion(count: 0, words: []) }
        return words(word, near: statement + line)
    }

    /// Columns of tables that the statement names come first, for they are meant most often; of none that is named,
    /// all.
    private func words(_ word: String, near text: String) -> LineEditor.Completion {
        let named = Set(text.split(whereSeparator: { !Self.isOfWord($0) || $0 == "." }).map { Identifier($0).folded })
        let tables = columns.filter { named.contains($0.table.folded) }
        let names = (tables.isEmpty ? columns : tables).flatMap(\.columns) + columns.map(\.table)
        let isSmall = word.utf8.allSatisfy { !(0x41...0x5A).contains($0) }
        let keywords = Self.keywords.filter { Identifier($0).begins(with: Identifier(word)) }
        let own = fitting(word, names)
        return LineEditor.Completion(
            count: word.count, words: own.words + keywords.map { isSmall ? $0.lowercased() : $0 })
    }

    private func fitting(_ word: String, _ names: [Identifier]) -> LineEditor.Completion {
        let found = Set(names.filter { $0.begins(with: Identifier(word)) }).sorted().map(Self.written)
        return LineEditor.Completion(count: word.count, words: found)
    }

    /// The name as SQL takes it: in double quotes where it is no plain word.
    private static func written(_ name: Identifier) -> String {
        let isPlain = name.text.allSatisfy { isOfWord($0) && $0 != "." } && !(name.text.first?.isNumber ?? true)
        return isPlain ? name.text : "\"" + name.text.replacing("\"", with: "\"\"") + "\""
    }

    private static func isOfWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "." || character == "$"
    }
}
