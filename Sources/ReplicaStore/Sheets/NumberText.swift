/// Numbers as people and spreadsheet programs write them: with a point or a comma, with groups of three digits, in
/// full-width digits.
enum NumberText: Equatable {
    case integer(Int64)
    /// - hasExponent: `1.5E+3`, as programs show numbers that are too long for a cell.
    case real(Double, hasExponent: Bool)
    /// Digits of more than 64 bits.
    case tooLarge
    /// Two numbers may be meant, and what the sentence says of it.
    case ambiguous(String)

    /// - Parameter hasDecimalCommas: a comma can stand before decimals only.
    /// - Returns: nil for what is no number.
    static func read(_ bytes: [UInt8], hasDecimalCommas: Bool) -> NumberText? {
        guard let first = bytes.first, first >= 0x80 || first < 0x3A else { return nil }
        var rest = PlainText.narrow(bytes)[...]
        var sign = ""
        if rest.first == plus || rest.first == minus {
            if rest.first == minus { sign = "-" }
            rest = rest.dropFirst().drop { $0 == blank }
        }
        guard let mantissaEnd = rest.firstIndex(where: { !isDigit($0) && ![blank, comma, point].contains($0) })
        else { return number(sign, rest, exponent: "", hasDecimalCommas) }
        guard rest[mantissaEnd] | 0x20 == 0x65 else { return nil }
        var exponent = rest[(mantissaEnd + 1)...]
        if exponent.first == plus || exponent.first == minus { exponent = exponent.dropFirst() }
        guard !exponent.isEmpty, exponent.allSatisfy(isDigit) else { return nil }
        let text = String(decoding: rest[(mantissaEnd + 1)...], as: UTF8.self)
        return number(sign, rest[..<mantissaEnd], exponent: "e" + text, hasDecimalCommas)
    }

    private static let (plus, minus, blank): (UInt8, UInt8, UInt8) = (0x2B, 0x2D, 0x20)
    private static let (comma, point): (UInt8, UInt8) = (0x2C, 0x2E)

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    private static func number(
        _ sign: String, _ mantissa: ArraySlice<UInt8>, exponent: String, _ hasDecimalCommas: Bool
    ) -> NumberText? {
        let commas = mantissa.count { $0 == comma }
        let points = mantissa.count { $0 == point }
        var decimalMark: UInt8?
        if commas == 1, points == 0 {
            let parts = mantissa.split(separator: comma, maxSplits: 1, omittingEmptySubsequences: false)
            if !hasDecimalCommas, parts[1].count == 3, isGroupHead(parts[0]) {
                let (head, tail) = (text(parts[0]), text(parts[1]))
                return .ambiguous("it may be \(head)\(tail) or \(head).\(tail): write it without the comma")
            }
            decimalMark = comma
        } else if points == 1 {
            let isLast = mantissa.lastIndex(of: comma).map { $0 < mantissa.firstIndex(of: point) ?? 0 } ?? true
            decimalMark = isLast ? point : commas == 1 ? comma : nil
        } else if commas == 1 {
            decimalMark = comma
        }
        let parts = decimalMark.map { mantissa.split(separator: $0, maxSplits: 1, omittingEmptySubsequences: false) }
        let whole = ungrouped(parts?[0] ?? mantissa)
        let decimals = parts?[1] ?? []
        guard let whole, decimals.allSatisfy(isDigit), !(whole.isEmpty && decimals.isEmpty) else { return nil }
        return value(sign + String(decoding: whole, as: UTF8.self), decimals, exponent, hasMark: decimalMark != nil)
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    /// A number of one to three digits that does not begin with 0.
    private static func isGroupHead(_ digits: ArraySlice<UInt8>) -> Bool {
        (1...3).contains(digits.count) && digits.allSatisfy(isDigit) && digits.first != 0x30
    }

    /// Digits without what divides groups of three; nil where something else divides them.
    private static func ungrouped(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        if text.allSatisfy(isDigit) { return Array(text) }
        guard let mark = text.first(where: { !isDigit($0) }) else { return nil }
        let groups = text.split(separator: mark, omittingEmptySubsequences: false)
        guard isGroupHead(groups[0]), groups.dropFirst().allSatisfy({ $0.count == 3 && $0.allSatisfy(isDigit) }) else {
            return nil
        }
        return groups.flatMap { $0 }
    }

    private static func value(
        _ whole: String, _ decimals: ArraySlice<UInt8>, _ exponent: String, hasMark: Bool
    ) -> NumberText? {
        if !hasMark, exponent.isEmpty { return Int64(whole).map { .integer($0) } ?? .tooLarge }
        let head = whole.isEmpty || whole == "-" ? whole + "0" : whole
        let tail = decimals.isEmpty ? "0" : String(decoding: decimals, as: UTF8.self)
        return Double("\(head).\(tail)\(exponent)").map { .real($0 + 0, hasExponent: !exponent.isEmpty) }
    }
}
