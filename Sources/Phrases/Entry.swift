/// A message in the languages that there are.
struct Entry {
    let english: String
    /// The message in English with the forms of the words that stand with numbers; nil where it is said as it stands.
    let counted: String?
    let russian: String
    let chinese: String

    /// All messages, room by room.
    static var all: [Entry] { texts.flatMap(read) }

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
        each(of: text) { english, counted, russian, chinese in
            out.append(
                Entry(
                    english: string(english), counted: counted.map(string), russian: string(russian),
                    chinese: string(chinese)))
        }
        return out
    }

    /// Reads what entries say in one language, without those that are said as they stand.
    static func read(_ text: String, in language: Language, _ body: (_ english: String, _ said: String) -> Void) {
        each(of: text) { english, counted, russian, chinese in
            let said: Line? =
                switch language {
                case .english: counted
                case .russian: russian
                case .chinese: chinese
                }
            if let said { body(string(english), string(said)) }
        }
    }

    private typealias Line = Substring.UTF8View

    private static func string(_ line: Line) -> String { String(Substring(line)) }

    /// Every command reads the book when it starts: bytes are ten times cheaper to divide than characters.
    private static func each(of text: String, _ body: (Line, Line?, Line, Line) -> Void) {
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"))[...]
        func said(_ tag: StaticString) -> Line? {
            guard let line = lines.first, line.starts(with: UnsafeBufferPointer(start: tag.utf8Start, count: 4)) else {
                return nil
            }
            lines.removeFirst()
            return line.dropFirst(4)
        }
        while let english = lines.popFirst() {
            let counted = said("en: ")
            guard let russian = said("ru: "), let chinese = said("zh: ") else {
                preconditionFailure("an entry has a line for each language: \(string(english))")
            }
            body(english, counted, russian, chinese)
        }
    }
}
