import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// A literal of SQL that a person gives for a value: NULL, TRUE, FALSE, a number with or without a sign, a text in
/// single quotes, or a blob. What asks SQLite to compute something is none, so nothing else can be run or read by it.
enum SQLLiteral {
    /// - Throws: `wrongSQL`, with what to write instead.
    static func value(of literal: String) throws(StoreError) -> Value {
        let bytes = literal.utf8.trimmingBlanks
        if let first = bytes.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
            if let number = number(bytes.dropFirst().trimmingBlanks, isNegative: first == UInt8(ascii: "-")) {
                return try finite(number, literal)
            }
        } else if let number = number(bytes, isNegative: false) {
            return try finite(number, literal)
        } else if let value = other(literal) {
            return value
        }
        throw .wrongSQL(
            """
            “\(shown(literal))” is no SQL literal: write a number, NULL, X'00FF', or a text in single quotes such as \
            'Dushanbe'
            """
        )
    }

    private static func finite(_ value: Value, _ literal: String) throws(StoreError) -> Value {
        if case .real(let real) = value, !real.isFinite {
            throw .wrongSQL(
                "\(shown(literal)) is beyond what a number can be: write one of up to 1.7e308, or a text in single quotes"
            )
        }
        return value
    }

    /// The beginning of a literal, as much as is read at a glance.
    private static func shown(_ literal: String) -> String { literal.count > 60 ? literal.prefix(60) + "…" : literal }

    private static func other(_ literal: String) -> Value? {
        var lexer = ExpressionLexer(literal)
        do throws(ExpressionRefusal) {
            let token = try lexer.next()
            guard try lexer.next() == .end else { return nil }
            switch token {
            case .text(let bytes): return .text(bytes)
            case .blob(let bytes): return .blob(bytes)
            case .word(let word): return constants[word.text.asciiUppercased]
            default: return nil
            }
        } catch { return nil }
    }

    private static let constants: [String: Value] = ["NULL": .null, "TRUE": .integer(1), "FALSE": .integer(0)]

    /// Digits without a sign. As in SQL, an integer of more than 64 bits is a real.
    private static func number(_ bytes: some Collection<UInt8>, isNegative: Bool) -> Value? {
        let text = String(decoding: bytes, as: UTF8.self)
        let sign = isNegative ? "-" : ""
        if text.hasPrefix("0x") || text.hasPrefix("0X") {
            guard let bits = UInt64(digits: text.utf8.dropFirst(2)) else { return nil }
            let integer = Int64(bitPattern: bits)
            return isNegative && integer == .min ? nil : .integer(isNegative ? -integer : integer)
        }
        guard isDecimal(text.utf8) else { return nil }
        return Int64(sign + text).map { .integer($0) } ?? Double(sign + text).map { .real($0 + 0) }
    }

    /// `5`, `5.`, `.5`, `0.5`, `5e3`, `5.0E-3`.
    private static func isDecimal(_ bytes: some Collection<UInt8>) -> Bool {
        let digits: ClosedRange<UInt8> = 0x30...0x39
        let parts = bytes.split(maxSplits: 1, omittingEmptySubsequences: false) {
            $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E")
        }
        let mantissa = parts[0].split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard mantissa.allSatisfy({ $0.allSatisfy(digits.contains) }), mantissa.contains(where: { !$0.isEmpty }) else {
            return false
        }
        guard parts.count == 2 else { return true }
        let exponent =
            parts[1].first == UInt8(ascii: "+") || parts[1].first == UInt8(ascii: "-")
            ? parts[1].dropFirst() : parts[1][...]
        return !exponent.isEmpty && exponent.allSatisfy(digits.contains)
    }
}

extension UInt64 {
    /// Reads hexadecimal digits alone, at least one, and at most 16 that are not leading zeros; nil for anything else.
    fileprivate init?(digits: some Collection<UInt8>) {
        // A sign is none, though the standard library reads one.
        guard let first = digits.first, first >= 0x30,
            let value = UInt64(String(decoding: digits, as: UTF8.self), radix: 16)
        else { return nil }
        self = value
    }
}

extension Collection<UInt8> {
    /// The bytes without the blanks of SQL at either end.
    fileprivate var trimmingBlanks: [UInt8] {
        let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0C, 0x0D]
        return Array(drop(while: blanks.contains).reversed().drop(while: blanks.contains).reversed())
    }
}
