import Foundation

/// Names made alike that people take for one.
enum NameFold {
    /// The letters of a name in small, composed and without width, and with one blank where there are several.
    static func light(_ bytes: [UInt8]) -> String {
        var out = ""
        var isBlank = true
        for scalar in composed(String(decoding: bytes, as: UTF8.self).lowercased()).unicodeScalars {
            // What is left of a large İ with a point.
            if scalar == "\u{307}", out.unicodeScalars.last == "i" { continue }
            let narrow = PlainText.narrow(scalar)
            guard narrow != " " else {
                isBlank = true
                continue
            }
            if isBlank, !out.isEmpty { out += " " }
            isBlank = false
            switch narrow {
            case "ß": out += "ss"
            case "ς": out += "σ"
            default: out.unicodeScalars.append(narrow)
            }
        }
        return out
    }

    /// A text with each letter and its marks as one character, where there is one. Few texts have marks of their own,
    /// and the others cost nothing.
    private static func composed(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isJoined) else { return text }
        return text.precomposedStringWithCanonicalMapping
    }

    /// Whether a character may be a part of another: marks, and the letters of Korean syllables.
    private static func isJoined(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x2FF: false
        case 0x300...0x36F, 0x483...0x487, 0x591...0x5C7, 0x610...0x65F, 0x900...0xDFF, 0x1100...0x11FF: true
        case 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0x212A...0x212B, 0x3099...0x309A: true
        default: false
        }
    }

    /// The words of a name in one order, in Latin letters without what spellings differ in: marks, doubled letters and
    /// vowels; Chinese in simplified characters. Empty where too little is left to tell names apart.
    static func deep(_ bytes: [UInt8]) -> String {
        let plain = simplified(light(bytes)).decomposedStringWithCanonicalMapping
        var words: [[Unicode.Scalar]] = [[]]
        for scalar in plain.unicodeScalars {
            if cyrillic[scalar] != nil || scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                words[words.count - 1].append(scalar)
            } else if !isMark(scalar) {
                words.append([])
            }
        }
        let skeletons = words.map { skeleton(latin($0)) }.filter { !$0.isEmpty }.sorted()
        let out = skeletons.joined(separator: " ")
        // Three consonants are a word that many names have; a Chinese name of two characters is one.
        return out.unicodeScalars.count >= 4 || out.utf8.count >= 6 ? out : ""
    }

    /// A text with the simplified form of each Chinese character that has one.
    private static func simplified(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { (0x4E00...0x9FFF).contains($0.value) }) else { return text }
        return text.applyingTransform(StringTransform("Hant-Hans"), reverse: false) ?? text
    }

    /// A word in Latin letters. In a word of Cyrillic ones a Latin letter is a slip of the keyboard for the one that
    /// looks like it.
    private static func latin(_ word: [Unicode.Scalar]) -> String {
        let isCyrillic = word.contains { cyrillic[$0] != nil }
        var out = ""
        for scalar in word {
            let meant = isCyrillic ? slips[scalar] ?? scalar : scalar
            if let letters = cyrillic[meant] {
                out += letters
            } else {
                out.unicodeScalars.append(latinVariants[meant] ?? meant)
            }
        }
        return out
    }

    private static let slips: [Unicode.Scalar: Unicode.Scalar] = [
        "a": "а", "b": "в", "c": "с", "e": "е", "h": "н", "i": "і", "k": "к", "m": "м", "o": "о", "p": "р", "t": "т",
        "x": "х", "y": "у",
    ]

    /// Accents, and the apostrophes that the Latin letters of Uzbek have.
    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.canonicalCombiningClass != .notReordered
            || [0x27, 0x60, 0x2018, 0x2019, 0x2BB, 0x2BC, 0x2B9].contains(scalar.value)
    }

    private static func skeleton(_ word: String) -> String {
        var text = word
        for (from, to) in spellings where text.contains(from) { text = text.replacingOccurrences(of: from, with: to) }
        var out = ""
        for (index, scalar) in text.unicodeScalars.enumerated() {
            if index > 0, "aeiouy".unicodeScalars.contains(scalar) { continue }
            if out.unicodeScalars.last != scalar { out.unicodeScalars.append(scalar) }
        }
        return out
    }

    /// Ways in which one sound is written.
    private static let spellings = [
        ("kh", "h"), ("gh", "g"), ("dzh", "j"), ("zh", "j"), ("shch", "sh"), ("ph", "f"), ("ck", "k"), ("x", "h"),
        ("q", "k"), ("w", "v"),
    ]

    private static let latinVariants: [Unicode.Scalar: Unicode.Scalar] = [
        "ı": "i", "ə": "a", "ø": "o", "ł": "l", "đ": "d", "ß": "s",
    ]

    /// Cyrillic letters of Russian, Kazakh, Kyrgyz, Tajik and Uzbek, as they are written in Latin ones. A letter that
    /// Unicode takes apart is here by its first half.
    private static let cyrillic: [Unicode.Scalar: String] = [
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k", "л": "l",
        "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts",
        "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
        "ә": "a", "ғ": "g", "қ": "k", "ң": "ng", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i", "ҷ": "j", "ҳ": "h",
        "ҙ": "z", "җ": "j", "ҝ": "g",
    ]

    /// The host of a web address, without what does not tell sites apart; nil where it is none.
    static func host(_ bytes: [UInt8]) -> String? {
        var text = light(bytes)[...]
        if let scheme = text.range(of: "://") { text = text[scheme.upperBound...] }
        text = text.prefix { !"/?#:".contains($0) }
        if text.hasPrefix("www.") { text = text.dropFirst(4) }
        let isHost = text.contains(".") && !text.contains(" ") && !text.contains("@") && text.count > 3
        return isHost ? String(text) : nil
    }
}
