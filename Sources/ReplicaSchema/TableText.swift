import ReplicaModel

/// The parts of a CREATE TABLE of which no pragma tells, cut from its text: checks, what columns are generated from,
/// and which references are deferred.
package struct TableText {
    private let tokens: SQLTokens
    /// The tokens that stand between the commas of the table's parentheses.
    private let items: [Range<Int>]

    package init(_ sql: String) {
        tokens = SQLTokens(sql)
        guard let open = tokens.tokens.firstIndex(where: { $0.word == "(" }), let close = tokens.closing(open) else {
            items = []
            return
        }
        items = tokens.split(open + 1..<close)
    }

    private static let constraintWords: Set = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"]

    private func word(_ index: Int) -> String { index < tokens.tokens.count ? tokens.tokens[index].word : "" }

    /// The tokens of an item that stand outside of its parentheses.
    private func outer(_ item: Range<Int>) -> [Int] {
        var depth = 0
        return item.filter { index in
            if word(index) == ")" { depth -= 1 }
            defer { if word(index) == "(" { depth += 1 } }
            return depth == 0
        }
    }

    package var words: [String] { tokens.tokens.map(\.word) }

    package var checks: [CheckDefinition] { items.flatMap(checks) }

    /// The checks of the table itself, and those that stand with columns of which `isWanted` is true.
    package func checks(where isWanted: (Identifier) -> Bool) -> [CheckDefinition] {
        items.filter { item in columnName(item).map(isWanted) ?? true }.flatMap(checks)
    }

    private func checks(_ item: Range<Int>) -> [CheckDefinition] {
        outer(item).filter { word($0) == "CHECK" && word($0 + 1) == "(" }.compactMap { index in
            guard let close = tokens.closing(index + 1) else { return nil }
            let isNamed = index >= item.lowerBound + 2 && word(index - 2) == "CONSTRAINT"
            return CheckDefinition(
                name: isNamed ? Self.unquoted(tokens.text(of: index - 1..<index)) : nil,
                expression: tokens.text(after: index + 1, before: close))
        }
    }

    /// The name of the column that an item declares; nil for a constraint of the table.
    private func columnName(_ item: Range<Int>) -> Identifier? {
        guard let first = item.first, !Self.constraintWords.contains(word(first)) else { return nil }
        return Self.unquoted(tokens.text(of: first..<first + 1))
    }

    /// The declaration of a column as it was written; nil where there is none of that name.
    package func declaration(of name: Identifier) -> String? {
        items.first { columnName($0)?.isSame(as: name) == true }.map { tokens.text(of: $0) }
    }

    /// The columns in their order, each with all that stands between the commas around it: every blank counts, and
    /// comments count as blanks.
    package var pieces: [(name: Identifier, text: String)] {
        items.compactMap { item in
            guard let name = columnName(item), item.lowerBound > 0, item.upperBound < tokens.tokens.count else {
                return nil
            }
            let bytes = tokens.bytes[
                tokens.tokens[item.lowerBound - 1].range.upperBound..<tokens.tokens[item.upperBound].range.lowerBound]
            return (name, String(decoding: bytes, as: UTF8.self))
        }
    }

    /// The expressions of the columns, in their order; nil for those that are not generated.
    package var generated: [String?] {
        items.filter { !Self.constraintWords.contains(word($0.lowerBound)) }.map { item in
            guard let index = outer(item).first(where: { word($0) == "AS" && word($0 + 1) == "(" }),
                let close = tokens.closing(index + 1)
            else { return nil }
            return tokens.text(after: index + 1, before: close)
        }
    }

    /// Whether each REFERENCES is INITIALLY DEFERRED, in their order.
    package var deferred: [Bool] {
        let places = words.indices.filter { word($0) == "REFERENCES" }
        return places.enumerated().map { number, place in
            let end = number + 1 < places.count ? places[number + 1] : words.count
            return (place..<end).contains { word($0) == "INITIALLY" && word($0 + 1) == "DEFERRED" }
        }
    }

    /// A name as SQLite reads it.
    package static func unquoted(_ text: String) -> Identifier {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, "\"'`[".utf8.contains(first), bytes.count >= 2 else { return Identifier(text) }
        var out: [UInt8] = []
        var isDoubled = false
        for byte in bytes.dropFirst().dropLast() {
            isDoubled = byte == first && first != UInt8(ascii: "[") && !isDoubled
            if !isDoubled { out.append(byte) }
        }
        return Identifier(bytes: out)
    }
}

/// The parts of a CREATE INDEX of which no pragma tells: its expressions, and its condition.
struct IndexText {
    /// The text of each part, without collation and order.
    let terms: [String]
    let condition: String?

    init(_ sql: String) {
        let tokens = SQLTokens(sql)
        // ON is a reserved word, so a bare one comes before the table's name.
        guard let on = tokens.tokens.firstIndex(where: { $0.word == "ON" }),
            let open = tokens.tokens[on...].firstIndex(where: { $0.word == "(" }), let close = tokens.closing(open)
        else {
            (terms, condition) = ([], nil)
            return
        }
        terms = tokens.split(open + 1..<close).map { part in
            var part = part
            if let last = part.last, ["ASC", "DESC"].contains(tokens.tokens[last].word) { part.removeLast() }
            if part.count > 2, tokens.tokens[part.upperBound - 2].word == "COLLATE", tokens.isPrimary(part.dropLast(2))
            {
                part = part.dropLast(2)
            }
            return tokens.text(of: tokens.unwrapped(part))
        }
        let isPartial = close + 1 < tokens.tokens.count && tokens.tokens[close + 1].word == "WHERE"
        condition = isPartial ? tokens.text(of: tokens.unwrapped(close + 2..<tokens.tokens.count)) : nil
    }
}
