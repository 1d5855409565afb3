/// How far bytes are Chinese in GB18030: the share of characters that are in daily use.
enum ChineseScore {
    static func score(of bytes: [UInt8]) -> Double {
        var (common, all) = (0, 0)
        var index = 0
        while index + 1 < bytes.count {
            let (first, second) = (bytes[index], bytes[index + 1])
            guard first >= 0x80 else {
                index += 1
                continue
            }
            all += 1
            if (0x30...0x39).contains(second), index + 3 < bytes.count, bytes[index + 2] >= 0x81 {
                // Four bytes: letters of Kazakh, Uighur and others.
                common += 1
                index += 4
            } else if second >= 0x40, second != 0x7F, first != 0x80, first != 0xFF {
                // GB2312 has signs and letters from A1 on, and from B0 to D7 the characters in daily use.
                if second >= 0xA1, (0xA1...0xA9).contains(first) || (0xB0...0xD7).contains(first) { common += 1 }
                index += 2
            } else {
                index += 1
            }
        }
        return all == 0 ? 0 : Double(common) / Double(all)
    }
}

/// How far bytes are Cyrillic in an encoding of one byte a letter: the share of letters whose case is as in words.
struct CyrillicScore {
    let encoding: TextEncoding
    private let small: [ClosedRange<UInt8>]
    private let capital: [ClosedRange<UInt8>]

    static let candidates = [
        CyrillicScore(encoding: .windows1251, small: [0xE0...0xFF, 0xB8...0xB8], capital: [0xC0...0xDF, 0xA8...0xA8]),
        CyrillicScore(encoding: .koi8, small: [0xC0...0xDF, 0xA3...0xA3], capital: [0xE0...0xFF, 0xB3...0xB3]),
        CyrillicScore(
            encoding: .ibm866, small: [0xA0...0xAF, 0xE0...0xEF, 0xF1...0xF1], capital: [0x80...0x9F, 0xF0...0xF0]),
    ]

    /// The weight of an encoding that few programs write today.
    private static let seldom = 0.85

    private enum Kind { case small, capital, latin, other }

    /// The facts of a text in one encoding.
    struct Tally {
        var score = 0.0
        /// Whether every byte beside ASCII is a letter in the case that words have it in.
        var isClean = false
    }

    func tally(of bytes: [UInt8]) -> Tally {
        let kinds = (0...255).map { kind(of: UInt8($0)) }
        var (good, all, smallLetters, letters) = (0, 0, 0, 0)
        var (words, mixedWords) = (0, 0)
        var (hasCyrillic, hasLatin) = (false, false)
        var before = Kind.other
        for byte in bytes + [0x0A] {
            let kind = kinds[Int(byte)]
            defer { before = kind }
            switch kind {
            case .latin: hasLatin = true
            case .small, .capital:
                hasCyrillic = true
                letters += 1
                if kind == .small { smallLetters += 1 }
                // A word has capitals only at its beginning, or nothing else.
                if kind == .small || before != .small { good += 1 }
            case .other:
                if hasCyrillic { words += 1 }
                if hasCyrillic, hasLatin { mixedWords += 1 }
                (hasCyrillic, hasLatin) = (false, false)
            }
            if byte >= 0x80 { all += 1 }
        }
        // Words of two scripts are words of one, with letters that the encoding has not: Turkmen, German, French.
        guard all > 0, mixedWords * Self.mixedShare <= words else { return Tally() }
        let usual = encoding == .windows1251 ? 1 : Self.seldom
        // Nine letters of ten are small in what people write, and some tables are in capitals throughout.
        let share = letters == 0 ? 0 : 0.7 + 0.3 * Double(smallLetters) / Double(letters)
        return Tally(
            score: usual * Double(good) / Double(all) * share, isClean: good == all && mixedWords == 0)
    }

    /// One word of so many may be mistyped.
    private static let mixedShare = 10

    private func kind(of byte: UInt8) -> Kind {
        if small.contains(where: { $0.contains(byte) }) { return .small }
        if capital.contains(where: { $0.contains(byte) }) { return .capital }
        return (byte | 0x20) &- 0x61 < 26 ? .latin : .other
    }
}

/// How far the letters of a text are those that Russian has most of, whatever their case.
enum LetterShare {
    /// The encoding in which a text is likely Russian, and far likelier than in the others; nil where it is too short
    /// to say.
    static func likeliest(of encodings: [TextEncoding], _ bytes: [UInt8]) -> TextEncoding? {
        let shares = encodings.compactMap { encoding in share(bytes, encoding).map { (encoding, $0) } }
            .sorted { $0.1.share > $1.1.share }
        guard let best = shares.first, best.1.letters >= lettersMin, best.1.share >= shareMin else { return nil }
        return shares.dropFirst().allSatisfy { best.1.share - $0.1.share >= leadMin } ? best.0 : nil
    }

    private static let (lettersMin, shareMin, leadMin) = (40, 0.55, 0.15)
    private static let common = Set("оеаинтсрвлкм".unicodeScalars)

    private static func share(_ bytes: [UInt8], _ encoding: TextEncoding) -> (share: Double, letters: Int)? {
        guard let converter = Iconv(from: encoding.name) else { return nil }
        defer { converter.close() }
        var text: [UInt8] = []
        _ = converter.convert(Array(bytes.prefix(1 << 16)), unit: encoding.unit, into: &text)
        let letters = String(decoding: text, as: UTF8.self).lowercased().unicodeScalars.filter {
            (0x400...0x4FF).contains($0.value)
        }
        guard !letters.isEmpty else { return nil }
        return (Double(letters.count { common.contains($0) }) / Double(letters.count), letters.count)
    }
}
