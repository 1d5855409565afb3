/// The kind of thing that a number format shows (ECMA-376, 18.8.31): a number, or parts of a date.
///
/// A format is up to four sections between semicolons: for positive numbers, negative ones, zero and texts, unless a
/// section tells by a condition such as `[>100]` for which it is. What stands in quotes, in brackets or behind a
/// backslash, an underscore or an asterisk is shown as it is, or not at all.
struct NumberFormat {
    let kind: CellStyles.Kind

    init(_ code: String) {
        var scanner = Scanner(code)
        var section = scanner.section()
        // A section that shows nothing of some numbers, as of zero, says nothing of the others.
        while section.isBlank, !scanner.isAtEnd { section = scanner.section() }
        kind = section.kind
    }
}

/// Reads the sections of a format, one token after another.
private struct Scanner {
    struct Section {
        /// Years and days, weekdays and eras among them.
        var hasDay = false
        var hasMonthOrMinute = false
        var hasTime = false
        /// Hours, minutes or seconds that are counted on beyond a day, an hour or a minute.
        var isElapsed = false
        /// Digits, or the word that leaves all to the program.
        var hasNumber = false
        var hasCondition = false

        var isBlank: Bool {
            hasCondition && !hasDay && !hasMonthOrMinute && !hasTime && !isElapsed && !hasNumber
        }

        var kind: CellStyles.Kind {
            if hasNumber { return .number }
            if hasDay { return hasTime || isElapsed ? .moment : .day }
            if isElapsed { return .duration }
            return hasTime ? .time : hasMonthOrMinute ? .day : .number
        }
    }

    private var rest: ArraySlice<Unicode.Scalar>

    init(_ code: String) { rest = Array(code.unicodeScalars)[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func section() -> Section {
        var out = Section()
        while let scalar = rest.first {
            if Self.isLetter(scalar) {
                word(&out)
                continue
            }
            rest = rest.dropFirst()
            switch scalar {
            case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
            case "\\", "_", "*": rest = rest.dropFirst()
            case "[": bracket(&out)
            case ";": return out
            // Behind a time they are parts of a second.
            case "0", "#", "?": if !out.hasTime, !out.isElapsed { out.hasNumber = true }
            default: break
            }
        }
        return out
    }

    private mutating func bracket(_ out: inout Section) {
        let inside = text(rest.prefix { $0 != "]" })
        rest = rest.drop { $0 != "]" }.dropFirst()
        if let first = inside.first, ["h", "m", "s"].contains(first), inside.allSatisfy({ $0 == first }) {
            out.isElapsed = true
        }
        if let first = inside.first, "<>=".contains(first) { out.hasCondition = true }
    }

    /// Reads letters that follow each other: codes of a date, or a word such as `General`, which stands for the number.
    private mutating func word(_ out: inout Section) {
        if takes(["am/pm", "a/p"]) {
            out.hasTime = true
            return
        }
        // The codes of a time may touch the sign of the half of the day.
        var letters: [Unicode.Scalar] = []
        while let scalar = rest.first, Self.isLetter(scalar), !begins(with: "am/pm"), !begins(with: "a/p") {
            letters.append(scalar)
            rest = rest.dropFirst()
        }
        let word = text(letters[...])
        if word == "general" {
            out.hasNumber = true
        } else if word == "e", let next = rest.first, "+-".unicodeScalars.contains(next) {
            out.hasNumber = true
        } else if word.replacing("dth", with: "dh").allSatisfy({ "ymdhsegba".contains($0) }) {
            if word.contains(where: { "ydegb".contains($0) }) || word.contains("aaa") { out.hasDay = true }
            if word.contains("m") { out.hasMonthOrMinute = true }
            if word.contains(where: { "hs".contains($0) }) { out.hasTime = true }
        }
    }

    private mutating func takes(_ words: [String]) -> Bool {
        guard let found = words.first(where: begins) else { return false }
        rest = rest.dropFirst(found.unicodeScalars.count)
        return true
    }

    private func begins(with word: String) -> Bool { text(rest.prefix(word.unicodeScalars.count)) == word }

    private func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars)).lowercased()
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.isASCII && scalar.properties.isAlphabetic }
}
