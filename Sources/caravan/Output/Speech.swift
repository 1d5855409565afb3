import Phrases
import Synchronization

/// The language in which this command speaks to people. Programs are spoken to in English.
enum Speech {
    private static let current = Mutex<Phrasebook?>(nil)

    /// The phrases of the language; nil for English.
    static var book: Phrasebook? { current.withLock { $0 } }

    static func speak(_ language: Language) { current.withLock { $0 = Phrasebook(language) } }

    /// A sentence that comes as text, from the node, a peer or the log, as people are told it.
    static func said(_ sentence: String) -> String { book?.translation(of: sentence) ?? sentence }
}
