/// Tells most rows that nothing is noted of from those that something is, by the bytes of their keys: a Bloom filter
/// (Bloom, 1970) of two bits a key, so that a table is read without all of its rows being sorted.
struct KeyFilter {
    private var words: [UInt64]
    private let mask: UInt64

    /// - Parameter count: of the keys that are to be inserted, about. Sixteen bits for each, of which one in eighty that
    ///   was not inserted is taken for one that was; at most four megabytes.
    init(count: Int64) {
        var bits: UInt64 = 1 << 12
        while bits < 1 << 25, bits < UInt64(clamping: count) << 4 { bits <<= 1 }
        words = [UInt64](repeating: 0, count: Int(bits / 64))
        mask = bits - 1
    }

    mutating func insert(_ key: [UInt8]) {
        let (first, second) = bits(of: key)
        words[Int(first / 64)] |= 1 << (first % 64)
        words[Int(second / 64)] |= 1 << (second % 64)
    }

    /// False only where the key was not inserted.
    func mayContain(_ key: [UInt8]) -> Bool {
        let (first, second) = bits(of: key)
        return words[Int(first / 64)] >> (first % 64) & words[Int(second / 64)] >> (second % 64) & 1 != 0
    }

    private func bits(of key: [UInt8]) -> (UInt64, UInt64) {
        let hash = key.withUnsafeBytes { bytes in
            var hash = UInt64(bytes.count), offset = 0
            while offset + 8 <= bytes.count {
                hash = Self.mix(hash ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                offset += 8
            }
            var rest: UInt64 = 0
            while offset < bytes.count {
                rest = rest << 8 | UInt64(bytes[offset])
                offset += 1
            }
            return Self.mix(hash ^ rest)
        }
        return (hash & mask, hash >> 32 & mask)
    }

    /// The finish of SplitMix64 (Steele, Lea and Flood, 2014): every bit of a number alters about half of what comes
    /// out.
    private static func mix(_ number: UInt64) -> UInt64 {
        let first = (number ^ number >> 30) &* 0xBF58_476D_1CE4_E5B9
        let second = (first ^ first >> 27) &* 0x94D0_49BB_1331_11EB
        return second ^ second >> 31
    }
}
