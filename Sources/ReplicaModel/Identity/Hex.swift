extension Collection where Element == UInt8 {
    /// Lower-case hexadecimal, two digits a byte.
    public var hex: String {
        var out: [UInt8] = []
        out.reserveCapacity(count * 2)
        for byte in self {
            out.append(hexDigits[Int(byte >> 4)])
            out.append(hexDigits[Int(byte & 15)])
        }
        return String(decoding: out, as: UTF8.self)
    }
}

extension [UInt8] {
    /// Fails unless `hex` is an even number of hexadecimal digits.
    public init?(hex: some StringProtocol) {
        let digits = hex.utf8.map { UInt8($0) }
        guard digits.count.isMultiple(of: 2) else { return nil }
        var out: [UInt8] = []
        out.reserveCapacity(digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = nibble(digits[index]), let low = nibble(digits[index + 1]) else { return nil }
            out.append(high << 4 | low)
        }
        self = out
    }
}

private let hexDigits = Array("0123456789abcdef".utf8)

private func nibble(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x61 + 10
    case 0x41...0x46: digit - 0x41 + 10
    default: nil
    }
}
