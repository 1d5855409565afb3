/// The messages of the product in one language.
///
/// English is the language in which nodes speak among themselves: sentences come from peers, from triggers in the
/// replica and from the log, long after and far from where they were made. So a sentence is translated where it is
/// shown. One whose pieces are known is looked up by its template (``phrase(for:)``); one that comes as text is
/// recognised by the templates (``translation(of:)``), and what was put into it is recognised in turn. What no phrase
/// fits stays English. The book of English has only the messages that count things, in which one is not said as several
/// are.
package struct Phrasebook: Sendable {
    /// The language of its phrases.
    package let language: Language
    private let phrases: [String: Phrase]
    /// The templates by which sentences are recognised, the longest first, and of those the one with fewer places.
    private let templates: [Template]

    /// The book of a language.
    package init(_ language: Language) {
        var phrases: [String: Phrase] = [:]
        for text in Entry.texts {
            Entry.read(text, in: language) { phrases[$0] = Phrase($1, in: language) }
        }
        self.init(language, phrases)
    }

    init(_ language: Language, _ entries: [Entry]) {
        var phrases: [String: Phrase] = [:]
        for entry in entries {
            phrases[entry.english] = entry.text(in: language).map { Phrase($0, in: language) }
        }
        self.init(language, phrases)
    }

    private init(_ language: Language, _ phrases: [String: Phrase]) {
        self.language = language
        self.phrases = phrases
        templates = phrases.keys.map(Template.init).filter(\.isUsable).sorted {
            ($0.letterCount, $0.byteCount, $1.placeCount, $0.text)
                > ($1.letterCount, $1.byteCount, $0.placeCount, $1.text)
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
        return told(String(body.dropLast(tail.count))).map { told in
            let isSpaced = language != .chinese || told.first.map { !"，；：（".contains($0) } ?? true
            return (isSpaced ? head : "") + told + String(tail)
        }
    }

    /// Sentences stand with a full stop and without one.
    private func told(_ sentence: String) -> String? {
        if let found = recognised(sentence) { return found }
        if sentence.hasSuffix(".") {
            if let found = recognised(String(sentence.dropLast())) {
                return Self.isEnded(found) ? found : found + (language == .chinese ? "。" : ".")
            }
        } else if let found = recognised(sentence + ".") {
            return Self.isEnded(found) ? String(found.dropLast()) : found
        }
        return behindName(sentence)
    }

    private static func isEnded(_ sentence: String) -> Bool { sentence.last.map { ".。".contains($0) } ?? false }

    private func recognised(_ sentence: String) -> String? {
        // A single word may be a name, or what somebody entered.
        if sentence.contains(" "), let phrase = phrases[sentence] { return joined(phrase, []) }
        let bytes = Array(sentence.utf8)
        for template in templates {
            guard let found = template.arguments(in: bytes), let phrase = phrases[template.text] else { continue }
            let head = found.head.map { translation(of: $0) ?? $0 } ?? ""
            let isSpaced = !phrase.hasOwnSpace.before
            return head.prefix(isSpaced ? head.count : head.count - head.reversed().prefix { $0 == " " }.count)
                + joined(phrase, found.arguments)
        }
        return nil
    }

    /// A sentence behind the name of what it is about, such as a file or a peer.
    private func behindName(_ sentence: String) -> String? {
        guard let colon = sentence.firstRange(of: ": "),
            let told = told(String(sentence[colon.upperBound...]))
        else { return nil }
        let name = sentence[..<colon.lowerBound]
        return (recognised(String(name)) ?? String(name)) + (language == .chinese ? "：" : ": ") + told
    }

    /// The phrase with what was put into it, which is recognised only where it is shown: words are chosen by it as it
    /// came.
    private func joined(_ phrase: Phrase, _ arguments: [String]) -> String {
        phrase.pieces(arguments).reduce(into: "") { out, piece in
            switch piece {
            case .text(let text): out += text
            case .argument(let index): out += translation(of: arguments[index]) ?? arguments[index]
            }
        }
    }
}
