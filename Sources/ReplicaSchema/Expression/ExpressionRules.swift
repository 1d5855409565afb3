import ReplicaModel

/// The rules for what may stand together in an expression, and for what comes of it.
///
/// What is computed for rows must come to the same with every SQLite. Versions differ in the digits of a real that
/// becomes a text, and in the last bit of a text that becomes a real: so nothing is permitted that makes either of the
/// other.
struct ExpressionRules {
    /// The use of an expression.
    enum Use {
        /// A default: read once, where a row is entered.
        case entered
        /// Checks, generated columns and indexes: computed for every row, also one that a merge made, so nothing that
        /// can fail is permitted.
        case computed
    }

    let use: Use
    let scope: ExpressionScope

    /// A result of 8 values of 64 MiB is well below the 1,000,000,000 bytes that SQLite has room for.
    static let columnsMax = 8
    static let bytesMax = 1 << 20
    static let stepsMax = 500
    /// The most bytes of a text that is looked for: it is compared at every place of a long value.
    static let patternBytesMax = 256

    /// Whether the expression is entered: its value is stored then, once, and travels as it is.
    var isLoose: Bool { use == .entered }

    func isTruthValue(_ token: ExpressionToken) -> Bool {
        if case .word(let word) = token { !scope.has(word) } else { false }
    }

    func column(_ name: Identifier) throws(ExpressionRefusal) -> ExpressionResult {
        guard !isLoose else {
            throw ExpressionRefusal(
                "cannot be read: no such column: \(name.text.prefix(80)); a text stands in single quotes")
        }
        return try scope.column(name)
    }

    // MARK: Places

    /// The result with one step more, if it is not too much.
    func checked(_ result: ExpressionResult) throws(ExpressionRefusal) -> ExpressionResult {
        var out = result
        out.cost.steps += 1
        guard out.cost.steps <= Self.stepsMax else {
            throw ExpressionRefusal(
                """
                has more than \(Self.stepsMax) operators, calls and columns, those of the generated columns that it \
                reads among them: write a simpler one
                """
            )
        }
        guard isLoose || (out.size.columns <= Self.columnsMax && out.size.bytes <= Self.bytesMax) else {
            throw ExpressionRefusal(
                """
                may come to a value more than \(Self.columnsMax) times as long as a column's, which not every replica \
                has room for: write a shorter one
                """
            )
        }
        return out
    }

    func number(_ result: ExpressionResult) throws(ExpressionRefusal) {
        var isBytes = result.classes.contains(.text)
        if case .blob? = result.literal { isBytes = true }
        if isBytes, !isLoose {
            throw ExpressionRefusal(
                """
                takes a text for a number, which not every SQLite reads alike: write CAST(… AS INTEGER), or give the \
                column a type of numbers
                """
            )
        }
    }

    func text(_ result: ExpressionResult) throws(ExpressionRefusal) {
        guard result.classes.contains(.real), !isLoose else { return }
        throw ExpressionRefusal(
            """
            takes what may be a real for a text, whose digits are not the same in every SQLite: write CAST(… AS \
            INTEGER), or give the column the type TEXT
            """
        )
    }

    /// Checks what is looked for in a text.
    func pattern(_ result: ExpressionResult) throws(ExpressionRefusal) {
        guard !isLoose else { return }
        guard case .text(let bytes)? = result.literal, bytes.count <= Self.patternBytesMax else {
            throw ExpressionRefusal(
                """
                looks for what is no literal text of at most \(Self.patternBytesMax) bytes: write that text, in single \
                quotes
                """
            )
        }
    }

    /// A place in a text, or a length.
    func place(_ result: ExpressionResult) throws(ExpressionRefusal) {
        try number(result)
        guard !isLoose, !(result.bound.map { $0 <= Self.placeMax } ?? false) else { return }
        throw ExpressionRefusal(
            """
            takes a part of a text at what may be any number, and SQLites differ beyond 31 bits: write a number there, \
            or what length or instr gives
            """
        )
    }

    static let placeMax: Double = 2_147_483_647
    /// A bound above all that `length` and `instr` give.
    static let lengthMax: Double = 1_000_000_000

    /// Checks what is taken for true or false.
    func condition(_ result: ExpressionResult) throws(ExpressionRefusal) {
        guard result.classes.contains(.text), !isLoose else { return }
        throw ExpressionRefusal("takes a text for true or false: compare it, as in x <> ''")
    }

    // MARK: Operators

    /// Operands that are true or false, and what is.
    func truth(of operands: [ExpressionResult]) throws(ExpressionRefusal) -> ExpressionResult {
        for operand in operands { try condition(operand) }
        return try checked(combined(.integer, operands))
    }

    func presence(of operand: ExpressionResult) throws(ExpressionRefusal) -> ExpressionResult {
        try checked(combined(.integer, [operand]))
    }

    func signed(_ sign: ExpressionSymbol, _ operand: ExpressionResult) throws(ExpressionRefusal) -> ExpressionResult {
        try number(operand)
        if sign == .minus, let literal = operand.literal, let negated = Self.negated(literal) {
            return ExpressionResult(literal: negated)
        }
        // The least integer has no opposite, and comes to a real.
        var out = combined(sign == .inverted ? .integer : [.integer, .real], [operand])
        if sign != .inverted { out.bound = operand.bound }
        return try checked(out)
    }

    private static func negated(_ value: Value) -> Value? {
        switch value {
        case .integer(let integer) where integer != .min: .integer(-integer)
        case .real(let real): .real(real == 0 ? 0 : -real)
        default: nil
        }
    }

    func arithmetic(_ symbol: ExpressionSymbol, _ left: ExpressionResult, _ right: ExpressionResult)
        throws(ExpressionRefusal) -> ExpressionResult
    {
        try number(left)
        try number(right)
        switch symbol {
        case .and, .or, .shiftLeft, .shiftRight: return try checked(combined(.integer, [left, right]))
        default:
            var out = combined([.integer, .real], [left, right])
            if symbol == .plus || symbol == .minus, let one = left.bound, let other = right.bound {
                out.bound = one + other
            }
            return try checked(out)
        }
    }

    func concatenation(_ left: ExpressionResult, _ right: ExpressionResult) throws(ExpressionRefusal)
        -> ExpressionResult
    {
        try text(left)
        try text(right)
        var out = combined(.text, [left, right])
        out.size = left.size + right.size
        return try checked(out.made)
    }

    func comparison(_ left: ExpressionResult, _ right: ExpressionResult) throws(ExpressionRefusal) -> ExpressionResult {
        try compareBoth(left, right)
        return try checked(combined(.integer, [left, right]))
    }

    func range(_ left: ExpressionResult, _ low: ExpressionResult, _ high: ExpressionResult) throws(ExpressionRefusal)
        -> ExpressionResult
    {
        try compareBoth(left, low)
        try compareBoth(left, high)
        return try checked(combined(.integer, [left, low, high]))
    }

    /// Two sides that are compared.
    func compareBoth(_ left: ExpressionResult, _ right: ExpressionResult) throws(ExpressionRefusal) {
        try compare(left, right)
        try compare(right, left)
    }

    /// SQLite makes `other` of the affinity that `one` has, if that is one of numbers, or of texts and the other has
    /// none.
    private func compare(_ one: ExpressionResult, _ other: ExpressionResult) throws(ExpressionRefusal) {
        guard !isLoose else { return }
        switch one.affinity {
        case .integer?, .real?, .numeric?:
            guard other.classes.contains(.text), !(other.literal.map(Self.staysExact) ?? false) else { return }
            throw ExpressionRefusal(
                "compares a number with what may be a text: write CAST(… AS INTEGER), or compare with a number")
        case .text?:
            guard other.affinity == nil || other.affinity == .blob, other.classes.contains(.real) else { return }
            throw ExpressionRefusal(
                """
                compares a text with what may be a real, whose digits are not the same in every SQLite: compare with a \
                text
                """
            )
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

    func membership(of left: ExpressionResult, in items: [ExpressionResult]) throws(ExpressionRefusal)
        -> ExpressionResult
    {
        for item in items {
            guard item.literal != nil || isLoose else {
                throw ExpressionRefusal("has an IN with more than literals in its list: write = and OR")
            }
            try compare(left, item)
        }
        return try checked(combined(.integer, [left]))
    }

    func glob(_ left: ExpressionResult, _ right: ExpressionResult) throws(ExpressionRefusal) -> ExpressionResult {
        try text(left)
        try pattern(right)
        guard !left.classes.contains(.blob) || isLoose else {
            throw ExpressionRefusal(
                """
                holds GLOB against what may be a blob, which not every SQLite answers alike: write CAST(… AS TEXT) \
                GLOB …
                """
            )
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
        return try checked(affinity == .text ? out.made : out)
    }

    /// A CASE: each WHEN is true or false, or compared with the base.
    func conditional(base: ExpressionResult?, _ tests: [ExpressionResult], _ results: [ExpressionResult])
        throws(ExpressionRefusal) -> ExpressionResult
    {
        for test in tests {
            if let base { try compareBoth(base, test) } else { try condition(test) }
        }
        var out = ExpressionResult.either(results)
        for test in tests + [base].compactMap({ $0 }) { out.cost += test.cost }
        return try checked(out)
    }

    /// The result that a column gives in which `result` is stored.
    func stored(_ result: ExpressionResult, as affinity: Affinity) throws(ExpressionRefusal) -> ExpressionResult {
        switch affinity {
        case .text: try text(result)
        case .integer, .real, .numeric:
            if result.classes.contains(.text), !isLoose, !(result.literal.map(Self.staysExact) ?? false) {
                throw ExpressionRefusal(
                    """
                    may come to a text in a column of numbers, which not every SQLite reads alike: give the column the \
                    type TEXT, or write CAST(… AS INTEGER)
                    """
                )
            }
        case .blob: break
        }
        var out = ExpressionResult(column: affinity, size: result.size, cost: result.cost)
        out.cost.steps += 1
        if affinity == .blob { out.classes = result.classes }
        return out
    }

    /// Numbers, or a short text, made of operands.
    func combined(_ classes: ExpressionResult.Classes, _ operands: [ExpressionResult]) -> ExpressionResult {
        ExpressionResult(classes, cost: operands.reduce(into: ExpressionCost()) { $0 += $1.cost })
    }
}
