import ReplicaModel

/// Reads one expression of the language that the article SchemaLanguage defines, and has ``ExpressionRules`` say what each part of it gives.
/// Operators bind as in SQLite.
struct ExpressionParser {
    private var lexer: ExpressionLexer
    private var token: ExpressionToken
    private var following: ExpressionToken
    private let rules: ExpressionRules
    private var level = 0

    /// The parsers of older SQLites have a stack of 100.
    static let levelsMax = 36
    static let bytesMax = 16_384
    static let listMax = 1_000

    /// What the whole text gives.
    static func result(of text: String, _ rules: ExpressionRules) throws(ExpressionRefusal) -> ExpressionResult {
        guard text.utf8.count <= bytesMax else { throw ExpressionRefusal("has more than \(bytesMax) bytes: write a shorter one") }
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

    private mutating func advance() throws(ExpressionRefusal) {
        token = following
        following = try lexer.next()
    }

    // MARK: Tokens

    private var keyword: String? { if case .word(let word) = token { ExpressionWords.keyword(word) } else { nil } }

    private mutating func take(_ word: String) throws(ExpressionRefusal) -> Bool {
        guard keyword == word else { return false }
        try advance()
        return true
    }

    private mutating func take(_ symbol: ExpressionSymbol) throws(ExpressionRefusal) -> Bool {
        guard token == .symbol(symbol) else { return false }
        try advance()
        return true
    }

    private mutating func expect(_ symbol: ExpressionSymbol) throws(ExpressionRefusal) {
        guard try take(symbol) else { throw unexpected() }
    }

    private mutating func expect(_ word: String) throws(ExpressionRefusal) {
        guard try take(word) else { throw unexpected() }
    }

    private func unexpected() -> ExpressionRefusal {
        switch token {
        case .end: ExpressionRefusal("is not one expression: it ends too early")
        case .symbol(let symbol): ExpressionRefusal("is not one expression: \(symbol.rawValue) stands where it cannot")
        case .word(let word), .name(let word): unexpected(word)
        case .text, .blob, .integer, .real: ExpressionRefusal("is not one expression: a value stands where it cannot")
        }
    }

    private func unexpected(_ word: [UInt8]) -> ExpressionRefusal {
        let text = String(decoding: word.prefix(40), as: UTF8.self)
        let hints = [
            "LIKE": "LIKE depends on how each program's SQLite is built and set: write GLOB, or instr(lower(x), 'text') > 0", "REGEXP": "REGEXP is in no plain SQLite: write GLOB",
            "MATCH": "MATCH is in no plain SQLite: write GLOB", "SELECT": "it reads more than it may: only the row's own columns", "EXISTS": "it reads more than it may: only the row's own columns",
            "DISTINCT": "IS DISTINCT FROM is newer than SQLite 3.35: write IS NOT",
        ]
        if let keyword = ExpressionWords.keyword(word), let hint = hints[keyword] { return ExpressionRefusal("cannot be used: \(hint)") }
        return ExpressionRefusal("is not one expression: \(text) stands where it cannot")
    }

    /// Runs `body` so many levels deeper.
    private mutating func nested<Result>(
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
    private mutating func expression(_ least: Binding = .or) throws(ExpressionRefusal) -> ExpressionResult {
        var left = try prefixed(least)
        while let binding = operatorBinding, binding >= least { left = try infixed(left, binding) }
        return left
    }

    /// Of the operator that stands here; nil if none does.
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
        guard case .symbol(let symbol) = token, symbol == .minus || symbol == .plus || symbol == .inverted else { return try primary() }
        try advance()
        let operand = try nested(1) { parser throws(ExpressionRefusal) in try parser.expression(.sign) }
        return try rules.signed(symbol, operand)
    }

    private mutating func operand(_ binding: Binding) throws(ExpressionRefusal) -> ExpressionResult {
        try nested(1) { parser throws(ExpressionRefusal) in try parser.expression(binding.tighter) }
    }

    private mutating func infixed(_ left: ExpressionResult, _ binding: Binding) throws(ExpressionRefusal) -> ExpressionResult {
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
        if keyword == "TRUE" || keyword == "FALSE", rules.isTruthValue(token) {
            try advance()
            return try rules.truth(of: [left])
        }
        let right = try operand(.equality)
        return try rules.comparison(left, right)
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
            let results = [try rules.comparison(left, low), try rules.comparison(left, high)]
            return try rules.truth(of: results)
        default:
            let pattern = try operand(.equality)
            return try rules.glob(left, pattern)
        }
    }
}

/// What stands between operators.
extension ExpressionParser {
    private mutating func primary() throws(ExpressionRefusal) -> ExpressionResult {
        switch token {
        case .integer(let integer): return try literal(.integer(integer))
        case .real(let real): return try literal(.real(real))
        case .text(let bytes): return try literal(.text(bytes))
        case .blob(let bytes): return try literal(.blob(bytes))
        case .name(let name):
            guard following != .symbol(.open) else { throw ExpressionRefusal("calls a function by a name in quotes: take them away") }
            try advance()
            return try rules.column(name)
        case .word(let word): return try named(word)
        case .symbol(.open):
            try advance()
            let inner = try nested(3) { parser throws(ExpressionRefusal) in try parser.expression() }
            try expect(.close)
            return inner
        case .symbol, .end: throw unexpected()
        }
    }

    private mutating func literal(_ value: Value) throws(ExpressionRefusal) -> ExpressionResult {
        try advance()
        return ExpressionResult(literal: value)
    }

    private mutating func named(_ word: [UInt8]) throws(ExpressionRefusal) -> ExpressionResult {
        let keyword = ExpressionWords.keyword(word)
        switch keyword {
        case "NULL": return try literal(.null)
        case "CASE": return try conditional()
        case "CAST": return try cast()
        case "CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME":
            try advance()
            return try rules.call(keyword?.lowercased() ?? "", [])
        case "TRUE" where rules.isTruthValue(token), "FALSE" where rules.isTruthValue(token):
            return try literal(.integer(keyword == "TRUE" ? 1 : 0))
        default: break
        }
        if following == .symbol(.open), keyword.map({ !ExpressionWords.reserved.contains($0) || $0 == "LIKE" || $0 == "GLOB" || $0 == "IF" }) ?? true {
            return try call(word)
        }
        if let keyword, ExpressionWords.reserved.contains(keyword) { throw unexpected() }
        try advance()
        return try rules.column(word)
    }

    private mutating func call(_ name: [UInt8]) throws(ExpressionRefusal) -> ExpressionResult {
        let name = String(decoding: ExpressionWords.folded(name), as: UTF8.self)
        try rules.permit(name)
        try advance()
        try advance()
        let arguments = token == .symbol(.close) ? [] : try nested(3) { parser throws(ExpressionRefusal) in try parser.list() }
        try expect(.close)
        return try rules.call(name, arguments)
    }

    private mutating func list() throws(ExpressionRefusal) -> [ExpressionResult] {
        var out = [try expression()]
        while try take(.comma) {
            guard out.count < Self.listMax else { throw ExpressionRefusal("has a list of more than \(Self.listMax) values: write a shorter one") }
            out.append(try expression())
        }
        return out
    }

    private mutating func cast() throws(ExpressionRefusal) -> ExpressionResult {
        try advance()
        try expect(.open)
        let inner = try nested(3) { parser throws(ExpressionRefusal) in try parser.expression() }
        try expect("AS")
        let type = keyword ?? ""
        guard ["INTEGER", "REAL", "TEXT"].contains(type) else { throw ExpressionRefusal("casts to another type than INTEGER, REAL and TEXT: use one of these") }
        try advance()
        try expect(.close)
        return try rules.cast(inner, to: Affinity(declared: type))
    }

    private mutating func conditional() throws(ExpressionRefusal) -> ExpressionResult {
        try advance()
        return try nested(3) { parser throws(ExpressionRefusal) in
            let base = parser.keyword == "WHEN" ? nil : try parser.expression()
            var tests: [ExpressionResult] = []
            var results: [ExpressionResult] = []
            while try parser.take("WHEN") {
                let condition = try parser.expression()
                tests.append(try base.map { base throws(ExpressionRefusal) in try parser.rules.comparison(base, condition) } ?? condition)
                try parser.expect("THEN")
                results.append(try parser.expression())
            }
            guard !tests.isEmpty else { throw parser.unexpected() }
            if try parser.take("ELSE") { results.append(try parser.expression()) }
            try parser.expect("END")
            return try parser.rules.conditional(tests, results)
        }
    }
}
