import Foundation
import ReplicaModel

/// Text as people type it, made plain: what cannot be seen and what only looks different goes.
enum PlainText {
    /// The text without blanks at either end, those of Unicode and the marks that have no width among them.
    static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        guard let first = bytes.first, let last = bytes.last else { return bytes }
        // Nearly every cell begins and ends with a letter or a digit.
        if isInk(first), isInk(last) { return bytes }
        let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        guard let begin = scalars.firstIndex(where: { !isBlank($0) }),
            let end = scalars.lastIndex(where: { !isBlank($0) })
        else { return [] }
        if begin == 0, end == scalars.count - 1 { return bytes }
        var out = String.UnicodeScalarView()
        out.append(contentsOf: scalars[begin...end])
        return Array(String(out).utf8)
    }

    private static func isInk(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }

    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        // The marks of no width: the zero-width space, the word joiner, and the mark of the byte order.
        scalar.properties.isWhitespace || [0x200B, 0x2060, 0xFEFF].contains(scalar.value)
    }

    /// ASCII for the full-width forms of its characters, and for the minus sign; other scalars stay.
    static func narrow(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return bytes }
        var out = String.UnicodeScalarView()
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars { out.append(narrow(scalar)) }
        return Array(String(out).utf8)
    }

    static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        case 0x2212: "-"
        case _ where isBlank(scalar): " "
        default: scalar
        }
    }
}

extension SheetCell {
    /// Whether nobody wrote anything there. One that could not be read holds something, though no byte of it is here.
    var isBlank: Bool {
        if case .wrong(_, _?) = self { return false }
        return PlainText.trimmed(bytes).isEmpty
    }
}
