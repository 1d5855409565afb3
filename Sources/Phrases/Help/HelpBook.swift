/// The texts of help in one language other than English: each is looked up by what the command says in English.
package struct HelpBook: Sendable {
    private let phrases: [String: Phrase]

    /// The book of a language; nil for English, which needs none.
    package init?(_ language: Language) {
        guard language != .english else { return nil }
        let entries = [FirstHelp.text, MiddleHelp.text, LastHelp.text].flatMap(Entry.read)
        phrases = Dictionary(
            entries.compactMap { entry in entry.text(in: language).map { (entry.english, Phrase($0, in: language)) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// A paragraph, heading or description in this language; nil where there is none.
    ///
    /// - Parameters:
    ///   - english: without spaces at its ends, with `{}` for what is put into it.
    ///   - arguments: what is put in.
    package func text(for english: String, _ arguments: [String] = []) -> String? {
        phrases[english]?.pieces(arguments).reduce(into: "") { out, piece in
            switch piece {
            case .text(let text): out += text
            case .argument(let index): out += arguments[index]
            }
        }
    }

    /// Every text that there is, in English.
    package var english: [String] { phrases.keys.sorted() }
}
