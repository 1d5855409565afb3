/// The words of an SQL text that stand outside strings, quoted identifiers and comments, in upper case, with punctuation as words of its
/// own. SQLite has parsed the text before, so it is well-formed.
enum SQLTokens {
    static func words(_ sql: String) -> [String] {
        var out: [String] = []
        var rest = Array(sql.utf8)[...]
        while let first = rest.first {
            if let end = quoteEnd(first) {
                rest = skipQuoted(rest.dropFirst(), end: end)
                out.append("\"")
            } else if rest.starts(with: "--".utf8) {
                rest = rest.drop { $0 != 10 }
            } else if rest.starts(with: "/*".utf8) {
                rest = skipComment(rest.dropFirst(2))
            } else if isWord(first) {
                let word = rest.prefix(while: isWord)
                out.append(String(decoding: word, as: UTF8.self).uppercased())
                rest = rest.dropFirst(word.count)
            } else {
                if first > 32 { out.append(String(UnicodeScalar(first))) }
                rest = rest.dropFirst()
            }
        }
        return out
    }

    private static func quoteEnd(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x22, 0x27, 0x60: byte
        case 0x5B: 0x5D
        default: nil
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F || byte == 0x24
            || byte >= 0x80
    }

    private static func skipQuoted(_ bytes: ArraySlice<UInt8>, end: UInt8) -> ArraySlice<UInt8> {
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == end else { continue }
            // A doubled quote stands for itself; a bracket has no such form.
            if end != 0x5D, rest.first == end { rest = rest.dropFirst() } else { break }
        }
        return rest
    }

    private static func skipComment(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = bytes
        while !rest.isEmpty, !rest.starts(with: "*/".utf8) { rest = rest.dropFirst() }
        return rest.dropFirst(2)
    }
}
