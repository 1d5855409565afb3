/// Whether bytes are valid UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
enum UTF8Check {
    static func isValid(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { raw in
            guard let base = raw.baseAddress else { return true }
            return isValid(base, count: raw.count)
        }
    }

    static func isValid(_ base: UnsafeRawPointer, count: Int) -> Bool {
        var offset = 0
        while offset < count {
            // Eight ASCII bytes at once: nearly all text that is stored.
            if count - offset >= 8,
                base.loadUnaligned(fromByteOffset: offset, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            {
                offset += 8
            } else {
                let size = sequenceSize(base + offset, left: count - offset)
                guard size > 0 else { return false }
                offset += size
            }
        }
        return true
    }

    /// Bytes of the sequence that begins here; 0 if it is none.
    @inline(__always)
    private static func sequenceSize(_ base: UnsafeRawPointer, left: Int) -> Int {
        let first = base.load(as: UInt8.self)
        if first < 0x80 { return 1 }
        let size: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0xC2...0xDF: size = 2
        case 0xE0: (size, second) = (3, 0xA0...0xBF)
        case 0xED: (size, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: size = 3
        case 0xF0: (size, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: size = 4
        case 0xF4: (size, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard left >= size, second.contains(base.load(fromByteOffset: 1, as: UInt8.self)) else { return 0 }
        for index in 2..<max(size, 2) where base.load(fromByteOffset: index, as: UInt8.self) & 0xC0 != 0x80 { return 0 }
        return size
    }
}
