import ReplicaModel

/// The text that a field held when its form was made: the text itself, or of a long one its hash, for the form would
/// otherwise carry it twice.
struct FormerText: Sendable {
    private enum Content {
        case whole(String)
        case hash(String)
    }

    private let content: Content

    /// Bytes up to which a form carries the text itself.
    static let wholeMax = 256

    init(_ text: String) {
        content = text.utf8.count <= Self.wholeMax ? .whole(text) : .hash(Secret.hash(text))
    }

    private init(hash: String) { content = .hash(hash) }

    /// Whether a text is this one, byte for byte.
    func isExactly(_ text: String) -> Bool {
        switch content {
        case .whole(let own): own.isExactly(text)
        case .hash(let own): own == Secret.hash(text)
        }
    }

    /// The name of the field by which a form carries it, and its value.
    func field(of column: Identifier) -> (name: String, value: String) {
        switch content {
        case .whole(let text): (Self.whole + column.text, text)
        case .hash(let hash): (Self.hash + column.text, hash)
        }
    }

    private static let whole = "was."
    private static let hash = "had."

    /// The texts that a form says its fields held, by column.
    static func all(of form: Form) -> [Identifier: FormerText] {
        var out: [Identifier: FormerText] = [:]
        for (name, hash) in form.values(behind: hash) { out[Identifier(name)] = FormerText(hash: hash) }
        for (name, text) in form.values(behind: whole) { out[Identifier(name)] = FormerText(FieldFacts.normal(text)) }
        return out
    }
}
