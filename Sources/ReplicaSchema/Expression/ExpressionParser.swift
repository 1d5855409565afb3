import ReplicaModel

/// Reads one expression of the language that the article SchemaLanguage defines, and has ``ExpressionRules`` say what
/// each part of it gives. Operators bind as in SQLite.
struct ExpressionParser {
    private var lexer: ExpressionLexer
    private(set) var token: ExpressionToken
    private(set) var following: ExpressionToken
    let rules: ExpressionRules
    private var level = 0

    /// The parsers of older SQLites have a stack of 100.
    static let levelsMax = 36
    static let bytesMax = 16_384
    static let listMax = 1_000

    /// The result that the whole text gives.
    static func result(of text: String, _ rules: ExpressionRules) throws(ExpressionRefusal) -> ExpressionResult {
        guard text.utf8.count <= bytesMax else {
            throw ExpressionRefusal("has more than \(bytesMax) bytes: write a shorter one")
        }
        guard !text.utf8.contains(0) else { throw ExpressionRefusal("has a NUL in it: take it out") }
        var parser = try ExpressionParser(text, rules)
        let result = try parser.expression()
        guard parser.token == .end else { throw parser.unexpected() }
        return result
    }

    private init(_ text: String, _ rules: ExpressionRules) throws(ExpressionRefusal) {
        lexer = ExpressionLexer(text)
        self.rules = rules
        token = try lexer.next()
        following = try lexer.next()
    }

    mutating func advance() throws(ExpressionRefusal) {
        token = following
        following = try lexer.next()
    }

    // MARK: Tokens

    var keyword: String? { if case .word(let word) = token { ExpressionWords.keyword(word) } else { nil } }

    mutating func take(_ word: String) throws(ExpressionRefusal) -> Bool {
        guard keyword == word else { return false }
        try advance()
        return true
    }

    mutating func take(_ symbol: ExpressionSymbol) throws(ExpressionRefusal) -> Bool {
        guard token == .symbol(symbol) else { return false }
        try advance()
        return true
    }

    mutating func expect(_ symbol: ExpressionSymbol) throws(ExpressionRefusal) {
        guard try take(symbol) else { throw unexpected() }
    }

    mutating func expect(_ word: String) throws(ExpressionRefusal) {
        guard try take(word) else { throw unexpected() }
    }

    func unexpected() -> ExpressionRefusal {
        switch token {
        case .end: ExpressionRefusal("is not one expression: it ends too early")
        case .symbol(let symbol): ExpressionRefusal("is not one expression: \(symbol.rawValue) stands where it cannot")
        case .word(let word), .name(let word): unexpected(word)
        case .text, .blob, .integer, .real: ExpressionRefusal("is not one expression: a value stands where it cannot")
        }
    }

    private func unexpected(_ word: Identifier) -> ExpressionRefusal {
        let hints = [
            "LIKE":
                "LIKE depends on how each program's SQLite is built and set: write GLOB, or instr(lower(x), 'text') > 0",
            "REGEXP": "REGEXP is in no plain SQLite: write GLOB",
            "MATCH": "MATCH is in no plain SQLite: write GLOB",
            "SELECT": "it reads more than it may: only the row's own columns",
            "EXISTS": "it reads more than it may: only the row's own columns",
            "DISTINCT": "IS DISTINCT FROM is newer than SQLite 3.35: write IS NOT",
        ]
        if let keyword = ExpressionWords.keyword(word), let hint = hints[keyword] {
            return ExpressionRefusal("cannot be used: \(hint)")
        }
        return ExpressionRefusal("is not one expression: \(word.text.prefix(40)) stands where it cannot")
    }

    /// Runs `body` so many levels deeper.
    mutating func nested<Result>(
        _ cost: Int, _ body: (inout ExpressionParser) throws(ExpressionRefusal) -> Result
    ) throws(ExpressionRefusal) -> Result {
        level += cost
        guard level <= Self.levelsMax else { throw ExpressionRefusal("is nested too deeply: write a simpler one") }
        let result = try body(&self)
        level -= cost
        return result
    }
}

/// How tightly operators bind.
private enum Binding: Int, Comparable {
    case or = 1, and, not, equality, comparison, bits, sum, product, concatenation, collation, sign

    static func < (l: Binding, r: Binding) -> Bool { l.rawValue < r.rawValue }

    var tighter: Binding { Binding(rawValue: rawValue + 1) ?? .sign }
}

/// Operators.
extension ExpressionParser {
    mutating func expression() throws(ExpressionRefusal) -> ExpressionResult { try expression(.or) }

    private mutating func expression(_ least: Binding) throws(ExpressionRefusal) -> ExpressionResult {
        var left = try prefixed(least)
        while let binding = operatorBinding, binding >= least { left = try infixed(left, binding) }
        return left
    }

    /// The binding of the operator that stands here; nil if none does.
    private var operatorBinding: Binding? {
        switch token {
        case .symbol(let symbol): Self.binding(of: symbol)
        case .word:
            switch keyword {
            case "OR": .or
            case "AND": .and
            case "IS", "ISNULL", "NOTNULL", "NOT", "IN", "BETWEEN", "GLOB": .equality
            case "COLLATE": .collation
            default: nil
            }
        default: nil
        }
    }

    private static func binding(of symbol: ExpressionSymbol) -> Binding? {
        switch symbol {
        case .equal, .equalTwice, .unequal, .unequalToo: .equality
        case .less, .lessOrEqual, .greater, .greaterOrEqual: .comparison
        case .and, .or, .shiftLeft, .shiftRight: .bits
        case .plus, .minus: .sum
        case .times, .divided, .modulo: .product
        case .concatenation: .concatenation
        case .open, .close, .comma, .inverted: nil
        }
    }

    private mutating func prefixed(_ least: Binding) throws(ExpressionRefusal) -> ExpressionResult {
        if keyword == "NOT" {
            guard least <= .not else { throw ExpressionRefusal("has a NOT behind an operator: put it in parentheses") }
            try advance()
            let operand = try nested(1) { parser throws(ExpressionRefusal) in try parser.expression(.not) }
            return try rules.truth(of: [operand])
        }
        guard case .symbol(let symbol) = token, symbol == .minus || symbol == .plus || symbol == .inverted else {
            return try primary()
        }
        try advance()
        let operand = try nested(1) { parser throws(ExpressionRefusal) in try parser.expression(.sign) }
        return try rules.signed(symbol, operand)
    }

    private mutating func operand(_ binding: Binding) throws(ExpressionRefusal) -> ExpressionResult {
        try nested(1) { parser throws(ExpressionRefusal) in try parser.expression(binding.tighter) }
    }

    private mutating func infixed(_ left: ExpressionResult, _ binding: Binding) throws(ExpressionRefusal)
        -> ExpressionResult
    {
        guard case .symbol(let symbol) = token else { return try infixedByWord(left) }
        try advance()
        let right = try operand(binding)
        switch binding {
        case .equality, .comparison: return try rules.comparison(left, right)
        case .concatenation: return try rules.concatenation(left, right)
        default: return try rules.arithmetic(symbol, left, right)
        }
    }

    private mutating func infixedByWord(_ left: ExpressionResult) throws(ExpressionRefusal) -> ExpressionResult {
        let word = keyword ?? ""
        try advance()
        switch word {
        case "OR", "AND":
            let right = try operand(word == "OR" ? .or : .and)
            return try rules.truth(of: [left, right])
        case "COLLATE":
            try collation()
            return try rules.checked(left)
        case "ISNULL", "NOTNULL": return try rules.presence(of: left)
        case "IS": return try identity(left)
        case "NOT":
            if try take("NULL") { return try rules.presence(of: left) }
            guard let word = keyword, ["IN", "BETWEEN", "GLOB"].contains(word) else { throw unexpected() }
            try advance()
            return try test(left, word)
        default: return try test(left, word)
        }
    }

    private mutating func collation() throws(ExpressionRefusal) {
        switch token {
        case .word(let name), .name(let name):
            guard let word = ExpressionWords.keyword(name), ["BINARY", "NOCASE", "RTRIM"].contains(word) else {
                throw ExpressionRefusal("has a collation that other programs lack: use BINARY, NOCASE or RTRIM")
            }
            try advance()
        default: throw unexpected()
        }
    }

    /// IS and IS NOT, behind the first word.
    private mutating func identity(_ left: ExpressionResult) throws(ExpressionRefusal) -> ExpressionResult {
        _ = try take("NOT")
        let right = try operand(.equality)
        return right.isTruth ? try rules.truth(of: [left]) : try rules.comparison(left, right)
    }

    /// IN, BETWEEN and GLOB, behind the word.
    private mutating func test(_ left: ExpressionResult, _ word: String) throws(ExpressionRefusal) -> ExpressionResult {
        switch word {
        case "IN":
            try expect(.open)
            let items = try nested(3) { parser throws(ExpressionRefusal) in try parser.list() }
            try expect(.close)
            return try rules.membership(of: left, in: items)
        case "BETWEEN":
            let low = try nested(3) { parser throws(ExpressionRefusal) in try parser.expression(.comparison) }
            try expect("AND")
            let high = try nested(3) { parser throws(ExpressionRefusal) in try parser.expression(.comparison) }
            return try rules.range(left, low, high)
        default:
            let pattern = try operand(.equality)
            return try rules.glob(left, pattern)
        }
    }
}
