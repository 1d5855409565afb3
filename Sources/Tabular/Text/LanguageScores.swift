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

    private enum Kind { case small, capital, other }

    func score(of bytes: [UInt8]) -> Double {
        let kinds = (0...255).map { byte -> Kind in
            let byte = UInt8(byte)
            if small.contains(where: { $0.contains(byte) }) { return .small }
            return capital.contains { $0.contains(byte) } ? .capital : .other
        }
        var (good, all) = (0, 0)
        var before = Kind.other
        for byte in bytes {
            let kind = kinds[Int(byte)]
            defer { before = kind }
            guard byte >= 0x80 else { continue }
            all += 1
            // A word has capitals only at its beginning, or nothing else.
            switch kind {
            case .small: good += 1
            case .capital: if before != .small { good += 1 }
            case .other: break
            }
        }
        let usual = encoding == .windows1251 ? 1 : Self.seldom
        return all == 0 ? 0 : usual * Double(good) / Double(all) * share(of: .small, kinds, bytes)
    }

    /// Nine letters of ten are small in what people write, and some tables are in capitals throughout.
    private func share(of kind: Kind, _ kinds: [Kind], _ bytes: [UInt8]) -> Double {
        var (count, all) = (0, 0)
        for byte in bytes where kinds[Int(byte)] != .other {
            all += 1
            if kinds[Int(byte)] == kind { count += 1 }
        }
        return all == 0 ? 0 : 0.7 + 0.3 * Double(count) / Double(all)
    }
}
