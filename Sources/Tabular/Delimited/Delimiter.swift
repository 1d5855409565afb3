/// The character that stands between the cells of a text file.
package enum Delimiter: UInt8, CaseIterable, Sendable {
    case comma = 0x2C
    case semicolon = 0x3B
    case tab = 0x09
    case bar = 0x7C

    /// The one that a person names by itself or by its name; nil for anything else.
    package init?(named text: String) {
        switch text.lowercased() {
        case ",", "comma": self = .comma
        case ";", "semicolon": self = .semicolon
        case "\t", "\\t", "tab": self = .tab
        case "|", "bar": self = .bar
        default: return nil
        }
    }

    package var text: String { String(UnicodeScalar(rawValue)) }

    /// The delimiter that a first line such as `sep=;` names, as spreadsheet programs write it; nil where there is
    /// none.
    static func named(in head: [UInt8]) -> Delimiter? {
        let line = head.prefix { $0 != 10 && $0 != 13 }
        let head = String(decoding: line.prefix(4), as: UTF8.self).lowercased()
        guard line.count == 5, head == "sep=" else { return nil }
        return line.last.flatMap(Delimiter.init(rawValue:))
    }

    /// The delimiter by which the beginning of a text falls into rows of the most equal width; the comma where none
    /// occurs.
    static func detected(in head: [UInt8]) -> Delimiter {
        let lines = lines(of: head)
        let ranked = allCases.map { delimiter -> (delimiter: Delimiter, score: Int) in
            let counts = lines.map { line in line.count { $0 == delimiter.rawValue } }
            guard let first = counts.first(where: { $0 > 0 }) else { return (delimiter, 0) }
            // What stands in every row as often as in the first that has it divides cells; what is a mark of a sentence
            // does not.
            let alike = counts.count { $0 == first }
            return (delimiter, alike * 1_000 / max(lines.count, 1) + min(first, 100))
        }
        return ranked.max { $0.score < $1.score }.flatMap { $0.score == 0 ? nil : $0.delimiter } ?? .comma
    }

    /// Lines without what stands in quotes. The last may be cut off, and is left out where there are others.
    private static func lines(of head: [UInt8]) -> [[UInt8]] {
        var (lines, line): ([[UInt8]], [UInt8]) = ([], [])
        var isQuoted = false
        for byte in head {
            switch byte {
            case 0x22: isQuoted.toggle()
            case _ where isQuoted: break
            case 10, 13:
                if !line.isEmpty { lines.append(line) }
                line = []
            default: line.append(byte)
            }
        }
        return lines.isEmpty ? [line] : lines
    }
}
