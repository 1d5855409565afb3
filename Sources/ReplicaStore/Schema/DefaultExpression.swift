import CSQLite

/// Which DEFAULT expressions may be replicated: constants, and a fixed list of functions that every SQLite has and that read nothing.
enum DefaultExpression {
    /// Why an expression is refused, to be read behind "the default of …"; nil if it is permitted.
    static func refusal(of text: String) -> String? {
        if ["CURRENT_TIMESTAMP", "CURRENT_TIME", "CURRENT_DATE"].contains(text.uppercased()) { return nil }
        let authorizer = Authorizer { action, _, name in
            switch action {
            case SQLITE_SELECT: true
            case SQLITE_FUNCTION: functions.contains(name?.lowercased() ?? "")
            default: false
            }
        }
        do throws(StoreError) {
            let connection = try Connection(path: "", access: .create)
            let statement = try authorizer.guarding(connection) { () throws(StoreError) in
                try connection.prepare("SELECT (\(text))")
            }
            guard statement.columnCount == 1, statement.parameterCount == 0 else { return "is not one expression" }
            // What follows the parenthesis would be text of its own.
            return isBalanced(text) ? nil : "is not one expression"
        } catch {
            if let name = authorizer.refused?.second, authorizer.refused?.action == SQLITE_FUNCTION {
                return "calls \(name), which is not among the functions that every replica permits"
            }
            if authorizer.refused != nil { return "reads more than constants" }
            if case .sqlite(_, let message, _) = error { return "cannot be read: \(message)" }
            return "cannot be read"
        }
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

    private static let functions: Set = [
        "abs", "char", "coalesce", "date", "datetime", "format", "hex", "ifnull", "iif", "instr", "julianday", "length", "lower",
        "ltrim", "max", "min", "nullif", "printf", "quote", "random", "randomblob", "replace", "round", "rtrim", "sign", "strftime",
        "substr", "substring", "time", "trim", "typeof", "unicode", "unixepoch", "upper", "zeroblob", "likely", "unlikely",
        "current_timestamp", "current_date", "current_time",
    ]
}
