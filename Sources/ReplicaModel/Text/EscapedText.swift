extension StringProtocol {
    /// The text as a person may be shown it, whoever wrote it: `\n`, `\t`, `\u{1B}` instead of every character that
    /// acts on a terminal, ends a line, turns the direction of what follows, or cannot be seen. Whatever can be seen
    /// stays as it is, a backslash too.
    ///
    /// - Parameter keepingLines: line feeds and tabs stay, for texts of several lines that are this program's own.
    public func escaped(keepingLines: Bool = false) -> String {
        guard unicodeScalars.contains(where: \.isUnseen) else { return String(self) }
        // Bytes, for a string to which a piece is appended can be copied each time.
        var out: [UInt8] = []
        for scalar in unicodeScalars {
            switch scalar {
            case "\n" where keepingLines, "\t" where keepingLines: out.append(contentsOf: scalar.utf8)
            case "\n": out += Array("\\n".utf8)
            case "\r": out += Array("\\r".utf8)
            case "\t": out += Array("\\t".utf8)
            case _ where scalar.isUnseen:
                out += Array("\\u{\(String(scalar.value, radix: 16, uppercase: true))}".utf8)
            default: out.append(contentsOf: scalar.utf8)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

extension Unicode.Scalar {
    /// Whether the scalar acts on what shows it, and has no shape of its own: controls, ends of lines, marks of
    /// direction, format characters. Joiners, which Persian and Uighur spelling need, do not count, nor do the format
    /// characters that are drawn.
    public var isUnseen: Bool {
        switch value {
        case 0x20..<0x7F, 0xA0..<0xAD, 0xAE..<0x600: return false
        case 0x200C, 0x200D, 0x600...0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD: return false
        default: break
        }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return true
        default: return false
        }
    }
}
