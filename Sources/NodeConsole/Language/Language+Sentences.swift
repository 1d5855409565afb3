import Phrases

extension Language {
    private static let books = Dictionary(
        uniqueKeysWithValues: allCases.compactMap { language in
            Phrases.Language(locale: language.rawValue).map { (language, Phrasebook($0)) }
        })

    /// A sentence that the node, a peer or the log says in English, in this language, as far as it is known.
    func said(_ sentence: String) -> String { Self.books[self]?.translation(of: sentence) ?? sentence }
}
