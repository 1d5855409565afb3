import ReplicaModel

/// Rows in aligned columns. Characters of East Asian scripts take two cells on a terminal.
struct TextTable {
    private var rows: [[String]] = []

    init(_ heads: [String]) { rows.append(heads) }

    mutating func add(_ row: [String]) { rows.append(row) }

    var isEmpty: Bool { rows.count == 1 }

    var lines: [String] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in rows.map { column < $0.count ? Self.width($0[column]) : 0 }.max() ?? 0 }
        return rows.map { row in
            let cells = row.enumerated().map { index, cell in
                index == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[index] - Self.width(cell))
            }
            return cells.joined(separator: "  ")
        }
    }

    static func width(_ text: String) -> Int { text.reduce(0) { $0 + (isWide($1) ? 2 : 1) } }

    private static func isWide(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first?.value else { return false }
        return (0x1100...0x115F).contains(scalar) || (0x2E80...0xA4CF).contains(scalar) || (0xAC00...0xD7A3).contains(scalar)
            || (0xF900...0xFAFF).contains(scalar) || (0xFE30...0xFE6F).contains(scalar) || (0xFF00...0xFF60).contains(scalar)
            || (0xFFE0...0xFFE6).contains(scalar) || (0x1F300...0x1FAFF).contains(scalar) || (0x20000...0x3FFFD).contains(scalar)
    }
}

extension Value {
    /// As the sqlite3 shell shows it to people; control characters, which could take over a terminal, as blanks.
    var shown: String {
        switch self {
        case .null: "NULL"
        case .integer(let integer): String(integer)
        case .real(let real): "\(real)"
        case .blob(let bytes): "X'\(bytes.hex.uppercased())'"
        case .text(let bytes): String(decoding: bytes, as: UTF8.self).plain
        }
    }
}

extension String {
    var plain: String { String(map { $0.unicodeScalars.contains { $0.value < 32 || (127..<160).contains($0.value) } ? " " : $0 }) }
}

extension [Value] {
    /// A key: its bare value, or a list where it is composite.
    var keyText: String { count == 1 ? self[0].shown : "(" + map(\.shown).joined(separator: ", ") + ")" }
}

extension Identifier {
    /// As ``Swift/String/plain`` of its text.
    var plain: String { text.plain }
}
