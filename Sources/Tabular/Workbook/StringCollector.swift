/// Puts together the texts of a part or a cell: runs of rich text are one text, and how a word is pronounced is none of
/// it.
struct StringCollector {
    private var text = BoundedText()
    private var isInText = false
    private var phonetics = 0

    /// - Returns: a whole text where the event ends one (`si` or `is`).
    mutating func take(_ event: XMLEvents.Event) -> BoundedText? {
        switch event {
        case .start("si", _), .start("is", _): text = BoundedText()
        case .start("rPh", _): phonetics += 1
        case .end("rPh"): phonetics -= 1
        case .start("t", _): isInText = phonetics == 0
        case .end("t"): isInText = false
        case .text(let more): if isInText { text.append(more) }
        case .end("si"), .end("is"):
            text.unescape()
            return text
        default: break
        }
        return nil
    }

    /// The text that `_x000D_` and its like stand for (ECMA-376, 22.9.2.19).
    static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "_")), text.contains("_x") else { return text }
        let bytes = Array(text.utf8)
        var units: [UInt16] = []
        var index = 0
        var out = ""
        func flush() {
            // Half a pair stands for nothing: it stays as it is written.
            out +=
                String(validating: units, as: UTF16.self)
                ?? String(decoding: bytes[index - 7 * units.count..<index], as: UTF8.self)
            units = []
        }
        var plain: [UInt8] = []
        while index < bytes.count {
            if let unit = escape(bytes, at: index) {
                out += String(decoding: plain, as: UTF8.self)
                plain = []
                units.append(unit)
                index += 7
            } else {
                if !units.isEmpty { flush() }
                plain.append(bytes[index])
                index += 1
            }
        }
        flush()
        return out + String(decoding: plain, as: UTF8.self)
    }

    /// The text as a workbook holds it, where it would be taken for such an escape itself. The library escapes
    /// controls, and leaves this to its callers.
    static func escaped(_ text: String) -> String {
        guard text.contains("_x") else { return text }
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        for index in bytes.indices {
            if escape(bytes, at: index) != nil { out += "_x005F".utf8 }
            out.append(bytes[index])
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func escape(_ bytes: [UInt8], at index: Int) -> UInt16? {
        guard index + 7 <= bytes.count, bytes[index] == UInt8(ascii: "_"), bytes[index + 1] == UInt8(ascii: "x"),
            bytes[index + 6] == UInt8(ascii: "_")
        else { return nil }
        let digits = bytes[index + 2..<index + 6]
        guard digits.allSatisfy({ ($0 &- 48) < 10 || ($0 | 32) &- 97 < 6 }) else { return nil }
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
