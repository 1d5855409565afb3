import ReplicaModel

/// Rows in aligned columns. Characters of East Asian scripts take two cells on a terminal.
struct TextTable {
    private var rows: [[Line]] = []

    init(_ heads: [Line]) { rows.append(heads) }

    mutating func add(_ row: [Line]) { rows.append(row) }

    var isEmpty: Bool { rows.count == 1 }

    var lines: [Line] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in rows.map { column < $0.count ? Self.width($0[column]) : 0 }.max() ?? 0
        }
        return rows.map { row in
            let cells = row.enumerated().map { index, cell in
                index == row.count - 1
                    ? cell : cell + Line(String(repeating: " ", count: widths[index] - Self.width(cell)))
            }
            return cells.joined(separator: "  ")
        }
    }

    static func width(_ line: Line) -> Int { line.text.reduce(-line.styleCount) { $0 + (isWide($1) ? 2 : 1) } }

    private static func isWide(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first?.value else { return false }
        return (0x1100...0x115F).contains(scalar) || (0x2E80...0xA4CF).contains(scalar)
            || (0xAC00...0xD7A3).contains(scalar)
            || (0xF900...0xFAFF).contains(scalar) || (0xFE30...0xFE6F).contains(scalar)
            || (0xFF00...0xFF60).contains(scalar)
            || (0xFFE0...0xFFE6).contains(scalar) || (0x1F300...0x1FAFF).contains(scalar)
            || (0x20000...0x3FFFD).contains(scalar)
    }
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
