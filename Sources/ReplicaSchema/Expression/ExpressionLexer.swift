import ReplicaModel

/// Cuts the text of an expression into tokens, as every SQLite cuts it from the oldest that this software supports to
/// today's. What only some of them read, or read alike, is refused.
package struct ExpressionLexer {
    private let bytes: [UInt8]
    private var offset = 0

    package init(_ text: String) { bytes = Array(text.utf8) }

    /// The next token; `end` behind the last one.
    package mutating func next() throws(ExpressionRefusal) -> ExpressionToken {
        while let byte = peek, Self.isBlank(byte) { offset += 1 }
        guard let first = peek else { return .end }
        switch first {
        case 0x27: return .text(try quoted(closing: first))
        case 0x22, 0x60: return try name(closing: first)
        case 0x5B: return try name(closing: 0x5D)
        case 0x30...0x39: return try number()
        case 0x2E where peek(1).map(Self.isDigit) ?? false: return try number()
        case 0x58 where peek(1) == 0x27, 0x78 where peek(1) == 0x27: return try blob()
        case _ where Self.beginsWord(first): return try word()
        default: return .symbol(try symbol())
        }
    }

    private var peek: UInt8? { peek(0) }

    private func peek(_ ahead: Int) -> UInt8? { offset + ahead < bytes.count ? bytes[offset + ahead] : nil }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
    }

    private static func beginsWord(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F || byte >= 0x80
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isOfWord(_ byte: UInt8) -> Bool { beginsWord(byte) || isDigit(byte) || byte == 0x24 }

    private mutating func run(_ belongs: (UInt8) -> Bool) -> [UInt8] {
        let start = offset
        while let byte = peek, belongs(byte) { offset += 1 }
        return Array(bytes[start..<offset])
    }

    private mutating func word() throws(ExpressionRefusal) -> ExpressionToken {
        let word = run(Self.isOfWord)
        // SQLite takes a byte order mark for a blank, in some versions.
        guard !word.starts(with: [0xEF, 0xBB, 0xBF]) else {
            throw ExpressionRefusal("has a byte order mark in it: take it out")
        }
        return .word(Identifier(bytes: word))
    }

    private mutating func name(closing: UInt8) throws(ExpressionRefusal) -> ExpressionToken {
        .name(Identifier(bytes: try quoted(closing: closing)))
    }

    /// The bytes that stand in quotes: a doubled one stands for itself; a bracket has no such form.
    private mutating func quoted(closing: UInt8) throws(ExpressionRefusal) -> [UInt8] {
        offset += 1
        var out: [UInt8] = []
        while let byte = peek {
            offset += 1
            guard byte == closing else {
                out.append(byte)
                continue
            }
            guard closing != 0x5D, peek == closing else { return out }
            out.append(byte)
            offset += 1
        }
        throw ExpressionRefusal("is not one expression: a quote stays open")
    }

    private mutating func blob() throws(ExpressionRefusal) -> ExpressionToken {
        offset += 1
        let digits = try quoted(closing: 0x27).map { Character(UnicodeScalar($0)).hexDigitValue }
        var out: [UInt8] = []
        for place in stride(from: 0, to: digits.count - 1, by: 2) {
            guard let high = digits[place], let low = digits[place + 1] else { break }
            out.append(UInt8(high << 4 | low))
        }
        guard out.count * 2 == digits.count else {
            throw ExpressionRefusal("has a blob that is no pairs of hexadecimal digits")
        }
        return .blob(out)
    }

    private mutating func symbol() throws(ExpressionRefusal) -> ExpressionSymbol {
        let rest = bytes[offset...]
        for text in ["--", "/*"] where rest.starts(with: text.utf8) {
            throw ExpressionRefusal("has a comment in it: take it out")
        }
        if rest.starts(with: "->".utf8) {
            throw ExpressionRefusal(
                "uses ->, which SQLite has only since 3.38: keep what is compared in a column of its own")
        }
        guard let symbol = ExpressionSymbol.longestFirst.first(where: { rest.starts(with: $0.rawValue.utf8) }) else {
            throw ExpressionRefusal(
                """
                is not one expression: \(String(decoding: rest.prefix(1), as: UTF8.self).debugDescription) cannot \
                stand in it
                """
            )
        }
        offset += symbol.rawValue.utf8.count
        return symbol
    }
}

/// Numbers.
extension ExpressionLexer {
    /// Digits that every double holds exactly.
    static let digitsMax = 15
    /// The most decimals. With more of them behind the point, SQLite before 3.43 rounds some numbers twice, to another
    /// double than later ones.
    static let decimalsMax = 4

    private mutating func number() throws(ExpressionRefusal) -> ExpressionToken {
        if peek == 0x30, peek(1) == 0x78 || peek(1) == 0x58 { return try hexadecimal() }
        let whole = run(Self.isDigit)
        var decimals: [UInt8]?
        if peek == 0x2E {
            offset += 1
            decimals = run(Self.isDigit)
        }
        if let byte = peek, Self.isOfWord(byte) {
            throw ExpressionRefusal(
                """
                has a number with \(String(decoding: run(Self.isOfWord), as: UTF8.self)) behind its digits: write \
                plain digits
                """
            )
        }
        guard let decimals else { return .integer(try integer(whole)) }
        guard !(whole + decimals).isEmpty, whole.count + decimals.count <= Self.digitsMax,
            decimals.count <= Self.decimalsMax,
            let scaled = Int64(String(decoding: whole + decimals, as: UTF8.self))
        else {
            throw ExpressionRefusal(
                """
                has a decimal number of more than \(Self.digitsMax) digits, or of more than \(Self.decimalsMax) behind \
                the point, which not every SQLite rounds alike: write a shorter one
                """
            )
        }
        return .real(Double(scaled) / Self.powers[decimals.count])
    }

    private static let powers: [Double] = [1, 10, 100, 1_000, 10_000]

    private func integer(_ digits: [UInt8]) throws(ExpressionRefusal) -> Int64 {
        guard let integer = Int64(String(decoding: digits, as: UTF8.self)) else {
            throw ExpressionRefusal("has an integer of more than 64 bits: write a smaller one")
        }
        return integer
    }

    private mutating func hexadecimal() throws(ExpressionRefusal) -> ExpressionToken {
        offset += 2
        let digits = run(Self.isOfWord)
        guard (1...16).contains(digits.count), let bits = UInt64(String(decoding: digits, as: UTF8.self), radix: 16)
        else {
            throw ExpressionRefusal("has a hexadecimal number of other than 1 to 16 digits: write plain digits")
        }
        return .integer(Int64(bitPattern: bits))
    }
}
