/// The tokens of an SQL text, without comments and blanks. SQLite has parsed the text before, so it is well-formed.
package struct SQLTokens {
    package struct Token {
        /// A bare word in upper case, one character of punctuation, or `"` for anything quoted.
        package let word: String
        /// The bytes of the token in the text.
        package let range: Range<Int>
    }

    /// The text, with blanks where comments stood.
    package let bytes: [UInt8]
    package let tokens: [Token]

    package init(_ sql: String) {
        var bytes = Array(sql.utf8)
        var out: [Token] = []
        var offset = 0
        while offset < bytes.count {
            let start = offset
            let first = bytes[offset]
            if let end = Self.quoteEnd(first) {
                offset = Self.afterQuoted(bytes, from: offset + 1, end: end)
                out.append(Token(word: "\"", range: start..<offset))
            } else if bytes[offset...].starts(with: "--".utf8) {
                offset = bytes[offset...].firstIndex(of: 10) ?? bytes.count
                for place in start..<offset { bytes[place] = 32 }
            } else if bytes[offset...].starts(with: "/*".utf8) {
                offset = Self.afterComment(bytes, from: offset + 2)
                for place in start..<offset { bytes[place] = 32 }
            } else if Self.isWord(first) {
                offset = bytes[offset...].firstIndex { !Self.isWord($0) } ?? bytes.count
                out.append(
                    Token(
                        word: String(decoding: bytes[start..<offset], as: UTF8.self).asciiUppercased,
                        range: start..<offset))
            } else {
                offset += 1
                if first > 32 { out.append(Token(word: String(UnicodeScalar(first)), range: start..<offset)) }
            }
        }
        tokens = out
        self.bytes = bytes
    }

    /// The text with blanks for its comments, and none around it: a definition has no comments.
    static func withoutComments(_ sql: String) -> String {
        let tokens = SQLTokens(sql)
        return tokens.text(from: 0, to: tokens.bytes.count)
    }

    /// The tokens as SQLite reads them: words in capitals, and names without the quotes around them.
    package static func spelling(_ sql: String) -> [String] {
        let read = SQLTokens(sql)
        return read.tokens.map { token in
            let bytes = read.bytes[token.range]
            guard token.word == "\"" else { return token.word }
            let isText = bytes.first == UInt8(ascii: "'")
            let inner = TableText.unquoted(String(decoding: bytes, as: UTF8.self))
            return isText ? "'" + inner.text : inner.text.asciiUppercased
        }
    }

    package static func words(_ sql: String) -> [String] { SQLTokens(sql).tokens.map(\.word) }

    /// The text between two tokens, neither included.
    package func text(after first: Int, before last: Int) -> String {
        text(
            from: tokens[first].range.upperBound, to: last < tokens.count ? tokens[last].range.lowerBound : bytes.count)
    }

    /// The text of some tokens, with what stands between them.
    package func text(of range: Range<Int>) -> String {
        guard let first = range.first, let last = range.last else { return "" }
        return text(from: tokens[first].range.lowerBound, to: tokens[last].range.upperBound)
    }

    private func text(from start: Int, to end: Int) -> String {
        var slice = bytes[start..<end]
        while let byte = slice.first, byte <= 32 { slice.removeFirst() }
        while let byte = slice.last, byte <= 32 { slice.removeLast() }
        return String(decoding: slice, as: UTF8.self)
    }

    /// The index of the parenthesis that closes the one at `open`.
    func closing(_ open: Int) -> Int? {
        var depth = 0
        for index in open..<tokens.count {
            if tokens[index].word == "(" { depth += 1 }
            if tokens[index].word == ")" { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }

    /// The ranges of tokens that commas separate, within `range` and outside of inner parentheses.
    package func split(_ range: Range<Int>) -> [Range<Int>] {
        var out: [Range<Int>] = []
        var start = range.lowerBound
        var depth = 0
        for index in range {
            switch tokens[index].word {
            case "(": depth += 1
            case ")": depth -= 1
            case "," where depth == 0:
                out.append(start..<index)
                start = index + 1
            default: break
            }
        }
        return out + [start..<range.upperBound]
    }

    /// Whether tokens are one name, a call, or something in parentheses: a COLLATE behind them is of the whole, and of
    /// no part.
    func isPrimary(_ range: Range<Int>) -> Bool {
        guard range.count > 1 else { return true }
        let open = tokens[range.lowerBound].word == "(" ? range.lowerBound : range.lowerBound + 1
        return tokens[open].word == "(" && closing(open) == range.upperBound - 1
    }

    /// The tokens without parentheses around them all, which mean nothing.
    func unwrapped(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while range.count > 2, tokens[range.lowerBound].word == "(", closing(range.lowerBound) == range.upperBound - 1 {
            range = range.lowerBound + 1..<range.upperBound - 1
        }
        return range
    }

    private static func quoteEnd(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x22, 0x27, 0x60: byte
        case 0x5B: 0x5D
        default: nil
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
            || byte == 0x24
            || byte >= 0x80
    }

    private static func afterQuoted(_ bytes: [UInt8], from start: Int, end: UInt8) -> Int {
        var offset = start
        while offset < bytes.count {
            guard bytes[offset] == end else {
                offset += 1
                continue
            }
            // A doubled quote stands for itself; a bracket has no such form.
            guard end != 0x5D, offset + 1 < bytes.count, bytes[offset + 1] == end else { return offset + 1 }
            offset += 2
        }
        return offset
    }

    private static func afterComment(_ bytes: [UInt8], from start: Int) -> Int {
        var offset = start
        while offset < bytes.count, !bytes[offset...].starts(with: "*/".utf8) { offset += 1 }
        return min(offset + 2, bytes.count)
    }
}
