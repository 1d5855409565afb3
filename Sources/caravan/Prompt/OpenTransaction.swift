import SyncNode

/// The question whether statements leave a transaction open. Those of a prompt that do are run together with what ends
/// it: one by one, each would be kept by itself, and ROLLBACK took nothing back.
enum OpenTransaction {
    /// - Parameter text: whole statements.
    static func isLeft(by text: String) -> Bool {
        var isBegun = false
        var savepoints: [String] = []
        for statement in statements(of: text) {
            let words = firstWords(of: statement)
            switch (words.first, words.dropFirst().contains("TO")) {
            case ("BEGIN", _): isBegun = true
            case ("COMMIT", _), ("END", _), ("ROLLBACK", false): (isBegun, savepoints) = (false, [])
            case ("SAVEPOINT", _): savepoints.append(words.dropFirst().first ?? "")
            case ("RELEASE", _):
                if let last = savepoints.lastIndex(of: words.last ?? "") { savepoints.removeSubrange(last...) }
            default: break
            }
        }
        return isBegun || !savepoints.isEmpty
    }

    /// The single statements: a semicolon in a text, a comment or a trigger ends none.
    private static func statements(of text: String) -> [Substring] {
        var (out, begin): ([Substring], String.Index) = ([], text.startIndex)
        for place in text.indices where text[place] == ";" {
            let end = text.index(after: place)
            guard SQLText.isWhole(String(text[begin..<end])) else { continue }
            out.append(text[begin..<end])
            begin = end
        }
        return out
    }

    /// The first words, in capitals, without comments.
    private static func firstWords(of statement: Substring) -> [String] {
        var (rest, words): (Substring, [String]) = (statement, [])
        while words.count < wordsMax, let first = rest.first {
            if rest.hasPrefix("--") {
                rest = rest.drop { !$0.isNewline }
            } else if rest.hasPrefix("/*") {
                rest = rest.firstRange(of: "*/").map { rest[$0.upperBound...] } ?? ""
            } else if first.isLetter || first.isNumber || first == "_" {
                let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                words.append(word.uppercased())
                rest = rest.dropFirst(word.count)
            } else {
                rest = rest.dropFirst()
            }
        }
        return words
    }

    /// ROLLBACK TRANSACTION TO SAVEPOINT x is the longest that matters.
    private static let wordsMax = 5
}
