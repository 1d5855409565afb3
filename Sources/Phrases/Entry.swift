/// A message in the languages that there are.
struct Entry {
    let english: String
    /// The message in English with the forms of the words that stand with numbers; nil where it is said as it stands.
    let counted: String?
    let russian: String
    let chinese: String

    /// All messages, room by room.
    static let all: [Entry] = texts.flatMap(read)

    /// The text of the message in a language; nil for English that stands as it is.
    func text(in language: Language) -> String? {
        switch language {
        case .english: counted
        case .russian: russian
        case .chinese: chinese
        }
    }

    /// Reads entries that stand as lines, with an empty one between: the template, and behind `ru:` and `zh:` what it
    /// says there. Behind `en:`, before those, stands the template of a message that counts things, with their forms.
    static func read(_ text: String) -> [Entry] {
        var out: [Entry] = []
        var lines = text.split(separator: "\n", omittingEmptySubsequences: true)[...]
        while let english = lines.popFirst() {
            let counted = lines.first?.hasPrefix("en: ") == true ? lines.popFirst() : nil
            guard let russian = lines.popFirst(), let chinese = lines.popFirst(), russian.hasPrefix("ru: "),
                chinese.hasPrefix("zh: ")
            else { preconditionFailure("an entry has a line for each language: \(english)") }
            out.append(
                Entry(
                    english: String(english), counted: counted.map { String($0.dropFirst(4)) },
                    russian: String(russian.dropFirst(4)), chinese: String(chinese.dropFirst(4))))
        }
        return out
    }
}
