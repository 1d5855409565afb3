import Phrases
import Synchronization

/// The language in which this command speaks to people. Programs are spoken to in English.
enum Speech {
    private static let current = Mutex<Phrasebook?>(nil)

    /// The phrases of the language; nil where programs are spoken to.
    static var book: Phrasebook? { current.withLock { $0 } }

    static func speak(_ language: Language) { current.withLock { $0 = Phrasebook(language) } }

    /// A word of the product's own, such as the kind of a finding, as people are told it.
    static func word(_ word: String) -> Line { Line(book?.phrase(for: word).map { $0.text } ?? word) }

    /// A sentence that comes as text, from the node, a peer or the log, as people are told it.
    static func said(_ sentence: String) -> String { book?.translation(of: sentence) ?? sentence }
}
