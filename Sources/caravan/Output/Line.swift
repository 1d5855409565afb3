import Phrases
import ReplicaModel

/// A line for a person's eyes, in the person's language. Whatever is put into it is escaped as it is put in, so no text
/// from elsewhere reaches a terminal as it came: nothing but a line is printed for people.
struct Line: ExpressibleByStringInterpolation {
    private(set) var text: String
    /// Characters of `text` that a terminal does not show.
    private(set) var styleCount = 0

    init(_ text: some StringProtocol) { self.text = text.escaped() }

    init(stringLiteral literal: String) {
        self.init(shown: literal)
        if let book = Speech.book { self = Self.line(literal, [], in: book) ?? self }
    }

    init(stringInterpolation pieces: Pieces) { self = pieces.said }

    /// A text of several lines.
    init(lines text: some StringProtocol) { self.text = text.escaped(keepingLines: true) }

    private init(shown text: String) { self.text = text }

    /// The line that stands in a phrasebook for a template, with the spaces at the template's ends; nil where none
    /// does.
    private static func line(_ template: String, _ arguments: [Line], in book: Phrasebook) -> Line? {
        let head = template.prefix { $0 == " " }
        let body = template[head.endIndex...]
        let tail = String(body.reversed().prefix { $0 == " " })
        guard let phrase = book.phrase(for: String(body.dropLast(tail.count))) else { return nil }
        let pieces = phrase.pieces(arguments.map(\.text)).map { piece in
            switch piece {
            case .text(let text): Line(shown: text)
            case .argument(let index): arguments[index]
            }
        }
        let own = phrase.hasOwnSpace
        return pieces.reduce(Line(shown: own.before ? "" : String(head)), +) + Line(shown: own.behind ? "" : tail)
    }

    /// The line as a terminal shows it with the style of that number (ECMA-48, SGR).
    func styled(_ code: Int) -> Line {
        var out = self
        let (begin, end) = ("\u{1B}[\(code)m", "\u{1B}[0m")
        out.text = begin + text + end
        out.styleCount += begin.count + end.count
        return out
    }

    static func + (left: Line, right: Line) -> Line {
        var out = left
        out += right
        return out
    }

    static func += (left: inout Line, right: Line) {
        left.text += right.text
        left.styleCount += right.styleCount
    }

    struct Pieces: StringInterpolationProtocol {
        private var line = Line(shown: "")
        private let book = Speech.book
        private var template = ""
        private var arguments: [Line] = []

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ literal: String) {
            line.text += literal
            if book != nil { template += literal }
        }

        mutating func appendInterpolation(_ other: Line) {
            line += other
            guard book != nil else { return }
            template += "{}"
            arguments.append(other)
        }

        /// Words of this program's own are lines, also where they stand between `?` and `:`.
        @_disfavoredOverload
        mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            appendInterpolation(Line(value.description))
        }

        fileprivate var said: Line { book.flatMap { Line.line(template, arguments, in: $0) } ?? line }
    }
}

extension Sequence where Element == Line {
    func joined(separator: Line) -> Line {
        var out = Line("")
        for (index, line) in enumerated() { out += index == 0 ? line : separator + line }
        return out
    }
}
