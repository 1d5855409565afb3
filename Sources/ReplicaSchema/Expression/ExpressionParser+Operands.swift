import ReplicaModel

/// The operands that stand between operators.
extension ExpressionParser {
    mutating func primary() throws(ExpressionRefusal) -> ExpressionResult {
        switch token {
        case .integer(let integer): return try literal(.integer(integer))
        case .real(let real): return try literal(.real(real))
        case .text(let bytes): return try literal(.text(bytes))
        case .blob(let bytes): return try literal(.blob(bytes))
        case .name(let name):
            guard following != .symbol(.open) else {
                throw ExpressionRefusal("calls a function by a name in quotes: take them away")
            }
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

    private mutating func named(_ word: Identifier) throws(ExpressionRefusal) -> ExpressionResult {
        let keyword = ExpressionWords.keyword(word)
        switch keyword {
        case "NULL": return try literal(.null)
        case "CASE": return try conditional()
        case "CAST": return try cast()
        case "CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME":
            try advance()
            return try rules.call(word.folded.text, [])
        case "TRUE" where rules.isTruthValue(token), "FALSE" where rules.isTruthValue(token):
            var result = try literal(.integer(keyword == "TRUE" ? 1 : 0))
            result.isTruth = true
            return result
        default: break
        }
        if following == .symbol(.open),
            keyword.map({ !ExpressionWords.reserved.contains($0) || $0 == "LIKE" || $0 == "GLOB" || $0 == "IF" })
                ?? true
        {
            return try call(word)
        }
        if let keyword, ExpressionWords.reserved.contains(keyword) { throw unexpected() }
        try advance()
        return try rules.column(word)
    }

    private mutating func call(_ name: Identifier) throws(ExpressionRefusal) -> ExpressionResult {
        let name = name.folded.text
        try rules.permit(name)
        try advance()
        try advance()
        let arguments =
            token == .symbol(.close) ? [] : try nested(3) { parser throws(ExpressionRefusal) in try parser.list() }
        try expect(.close)
        return try rules.call(name, arguments)
    }

    mutating func list() throws(ExpressionRefusal) -> [ExpressionResult] {
        var out = [try expression()]
        while try take(.comma) {
            guard out.count < Self.listMax else {
                throw ExpressionRefusal("has a list of more than \(Self.listMax) values: write a shorter one")
            }
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
        guard ["INTEGER", "REAL", "TEXT"].contains(type) else {
            throw ExpressionRefusal("casts to another type than INTEGER, REAL and TEXT: use one of these")
        }
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
                tests.append(try parser.expression())
                try parser.expect("THEN")
                results.append(try parser.expression())
            }
            guard !tests.isEmpty else { throw parser.unexpected() }
            if try parser.take("ELSE") { results.append(try parser.expression()) }
            try parser.expect("END")
            return try parser.rules.conditional(base: base, tests, results)
        }
    }
}
