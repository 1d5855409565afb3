/// Tells in which encoding a file is written: by its mark, else by what its bytes can be.
struct EncodingDetector {
    private var utf8 = UTF8Tally()
    /// Bytes from the first line on that has others than ASCII.
    private var sample: [UInt8] = []
    private var line: [UInt8] = []

    /// - Throws: `doubtfulEncoding` where several are as likely.
    static func encoding(of file: FileBytes) throws(TabularError) -> TextEncoding {
        let head = try file.read(at: 0, count: headBytes)
        if let marked = marked.first(where: { head.starts(with: $0.mark) }) { return marked }
        if let wide = wide(head) { return wide }
        var detector = EncodingDetector()
        var offset = 0
        while true {
            let block = try file.read(at: offset, count: FileBytes.blockBytes)
            if block.isEmpty { break }
            offset += block.count
            detector.take(block)
        }
        guard let found = detector.answer else { throw .doubtfulEncoding(path: file.path) }
        return found
    }

    /// The encoding that some bytes are most likely in; nil where several are as likely.
    static func encoding(of bytes: [UInt8]) -> TextEncoding? {
        if let marked = marked.first(where: { bytes.starts(with: $0.mark) }) { return marked }
        if let wide = wide(Array(bytes.prefix(headBytes))) { return wide }
        var detector = EncodingDetector()
        detector.take(bytes)
        return detector.answer
    }

    private static let headBytes = 1 << 13

    /// Encodings with a mark; that of UTF-32 begins with that of UTF-16.
    private static let marked: [TextEncoding] = [
        .utf8, .utf32LittleEndian, .utf32BigEndian, .utf16LittleEndian, .utf16BigEndian, .gb18030,
    ]

    /// UTF-16 without a mark: ASCII in it, such as what divides cells, has a zero at every second byte.
    private static func wide(_ head: [UInt8]) -> TextEncoding? {
        var zeros = [0, 0]
        for (index, byte) in head.enumerated() where byte == 0 { zeros[index & 1] += 1 }
        let total = zeros[0] + zeros[1]
        guard total * 20 > head.count else { return nil }
        // One zero in a few words of ASCII is one in a cell.
        guard total > 1 || head.contains(where: { $0 >= 0x80 }) else { return nil }
        if zeros[1] * 20 >= total * 19 { return .utf16LittleEndian }
        return zeros[0] * 20 >= total * 19 ? .utf16BigEndian : nil
    }

    private mutating func take(_ block: [UInt8]) {
        utf8.take(block)
        guard sample.count < Self.sampleBytes else { return }
        if sample.isEmpty {
            guard let first = block.firstIndex(where: { $0 >= 0x80 }) else { return }
            let start = block[..<first].lastIndex(of: 10).map { $0 + 1 } ?? 0
            sample = Array(block[start...])
        } else {
            sample += block
        }
    }

    /// Enough to tell languages apart, and little to hold.
    private static let sampleBytes = 1 << 18

    /// Letters of windows-1251 that are Serbian and Macedonian alone, and no language's of these files: such a text is
    /// in an encoding beside it, as those of Kazakh and of other machines are.
    private static let foreign: Set<UInt8> = [
        0x80, 0x81, 0x83, 0x8A, 0x8C, 0x8D, 0x8E, 0x8F, 0x90, 0x9A, 0x9C, 0x9D, 0x9E, 0x9F, 0xA3, 0xBC, 0xBD, 0xBE,
    ]

    private var answer: TextEncoding? {
        let found = likeliest
        return found == .windows1251 && sample.contains(where: Self.foreign.contains) ? nil : found
    }

    private var likeliest: TextEncoding? {
        let chinese = ChineseScore.score(of: sample)
        // A few bad bytes make no other encoding of a file: they are refused where they stand.
        if utf8.wrong * 20 <= utf8.good { return chinese == 1 && isRareInUTF8 ? nil : .utf8 }
        let cyrillic = CyrillicScore.candidates.map { ($0.encoding, $0.tally(of: sample)) }
        let clean = cyrillic.filter(\.1.isClean).map(\.0)
        if let found = LetterShare.likeliest(of: clean, sample) { return found }
        let scores = cyrillic.map { ($0.0, $0.1.score) } + [(TextEncoding.gb18030, chinese)]
        let ranked = scores.sorted { $0.1 > $1.1 }
        guard ranked[0].1 >= Self.scoreMin, ranked[0].1 - ranked[1].1 >= Self.leadMin else { return nil }
        // What reads without a fault in another encoding too is no proof: two letters are as well one Chinese
        // character, and capitals in one encoding are small letters in another.
        switch ranked[0].0 {
        case .gb18030: return clean.isEmpty ? .gb18030 : nil
        case .windows1251: return .windows1251
        case let seldom: return clean.contains(.windows1251) ? nil : seldom
        }
    }

    /// Whether all that is no ASCII would be letters that no language of these files has by themselves: a few Chinese
    /// characters that are UTF-8 by chance.
    private var isRareInUTF8: Bool {
        var (isBehindLatin, isBehindOther) = (false, false)
        for scalar in String(decoding: sample, as: UTF8.self).unicodeScalars {
            let isLatin = scalar.isASCII && scalar.properties.isAlphabetic
            // A letter in one word with those of ASCII is one of theirs.
            if isLatin && isBehindOther || !scalar.isASCII && isBehindLatin { return false }
            if !scalar.isASCII, !(0x80...0x7FF).contains(scalar.value) || (0x400...0x45F).contains(scalar.value) {
                return false
            }
            (isBehindLatin, isBehindOther) = (isLatin, !scalar.isASCII)
        }
        return true
    }

    /// Shares of characters that are as one expects them.
    private static let (scoreMin, leadMin) = (0.6, 0.1)
}

/// A count of sequences that are UTF-8, and of bytes that are none.
struct UTF8Tally {
    private(set) var good = 0
    private(set) var wrong = 0
    /// Bytes of the present sequence that are still to come.
    private var left = 0

    mutating func take(_ block: [UInt8]) {
        for byte in block {
            if byte < 0x80 {
                if left > 0 { wrong += 1 }
                left = 0
            } else if left > 0, byte < 0xC0 {
                left -= 1
                if left == 0 { good += 1 }
            } else {
                if left > 0 { wrong += 1 }
                left = byte >= 0xF5 || byte < 0xC2 ? 0 : byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1
                if left == 0 { wrong += 1 }
            }
        }
    }
}
