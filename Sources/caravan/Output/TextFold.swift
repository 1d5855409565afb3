/// Breaks text into lines of a terminal: between words, and between the characters of Chinese, which has no spaces;
/// never before a mark that closes or behind one that opens.
enum TextFold {
    /// - Parameter cells: that a line may have; a word that is longer has a line of its own.
    static func lines(_ text: String, cells: Int) -> [String] {
        var (out, line, count) = ([String](), "", 0)
        for piece in pieces(text) {
            let blank = piece.isApart && !line.isEmpty
            let more = piece.text.cellCount + (blank ? 1 : 0)
            if !line.isEmpty, count + more > cells {
                out.append(line)
                (line, count) = (piece.text, piece.text.cellCount)
            } else {
                line += (blank ? " " : "") + piece.text
                count += more
            }
        }
        return line.isEmpty ? out : out + [line]
    }

    /// A part of a line that is never broken.
    private struct Piece {
        var text: String
        /// Whether a space stood before it.
        let isApart: Bool
    }

    private static func pieces(_ text: String) -> [Piece] {
        var out: [Piece] = []
        for word in text.split(separator: " ") {
            var isApart = true
            var last: Character?
            for character in word {
                if let last, !mayBreak(between: last, and: character) {
                    out[out.count - 1].text.append(character)
                } else {
                    out.append(Piece(text: String(character), isApart: isApart))
                    isApart = false
                }
                last = character
            }
        }
        return out
    }

    private static func mayBreak(between left: Character, and right: Character) -> Bool {
        (left.cellCount == 2 || right.cellCount == 2) && !opening.contains(left) && !closing.contains(right)
    }

    private static let opening = Set("（《「『【“‘([")
    private static let closing = Set("，。、；：？！）》」』】”’…—.,;:!?)]")
}
