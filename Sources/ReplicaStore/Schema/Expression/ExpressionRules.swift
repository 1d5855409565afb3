import ReplicaModel

/// What may stand together in an expression, and what comes of it.
///
/// What is computed for rows must come to the same with every SQLite. Versions differ in the digits of a real that becomes a text, and in the
/// last bit of a text that becomes a real: so nothing is permitted that makes either of the other.
struct ExpressionRules {
    /// What an expression is for.
    enum Use {
        /// Read once, where a row is entered.
        case defaultValue
        /// Held against rows, never in the way of a merge.
        case check
        /// Computed for every row, also one that a merge made: nothing that can fail is permitted.
        case computed
    }

    let use: Use
    let scope: ExpressionScope

    /// A result of 8 values of 64 MiB is well below the 1,000,000,000 bytes that SQLite has room for.
    static let columnsMax = 8
    static let bytesMax = 1 << 20
    static let stepsMax = 500
    /// Of what is looked for: it is compared at every place of a long value.
    static let patternBytesMax = 256

    /// What is entered once is stored then, and travels as it is.
    var isLoose: Bool { use == .defaultValue }

    func isTruthValue(_ token: ExpressionToken) -> Bool { if case .word(let word) = token { !scope.has(word) } else { false } }

    func column(_ name: [UInt8]) throws(ExpressionRefusal) -> ExpressionResult {
        guard !isLoose else {
            throw ExpressionRefusal("cannot be read: no such column: \(String(decoding: name.prefix(80), as: UTF8.self)); a text stands in single quotes")
        }
        return try scope.column(name)
    }

    // MARK: Places

    /// The result with one step more, if it is not too much.
    func checked(_ result: ExpressionResult) throws(ExpressionRefusal) -> ExpressionResult {
        var out = result
        out.steps += 1
        guard out.steps <= Self.stepsMax else {
            throw ExpressionRefusal("has more than \(Self.stepsMax) operators, calls and columns, those of the generated columns that it reads among them: write a simpler one")
        }
        guard isLoose || (out.size.columns <= Self.columnsMax && out.size.bytes <= Self.bytesMax) else {
            throw ExpressionRefusal("may come to a value more than \(Self.columnsMax) times as long as a column's, which not every replica has room for: write a shorter one")
        }
        return out
    }

    func number(_ result: ExpressionResult) throws(ExpressionRefusal) {
        var isBytes = result.classes.contains(.text)
        if case .blob? = result.literal { isBytes = true }
        if isBytes, !isLoose { throw ExpressionRefusal("takes a text for a number, which not every SQLite reads alike: write CAST(… AS INTEGER), or give the column a type of numbers") }
    }

    func text(_ result: ExpressionResult) throws(ExpressionRefusal) {
        guard result.classes.contains(.real), !isLoose else { return }
        throw ExpressionRefusal("takes what may be a real for a text, whose digits are not the same in every SQLite: write CAST(… AS INTEGER), or give the column the type TEXT")
    }

    /// What is looked for in a text.
    func pattern(_ result: ExpressionResult) throws(ExpressionRefusal) {
        guard !isLoose else { return }
        guard case .text(let bytes)? = result.literal, bytes.count <= Self.patternBytesMax else {
            throw ExpressionRefusal("looks for what is no literal text of at most \(Self.patternBytesMax) bytes: write that text, in single quotes")
        }
    }

    // MARK: Operators

    /// Operands that are true or false, and what is.
    func truth(of operands: [ExpressionResult]) throws(ExpressionRefusal) -> ExpressionResult {
        for operand in operands where operand.classes.contains(.text) && !isLoose {
            throw ExpressionRefusal("takes a text for true or false: compare it, as in x <> ''")
        }
        return try checked(combined(.integer, operands))
    }

    func presence(of operand: ExpressionResult) throws(ExpressionRefusal) -> ExpressionResult { try checked(combined(.integer, [operand])) }

    func signed(_ sign: ExpressionSymbol, _ operand: ExpressionResult) throws(ExpressionRefusal) -> ExpressionResult {
        try number(operand)
        if sign == .minus, let literal = operand.literal, let negated = Self.negated(literal) { return ExpressionResult(literal: negated) }
        // The least integer has no opposite, and comes to a real.
        return try checked(combined(sign == .inverted ? .integer : [.integer, .real], [operand]))
    }

    private static func negated(_ value: Value) -> Value? {
        switch value {
        case .integer(let integer) where integer != .min: .integer(-integer)
        case .real(let real): .real(real == 0 ? 0 : -real)
        default: nil
        }
    }

    func arithmetic(_ symbol: ExpressionSymbol, _ left: ExpressionResult, _ right: ExpressionResult) throws(ExpressionRefusal) -> ExpressionResult {
        try number(left)
        try number(right)
        switch symbol {
        case .and, .or, .shiftLeft, .shiftRight: return try checked(combined(.integer, [left, right]))
        default: return try checked(combined([.integer, .real], [left, right]))
        }
    }

    func concatenation(_ left: ExpressionResult, _ right: ExpressionResult) throws(ExpressionRefusal) -> ExpressionResult {
        try text(left)
        try text(right)
        var out = combined(.text, [left, right])
        out.size = left.size + right.size
        return try checked(out)
    }

    func comparison(_ left: ExpressionResult, _ right: ExpressionResult) throws(ExpressionRefusal) -> ExpressionResult {
        try compare(left, right)
        try compare(right, left)
        return try checked(combined(.integer, [left, right]))
    }

    /// SQLite makes `other` of the affinity that `one` has, if that is one of numbers, or of texts and the other has none.
    private func compare(_ one: ExpressionResult, _ other: ExpressionResult) throws(ExpressionRefusal) {
        guard !isLoose else { return }
        switch one.affinity {
        case .integer?, .real?, .numeric?:
            guard other.classes.contains(.text), !(other.literal.map(Self.staysExact) ?? false) else { return }
            throw ExpressionRefusal("compares a number with what may be a text: write CAST(… AS INTEGER), or compare with a number")
        case .text?:
            guard other.affinity == nil || other.affinity == .blob, other.classes.contains(.real) else { return }
            throw ExpressionRefusal("compares a text with what may be a real, whose digits are not the same in every SQLite: compare with a text")
        case .blob?, nil: return
        }
    }

    /// A text that is no number, or an integer of few digits.
    private static func staysExact(_ literal: Value) -> Bool {
        guard case .text(let bytes) = literal else { return true }
        let digits = bytes.first == 0x2D ? bytes.dropFirst() : bytes[...]
        let isShort = digits.count <= ExpressionLexer.digitsMax && digits.allSatisfy { (0x30...0x39).contains($0) }
        return isShort || Affinity.numeric.keeps(literal)
    }

    func membership(of left: ExpressionResult, in items: [ExpressionResult]) throws(ExpressionRefusal) -> ExpressionResult {
        for item in items {
            guard item.literal != nil || isLoose else { throw ExpressionRefusal("has an IN with more than literals in its list: write = and OR") }
            try compare(left, item)
        }
        return try checked(combined(.integer, [left]))
    }

    func glob(_ left: ExpressionResult, _ right: ExpressionResult) throws(ExpressionRefusal) -> ExpressionResult {
        try text(left)
        try pattern(right)
        guard !left.classes.contains(.blob) || isLoose else {
            throw ExpressionRefusal("holds GLOB against what may be a blob, which not every SQLite answers alike: write CAST(… AS TEXT) GLOB …")
        }
        return try checked(combined(.integer, [left]))
    }

    func cast(_ inner: ExpressionResult, to affinity: Affinity) throws(ExpressionRefusal) -> ExpressionResult {
        var out: ExpressionResult
        switch affinity {
        case .real:
            try number(inner)
            out = combined(.real, [inner])
        case .text:
            try text(inner)
            out = combined(.text, [inner])
            out.size = inner.size.union(.number)
        default: out = combined(.integer, [inner])
        }
        out.affinity = affinity
        return try checked(out)
    }

    func conditional(_ tests: [ExpressionResult], _ results: [ExpressionResult]) throws(ExpressionRefusal) -> ExpressionResult {
        let test = try truth(of: tests)
        var out = ExpressionResult.either(results)
        out.steps += test.steps
        return try checked(out)
    }

    /// What a column holds in which this is stored.
    func stored(_ result: ExpressionResult, as affinity: Affinity) throws(ExpressionRefusal) -> ExpressionResult {
        switch affinity {
        case .text: try text(result)
        case .integer, .real, .numeric:
            if result.classes.contains(.text), !isLoose, !(result.literal.map(Self.staysExact) ?? false) {
                throw ExpressionRefusal("may come to a text in a column of numbers, which not every SQLite reads alike: give the column the type TEXT, or write CAST(… AS INTEGER)")
            }
        case .blob: break
        }
        var out = ExpressionResult(column: affinity, size: result.size, steps: result.steps + 1)
        if affinity == .blob { out.classes = result.classes }
        return out
    }

    /// Numbers, or a short text, made of operands.
    func combined(_ classes: ExpressionResult.Classes, _ operands: [ExpressionResult]) -> ExpressionResult {
        ExpressionResult(classes, steps: operands.reduce(0) { $0 + $1.steps })
    }
}
