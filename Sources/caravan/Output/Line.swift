import ReplicaModel

/// A line for a person's eyes. Whatever is put into it is escaped as it is put in, so no text from elsewhere reaches a
/// terminal as it came: nothing but a line is printed for people.
struct Line: ExpressibleByStringInterpolation {
    private(set) var text: String
    /// Characters of `text` that a terminal does not show.
    private(set) var styleCount = 0

    init(_ text: some StringProtocol) { self.text = text.escaped() }

    init(stringLiteral literal: String) { text = literal }

    init(stringInterpolation pieces: Pieces) { self = pieces.line }

    /// A text of several lines.
    init(lines text: some StringProtocol) { self.text = text.escaped(keepingLines: true) }

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
        fileprivate var line: Line = ""

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ literal: String) { line.text += literal }

        mutating func appendInterpolation(_ other: Line) { line += other }

        mutating func appendInterpolation(_ value: some CustomStringConvertible) { line += Line(value.description) }
    }
}

extension Sequence where Element == Line {
    func joined(separator: Line) -> Line {
        var out: Line = ""
        for (index, line) in enumerated() { out += index == 0 ? line : separator + line }
        return out
    }
}
