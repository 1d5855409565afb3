/// The messages of the product in one language other than English.
///
/// English is the language in which nodes speak among themselves: sentences come from peers, from triggers in the replica
/// and from the log, long after and far from where they were made. So a sentence is translated where it is shown. One
/// whose pieces are known is looked up by its template (``phrase(for:)``); one that comes as text is recognised by the
/// templates (``translation(of:)``), and what was put into it is recognised in turn. What no phrase fits stays English.
package struct Phrasebook: Sendable {
    /// The language of its phrases.
    package let language: Language
    private let phrases: [String: Phrase]
    /// The templates by which sentences are recognised, the longest first.
    private let templates: [Template]

    /// The book of a language; nil for English, which needs none.
    package init?(_ language: Language) {
        guard language != .english else { return nil }
        self.init(language, Entry.all)
    }

    init(_ language: Language, _ entries: [Entry]) {
        self.language = language
        var phrases: [String: Phrase] = [:]
        for entry in entries {
            phrases[entry.english] = Phrase(language == .russian ? entry.russian : entry.chinese, in: language)
        }
        self.phrases = phrases
        templates = phrases.keys.map(Template.init).filter(\.isTelling).sorted {
            ($0.letterCount, $0.text) > ($1.letterCount, $1.text)
        }
    }

    /// The phrase for a message; nil where there is none.
    ///
    /// - Parameter template: the message in English, without spaces at its ends, with `{}` for what is put into it.
    package func phrase(for template: String) -> Phrase? { phrases[template] }

    /// A sentence in this language, with the spaces at its ends; nil where no template fits.
    package func translation(of sentence: String) -> String? {
        let head = sentence.prefix { $0 == " " }
        let body = String(sentence.dropFirst(head.count))
        let tail = body.reversed().prefix { $0 == " " }
        return told(String(body.dropLast(tail.count))).map { head + $0 + String(tail) }
    }

    /// Sentences stand with a full stop and without one.
    private func told(_ sentence: String) -> String? {
        if let found = recognised(sentence) { return found }
        if sentence.hasSuffix(".") { return recognised(String(sentence.dropLast())).map { $0 + "." } }
        return recognised(sentence + ".").map { String($0.dropLast()) }
    }

    private func recognised(_ sentence: String) -> String? {
        // A single word may be a name, or what somebody entered.
        if sentence.contains(" "), let phrase = phrases[sentence] { return Self.joined(phrase, []) }
        let bytes = Array(sentence.utf8)
        for template in templates {
            guard let found = template.arguments(in: bytes), let phrase = phrases[template.text] else { continue }
            let told = found.arguments.map { translation(of: $0) ?? $0 }
            return (found.head.map { translation(of: $0) ?? $0 } ?? "") + Self.joined(phrase, told)
        }
        return behindName(sentence)
    }

    /// A sentence behind the name of what it is about, such as a file or a peer.
    private func behindName(_ sentence: String) -> String? {
        guard let colon = sentence.firstRange(of: ": "),
            let told = told(String(sentence[colon.upperBound...]))
        else { return nil }
        return sentence[..<colon.upperBound] + told
    }

    private static func joined(_ phrase: Phrase, _ arguments: [String]) -> String {
        phrase.pieces(arguments).reduce(into: "") { out, piece in
            switch piece {
            case .text(let text): out += text
            case .argument(let index): out += arguments[index]
            }
        }
    }
}
