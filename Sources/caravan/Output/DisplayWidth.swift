/// The cells of a terminal that text takes: two for the wide characters of East Asian scripts and for pictures, none
/// for marks that stand over or under another (Unicode, UAX #11 and the property Emoji_Presentation).
extension Character {
    var cellCount: Int {
        guard let first = unicodeScalars.first else { return 0 }
        if first.isMark { return 0 }
        // A variation selector makes a picture of a sign.
        let isPicture = unicodeScalars.contains("\u{FE0F}") && first.properties.isEmoji && first.value > 0xFF
        return first.isWide || isPicture ? 2 : 1
    }
}

extension StringProtocol {
    var cellCount: Int { reduce(0) { $0 + $1.cellCount } }
}

extension Unicode.Scalar {
    /// Whether it takes no cell of its own.
    fileprivate var isMark: Bool {
        guard value >= 0x300 else { return false }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return true
        default: return false
        }
    }

    fileprivate var isWide: Bool {
        guard value >= 0x1100 else { return false }
        return Self.wide.contains { $0.contains(value) } || properties.isEmojiPresentation
    }

    private static let wide: [ClosedRange<UInt32>] = [
        // Hangul, with its letters.
        0x1100...0x115F, 0xA960...0xA97C, 0xAC00...0xD7A3,
        // Radicals, signs, kana, bopomofo, ideographs, Yi; but for a blank of half a width.
        0x2E80...0x303E, 0x3041...0xA4CF,
        // Compatibility forms, vertical and wide ones.
        0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
        // Tangut, Khitan, old kana, and ideographs beyond the first plane.
        0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x3FFFD,
    ]
}
