import ReplicaModel

/// Rows in aligned columns.
struct TextTable {
    private var rows: [[Line]] = []

    init(_ heads: [Line]) { rows.append(heads) }

    mutating func add(_ row: [Line]) { rows.append(row) }

    var isEmpty: Bool { rows.count == 1 }

    var lines: [Line] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in rows.map { column < $0.count ? $0[column].width : 0 }.max() ?? 0
        }
        return rows.map { Self.line($0, widths) }
    }

    /// A row whose cells begin where those above it do, unless one is wider than its column.
    static func line(_ row: [Line], _ widths: [Int]) -> Line {
        row.enumerated().map { index, cell in
            let gap = index == row.count - 1 ? 0 : max(widths[index] - cell.width, 0)
            return cell + Line(String(repeating: " ", count: gap))
        }.joined(separator: "  ")
    }
}

extension Line {
    /// Cells of a terminal that the line takes.
    var width: Int { text.cellCount - styleCount }
}

extension Value {
    /// The text that the sqlite3 shell shows people for the value; of text that is no UTF-8 the bytes that are none as
    /// `\xFF`.
    var shown: String {
        switch self {
        case .null: "NULL"
        case .integer(let integer): String(integer)
        case .real(let real): "\(real)"
        case .blob(let bytes): "X'\(bytes.hex.uppercased())'"
        case .text(let bytes): String(validating: bytes, as: UTF8.self) ?? Self.shown(bytes)
        }
    }

    /// The beginning of the same, so many characters: of a long value no more is looked at.
    func shown(atMost count: Int) -> String {
        // A character that people write has a few code points at most.
        let bytesMax = 16 * count
        let text =
            switch self {
            case .blob(let bytes) where bytes.count > bytesMax: Value.blob(Array(bytes.prefix(bytesMax))).shown
            case .text(let bytes) where bytes.count > bytesMax:
                Value.text(Self.whole(bytes.prefix(bytesMax))).shown
            default: shown
            }
        return String(text.prefix(count))
    }

    /// The bytes without a character at their end that is none, or may go on.
    private static func whole(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out = bytes
        while let last = out.popLast(), last & 0xC0 == 0x80 {}
        return Array(out)
    }

    private static func shown(_ bytes: [UInt8]) -> String {
        var out = ""
        var rest = bytes[...]
        while let first = rest.first {
            // A character has one to four bytes.
            if let found = (1...4).lazy.compactMap({ String(validating: rest.prefix($0), as: UTF8.self) }).first(
                where: { !$0.isEmpty })
            {
                out += found
                rest = rest.dropFirst(found.utf8.count)
            } else {
                out += "\\x" + [first].hex.uppercased()
                rest = rest.dropFirst()
            }
        }
        return out
    }
}

extension [Value] {
    /// A key: its bare value, or a list where it is composite.
    var keyText: String { count == 1 ? self[0].shown : "(" + map(\.shown).joined(separator: ", ") + ")" }
}
