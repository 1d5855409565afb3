/// Thirty-two bytes held in place: the size of an Ed25519 public key and of a SHA-256 hash.
///
/// Ordered as `memcmp` orders the bytes.
public struct Bytes32: Hashable, Comparable, Sendable {
    private let a, b, c, d: UInt64

    /// Fails unless there are exactly 32 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        // In one call over what lies in memory: a collection of another module costs a call a byte.
        self = bytes.withContiguousStorageIfAvailable { Self(words: $0) } ?? Self(words: Array(bytes))
    }

    private init(words bytes: some RandomAccessCollection<UInt8>) {
        var rest = bytes[...]
        func next() -> UInt64 {
            defer { rest = rest.dropFirst(8) }
            return rest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        }
        (a, b, c, d) = (next(), next(), next(), next())
    }

    /// Fails unless there are exactly 64 hexadecimal digits.
    public init?(hex: some StringProtocol) {
        guard let bytes = [UInt8](hex: hex) else { return nil }
        self.init(bytes)
    }

    /// Thirty-two bytes of 0, which stand where there is no hash, as before the first changeset of a feed.
    public static let zero = Bytes32(a: 0, b: 0, c: 0, d: 0)

    private init(a: UInt64, b: UInt64, c: UInt64, d: UInt64) {
        (self.a, self.b, self.c, self.d) = (a, b, c, d)
    }

    /// The thirty-two bytes, in the order in which they were given.
    public var bytes: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(32)
        for word in [a, b, c, d] {
            for shift in stride(from: 56, through: 0, by: -8) {
                out.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
        return out
    }

    /// The thirty-second byte: in a public key, the one with the sign.
    public var last: UInt8 { UInt8(truncatingIfNeeded: d) }

    /// The bytes as 64 hexadecimal digits in lower case.
    public var hex: String { bytes.hex }

    public static func < (l: Bytes32, r: Bytes32) -> Bool {
        (l.a, l.b, l.c, l.d) < (r.a, r.b, r.c, r.d)
    }
}
