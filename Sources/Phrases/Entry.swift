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

    private typealias Line = Slice<UnsafeBufferPointer<UInt8>>

    private static func string(_ line: Line) -> String { String(decoding: line, as: UTF8.self) }

    /// Every command reads the book when it starts: bytes are far cheaper to divide than characters.
    private static func each(of text: String, _ body: (Line, Line?, Line, Line) -> Void) {
        var text = text
        text.withUTF8 { bytes in
            var lines = LineReader(bytes)
            while let english = lines.next() {
                let counted = lines.said("en: ")
                guard let russian = lines.said("ru: "), let chinese = lines.said("zh: ") else {
                    preconditionFailure("an entry has a line for each language: \(string(english))")
                }
                body(english, counted, russian, chinese)
            }
        }
    }

    /// The lines of a text that are not empty, one after the other.
    private struct LineReader {
        private let bytes: UnsafeBufferPointer<UInt8>
        private var start = 0

        init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

        mutating func next() -> Line? {
            while start < bytes.count, bytes[start] == UInt8(ascii: "\n") { start += 1 }
            guard start < bytes.count else { return nil }
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
            defer { start = end }
            return bytes[start..<end]
        }

        /// The next line without its tag; nil where it has another.
        mutating func said(_ tag: StaticString) -> Line? {
            let before = start
            let tag = UnsafeBufferPointer(start: tag.utf8Start, count: tag.utf8CodeUnitCount)
            guard let line = next(), line.starts(with: tag) else {
                start = before
                return nil
            }
            return line.dropFirst(tag.count)
        }
    }
}
