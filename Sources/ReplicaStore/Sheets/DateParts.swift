/// The three parts of a date that a text names: numbers, and a month by its name. A text with anything else in it has
/// none, but for the weekday and the words and signs that usually stand beside a year or a day.
struct DateParts {
    struct Number {
        let value: Int
        let digits: Int
    }

    enum Item {
        case number(Number)
        case month(Int)
    }

    let items: (Item, Item, Item)
    /// The signs between each two of them, without blanks.
    let between: (String, String)

    private enum Token: Equatable {
        case number(Int, digits: Int)
        case word(String)
        case sign(Character)
    }

    /// - Parameter text: in small letters.
    init?(_ text: String) {
        var items: [Item] = []
        var signs = [""]
        var tokens = Self.tokens(Self.withoutMarks(text))[...]
        while let token = tokens.popFirst() {
            switch token {
            case .number(let value, let digits):
                items.append(.number(Number(value: value, digits: digits)))
                signs.append("")
                Self.dropBeside(digits, &tokens)
            case .word(let word):
                if DateWords.weekdays.contains(word) {
                    if let next = tokens.first, [.sign("."), .sign(",")].contains(next) { tokens.removeFirst() }
                } else if DateWords.beforeYear.contains(word), case .number(_, 4)? = tokens.first {
                    continue
                } else if let month = DateWords.month(word) {
                    items.append(.month(month))
                    signs.append("")
                } else {
                    return nil
                }
            case .sign(let sign): signs[signs.count - 1].append(sign)
            }
        }
        guard items.count == 3, signs[0].isEmpty else { return nil }
        if ["日", "号"].contains(signs[3]), signs[1] == "年", signs[2] == "月" {
            self.items = (items[0], items[1], items[2])
            between = ("", "")
            return
        }
        guard ["", ".", ","].contains(signs[3]) else { return nil }
        self.items = (items[0], items[1], items[2])
        between = (signs[1], signs[2])
    }

    /// Drops the word that belongs to a number, as `г.` to a year and `го` to a day, with the hyphen before it.
    private static func dropBeside(_ digits: Int, _ tokens: inout ArraySlice<Token>) {
        let known = digits == 4 ? DateWords.ofYear : digits <= 2 ? DateWords.ofDay : []
        let hyphens = tokens.first == .sign("-") ? 1 : 0
        guard case .word(let word)? = tokens.dropFirst(hyphens).first, known.contains(word) else { return }
        tokens = tokens.dropFirst(hyphens + 1)
        if digits == 4, tokens.first == .sign(".") { tokens.removeFirst() }
        // As in `12th of February`.
        if digits <= 2, tokens.first == .word("of") { tokens.removeFirst() }
    }

    /// The text without Chinese weekdays, and without the marks that people put around a day or a weekday.
    private static func withoutMarks(_ text: String) -> String {
        var out = text
        for weekday in DateWords.joinedWeekdays where out.contains(weekday) {
            out = out.replacing(weekday, with: " ")
        }
        return String(out.map { "«»“”„\"()".contains($0) ? " " : $0 })
    }

    private static func tokens(_ text: String) -> [Token] {
        var out: [Token] = []
        var rest = text[...]
        while let first = rest.first {
            if first.isASCII, first.isNumber {
                let digits = rest.prefix { $0.isASCII && $0.isNumber }
                rest = rest.dropFirst(digits.count)
                out.append(Int(digits).map { .number($0, digits: digits.count) } ?? .sign(first))
            } else if first.isLetter, !Self.joined.contains(first) {
                let word = rest.prefix { $0.isLetter && !Self.joined.contains($0) }
                rest = rest.dropFirst(word.count)
                out.append(.word(String(word)))
            } else {
                rest = rest.dropFirst()
                if first != " " { out.append(.sign(first)) }
            }
        }
        return out
    }

    /// Chinese writes them without a blank.
    private static let joined: Set<Character> = ["年", "月", "日", "号"]
}
