import CSQLite
import ReplicaModel

/// Expressions that people or peers wrote, in defaults, checks, generated columns and indexes: parsed under an authorizer that permits the
/// row's columns and a fixed list of functions, so that what is spliced into a schema is one expression and reads nothing else.
enum SQLExpression {
    enum Use {
        /// The same at every time on every replica.
        case constant
        /// A constant, or what mints one: read once, where a row is entered.
        case defaultValue
        /// Held against rows, never in the way of a merge.
        case check
        /// Computed for every row, also one that a merge made: nothing that can fail is permitted.
        case computed
    }

    /// Why an expression is refused, to be read behind the words that name it; nil if it is permitted.
    ///
    /// - Parameter table: whose columns it may read; nil for none.
    static func refusal(of text: String, for use: Use, table: TableDefinition? = nil) -> String? {
        if use == .defaultValue, ["CURRENT_TIMESTAMP", "CURRENT_TIME", "CURRENT_DATE"].contains(text.uppercased()) { return nil }
        let permitted = functions(for: use)
        let authorizer = Authorizer { action, first, name in
            switch action {
            case SQLITE_SELECT: true
            case SQLITE_READ: table != nil && first == table?.name.text
            case SQLITE_FUNCTION: permitted.contains(name?.lowercased() ?? "")
            default: false
            }
        }
        do throws(StoreError) {
            let connection = try Connection.scratch()
            if let table { try connection.run(bare(table)) }
            let statement = try authorizer.guarding(connection) { () throws(StoreError) in
                try connection.prepare("SELECT (\(text))" + (table.map { " FROM \($0.name.quoted)" } ?? ""))
            }
            guard statement.columnCount == 1, statement.parameterCount == 0, isBalanced(text) else { return "is not one expression" }
            return nil
        } catch {
            return sentence(error, authorizer)
        }
    }

    private static func sentence(_ error: StoreError, _ authorizer: Authorizer) -> String {
        if let name = authorizer.refused?.second, authorizer.refused?.action == SQLITE_FUNCTION {
            return "calls \(name), which is not among the functions that every replica permits there"
        }
        if authorizer.refused != nil { return "reads more than it may" }
        if case .sqlite(_, let message, _) = error { return "cannot be read: \(message)" }
        return "cannot be read"
    }

    private static func bare(_ table: TableDefinition) -> String {
        "CREATE TABLE \(table.name.quoted)(\(table.columns.map(\.name.quoted).joined(separator: ", ")))"
    }

    /// Whether no parenthesis closes that the text has not opened, and none stays open; a semicolon ends an expression.
    private static func isBalanced(_ text: String) -> Bool {
        var depth = 0
        for word in SQLTokens.words(text) {
            if word == ";" { return false }
            if word == "(" { depth += 1 }
            if word == ")" { depth -= 1 }
            if depth < 0 { return false }
        }
        return depth == 0
    }

    private static func functions(for use: Use) -> Set<String> {
        switch use {
        case .constant: []
        case .computed: total
        case .check: total.union(partial)
        case .defaultValue: total.union(partial).union(minting)
        }
    }

    /// They have an answer for every value, the same at every time.
    private static let total: Set = [
        "char", "coalesce", "glob", "hex", "ifnull", "iif", "instr", "length", "likely", "lower", "ltrim", "max", "min", "nullif", "round", "rtrim",
        "sign", "substr", "substring", "trim", "typeof", "unicode", "unlikely", "upper",
    ]

    /// They end with an error for some values: a number or text that is too large, a pattern that is too long, `now`.
    private static let partial: Set = [
        "abs", "date", "datetime", "format", "json_array_length", "json_extract", "json_type", "json_valid", "julianday", "like", "printf",
        "quote", "replace", "strftime", "time", "unixepoch", "zeroblob", "->", "->>",
    ]

    private static let minting: Set = ["random", "randomblob", "current_timestamp", "current_date", "current_time"]
}
