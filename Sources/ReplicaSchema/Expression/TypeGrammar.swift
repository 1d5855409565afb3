import ReplicaModel

/// The types that a column may be declared with: one or more plain words, and one or two numbers in parentheses behind
/// them. A type is written into SQL as it stands, so nothing else may be in it.
enum TypeGrammar {
    static let bytesMax = 128

    static func isPermitted(_ type: String) -> Bool {
        guard type.utf8.count <= bytesMax else { return false }
        guard !type.isEmpty else { return true }
        var lexer = ExpressionLexer(type)
        var tokens: [ExpressionToken] = []
        do throws(ExpressionRefusal) {
            while true {
                let token = try lexer.next()
                if token == .end { break }
                tokens.append(token)
            }
        } catch { return false }
        let words = tokens.prefix { if case .word(let word) = $0 { isPlain(word) } else { false } }
        return !words.isEmpty && isSize(Array(tokens.dropFirst(words.count)))
    }

    private static func isPlain(_ word: Identifier) -> Bool {
        guard let keyword = ExpressionWords.keyword(word), !keyword.contains("$") else { return false }
        return keyword == "WITH" || keyword == "WITHOUT" || !ExpressionWords.reserved.contains(keyword)
    }

    private static func isSize(_ tokens: [ExpressionToken]) -> Bool {
        let isNumber = { (token: ExpressionToken) in
            if case .integer(let integer) = token { integer < 1_000_000_000 } else { false }
        }
        switch tokens.count {
        case 0: return true
        case 3: return tokens[0] == .symbol(.open) && isNumber(tokens[1]) && tokens[2] == .symbol(.close)
        case 5:
            return tokens[0] == .symbol(.open) && isNumber(tokens[1]) && tokens[2] == .symbol(.comma)
                && isNumber(tokens[3]) && tokens[4] == .symbol(.close)
        default: return false
        }
    }
}
