import ReplicaModel

/// Defaults that are one literal, and what columns store of them, found without asking SQLite, so that every replica
/// says the same.
enum ConstantDefault {
    /// The value of a literal, of a number with a sign, or of either in parentheses; nil for anything else.
    static func value(of text: String) -> Value? {
        guard text.utf8.count <= ExpressionParser.bytesMax, !text.utf8.contains(0) else { return nil }
        var lexer = ExpressionLexer(text)
        var tokens: [ExpressionToken] = []
        do throws(ExpressionRefusal) {
            while tokens.count <= tokensMax {
                let token = try lexer.next()
                if token == .end { return value(of: tokens[...]) }
                tokens.append(token)
            }
        } catch { return nil }
        return nil
    }

    private static let tokensMax = 8

    private static func value(of tokens: ArraySlice<ExpressionToken>) -> Value? {
        guard let first = tokens.first, let last = tokens.last else { return nil }
        if first == .symbol(.open), last == .symbol(.close), tokens.count > 2 {
            return value(of: tokens.dropFirst().dropLast())
        }
        guard tokens.count == 1 else {
            guard tokens.count == 2, first == .symbol(.minus) || first == .symbol(.plus), let number = literal(last)
            else { return nil }
            return signed(number, isNegative: first == .symbol(.minus))
        }
        return literal(first)
    }

    private static func literal(_ token: ExpressionToken) -> Value? {
        switch token {
        case .integer(let integer): .integer(integer)
        case .real(let real): .real(real)
        case .text(let bytes): .text(bytes)
        case .blob(let bytes): .blob(bytes)
        case .word(let word):
            switch ExpressionWords.keyword(word) {
            case "NULL": .null
            case "TRUE": .integer(1)
            case "FALSE": .integer(0)
            default: nil
            }
        case .name, .symbol, .end: nil
        }
    }

    private static func signed(_ value: Value, isNegative: Bool) -> Value? {
        switch value {
        case .integer(let integer) where integer != .min: .integer(isNegative ? -integer : integer)
        case .real(let real): .real(isNegative && real != 0 ? -real : real)
        default: nil
        }
    }

    /// The value that a column of this affinity stores of a literal.
    static func stored(_ value: Value, as affinity: Affinity) -> Value {
        switch (affinity, value) {
        case (.real, .integer(let integer)): .real(Double(integer))
        case (.text, .integer(let integer)): .text("\(integer)")
        case (.text, .real(let real)): .text("\(real)")
        case (.integer, .real(let real)), (.numeric, .real(let real)):
            Affinity.integer.keeps(value) ? value : Int64(exactly: real).map { .integer($0) } ?? value
        case (.integer, .text(let bytes)), (.numeric, .text(let bytes)), (.real, .text(let bytes)):
            affinity.keeps(value) ? value : number(bytes, as: affinity) ?? value
        default: value
        }
    }

    private static func number(_ bytes: [UInt8], as affinity: Affinity) -> Value? {
        let text = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined()
        if let integer = Int64(text) { return stored(.integer(integer), as: affinity) }
        return Double(text).map { stored(.real($0), as: affinity) }
    }

    /// Why the default of a column that is added cannot be what rows show that are there already; nil if it can.
    ///
    /// SQLite takes the default of such rows from the text of the schema, and of new rows from what the column stores:
    /// of `TEXT DEFAULT 1.50` the former show `1.50` and the latter `1.5`. Only an integer in a REAL column is the same
    /// real in both.
    static func refusal(of column: ColumnDefinition, isStrict: Bool) -> String? {
        guard let text = column.defaultExpression else { return nil }
        guard let value = value(of: text) else {
            return "is no constant: rows that are there already show it, and must show the same everywhere"
        }
        let affinity = column.affinity(isStrict: isStrict)
        let stored = stored(value, as: affinity)
        var isKept = stored == value
        if case (.real, .integer) = (affinity, value) { isKept = true }
        guard isKept else {
            return "is changed by the type \(column.type) where it is stored: write it as that type has it"
        }
        return column.refusal(of: stored, isStrict: isStrict, isKey: false) == nil
            ? nil : "is none that the column can hold"
    }
}

extension ColumnDefinition {
    /// The affinity with which the column stores. ANY in a STRICT table has none.
    package func affinity(isStrict: Bool) -> Affinity {
        isStrict && type.asciiUppercased == "ANY" ? .blob : Affinity(declared: type)
    }
}
