/// One of SQLite's five storage classes, exactly as stored.
///
/// Text is bytes: it may be invalid UTF-8 and may hold NUL. Equality is by class and bytes; `-0.0` is made `0.0` at the
/// border, so two reals are equal if their bits are.
public enum Value: Sendable {
    /// SQL's NULL.
    case null
    /// A signed integer of 64 bits.
    case integer(Int64)
    /// A floating-point number of 64 bits.
    case real(Double)
    /// The bytes of a text.
    case text([UInt8])
    /// The bytes of a blob.
    case blob([UInt8])

    /// Makes a text of the string's UTF-8.
    public static func text(_ string: String) -> Value { .text(Array(string.utf8)) }

    /// Makes a text of the bytes of a name.
    public static func text(_ name: Identifier) -> Value { .text(name.bytes) }

    /// Whether the value is SQL's NULL.
    public var isNull: Bool { if case .null = self { true } else { false } }

    /// Bytes that this value takes in memory beside its class: what a limit on values counts.
    public var byteCount: Int {
        switch self {
        case .null: 0
        case .integer, .real: 8
        case .text(let bytes), .blob(let bytes): bytes.count
        }
    }
}

extension Value: Hashable {
    public static func == (l: Value, r: Value) -> Bool {
        switch (l, r) {
        case (.null, .null): true
        case (.integer(let a), .integer(let b)): a == b
        case (.real(let a), .real(let b)): a.bitPattern == b.bitPattern
        case (.text(let a), .text(let b)): a == b
        case (.blob(let a), .blob(let b)): a == b
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .integer(let integer):
            hasher.combine(1)
            hasher.combine(integer)
        case .real(let real):
            hasher.combine(2)
            hasher.combine(real.bitPattern)
        case .text(let bytes):
            hasher.combine(3)
            hasher.combine(bytes)
        case .blob(let bytes):
            hasher.combine(4)
            hasher.combine(bytes)
        }
    }
}

/// The order of key values: integers, then texts, then blobs; numbers by value, bytes as `memcmp` has them. It is the
/// order of SQLite's BINARY collation, so rows sorted by it are sorted for SQLite's b-trees. Nulls and reals, which no
/// key holds, come first.
extension Value: Comparable {
    public static func < (l: Value, r: Value) -> Bool {
        switch (l, r) {
        case (.integer(let a), .integer(let b)): a < b
        case (.real(let a), .real(let b)): a < b
        case (.text(let a), .text(let b)), (.blob(let a), .blob(let b)): a.lexicographicallyPrecedes(b)
        default: l.rank < r.rank
        }
    }

    private var rank: Int {
        switch self {
        case .null: 0
        case .real: 1
        case .integer: 2
        case .text: 3
        case .blob: 4
        }
    }
}
