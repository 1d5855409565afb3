/// A word as a person can paste it into a shell: `sh`, `bash` and `zsh` read it back as the same bytes, whatever stands
/// in it.
package enum ShellWord {
    package static func quoted(_ text: some StringProtocol) -> String {
        if !text.isEmpty, text.utf8.allSatisfy(isPlain) { return String(text) }
        guard text.unicodeScalars.contains(where: \.isUnseen) else {
            return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
        }
        // What `printf` writes loses the line feeds at its end, and only `sh` knows no other way.
        return Array(text.utf8).last == UInt8(ascii: "\n")
            ? "$'" + encoded(text, quote: "\\'") + "'" : "\"$(printf '" + encoded(text, quote: "\\047") + "')\""
    }

    /// A word that is no option, whatever it begins with.
    package static func operand(_ text: some StringProtocol) -> String {
        (text.utf8.starts(with: "-".utf8) ? "-- " : "") + quoted(text)
    }

    /// Letters, digits and signs that mean nothing to a shell, wherever they stand.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"), UInt8(ascii: ":"),
            UInt8(ascii: ","), UInt8(ascii: "+"), UInt8(ascii: "@"):
            true
        default: false
        }
    }

    /// The text with every byte in three octal digits that cannot be seen or means something to `printf`.
    private static func encoded(_ text: some StringProtocol, quote: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "'": out += quote
            case "\\": out += "\\\\"
            case "%" where quote == "\\047": out += "%%"
            case _ where scalar.isUnseen:
                for byte in UTF8.encode(scalar) ?? .init() {
                    out += "\\" + String(Int(byte) + 0o1000, radix: 8).dropFirst()
                }
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
