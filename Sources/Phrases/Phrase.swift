/// The words of a message in another language: text, and the places where that is put which the message is about.
///
/// A place is `{1}`, the first thing that is put into the message. `{1:строка|строки|строк}` is the form of a word that
/// stands with that number, and `{1?day:день|month:месяц}` the word for what is put in.
package struct Phrase: Sendable {
    enum Part: Sendable, Equatable {
        case text(String)
        case argument(Int)
        case forms(of: Int, [String])
        case words(of: Int, [String: String])
    }

    let language: Language
    let parts: [Part]

    init(_ text: some StringProtocol, in language: Language) {
        self.language = language
        var parts: [Part] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}"),
                let part = Self.place(rest[rest.index(after: open)..<close])
            else {
                parts.append(.text(String(rest[...open])))
                rest = rest[rest.index(after: open)...]
                continue
            }
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            parts.append(part)
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
    }

    /// The place that stands between braces; nil where that is none.
    private static func place(_ text: Substring) -> Part? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), number > 0 else { return nil }
        let rest = text.dropFirst(digits.count)
        if rest.isEmpty { return .argument(number - 1) }
        let choices = rest.dropFirst().split(separator: "|", omittingEmptySubsequences: false)
        if rest.first == ":" { return .forms(of: number - 1, choices.map(String.init)) }
        guard rest.first == "?" else { return nil }
        let pairs = choices.map { $0.split(separator: ":", maxSplits: 1).map(String.init) }.filter { $0.count == 2 }
        return .words(of: number - 1, Dictionary(pairs.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first }))
    }

    /// Whether it begins or ends with a sign of Chinese that has its space in itself, beside which no other stands.
    package var hasOwnSpace: (before: Bool, behind: Bool) {
        guard case .text(let head)? = parts.first, let first = head.first else { return (false, ends) }
        return ("，；：（".contains(first), ends)
    }

    private var ends: Bool {
        guard case .text(let tail)? = parts.last, let last = tail.last else { return false }
        return "，；：）".contains(last)
    }

    /// A piece of a message as it is to be shown.
    package enum Piece: Sendable, Equatable {
        case text(String)
        /// The place of the argument of that index.
        case argument(Int)
    }

    /// The message in pieces.
    ///
    /// - Parameter arguments: what is put in, as text; a word that is chosen by one is chosen by it in English.
    package func pieces(_ arguments: [String]) -> [Piece] {
        parts.compactMap { part in
            switch part {
            case .text(let text): .text(text)
            case .argument(let index): index < arguments.count ? .argument(index) : nil
            case .forms(let index, let forms):
                index < arguments.count ? .text(form(for: arguments[index], of: forms)) : nil
            case .words(let index, let words):
                index < arguments.count ? words[arguments[index]].map { .text($0) } ?? .argument(index) : nil
            }
        }
    }

    /// The message without what is put in.
    package var text: String {
        parts.reduce(into: "") { out, part in if case .text(let text) = part { out += text } }
    }

    /// Picks the form for a number, which may stand behind the name of what a sentence is about. Text that is no whole
    /// number has the form of many.
    private func form(for text: String, of forms: [String]) -> String {
        guard let last = forms.last else { return "" }
        let number = text.split(separator: " ").last.flatMap { Int($0) }
        let form = number.map { language.form(of: $0) } ?? forms.count - 1
        return form < forms.count ? forms[form] : last
    }
}
