/// The name of a table, a column, an index or a constraint: bytes, as SQLite has them.
///
/// Two identifiers are equal if their bytes are. SQLite takes two names for one if they differ in capitals of ASCII
/// only (``isSame(as:)``), and so does everything here; to it `Э` and `э` are two letters, and so are the two ways in
/// which Unicode writes `й`. Text as Swift compares it would take those for one.
public struct Identifier: Sendable {
    /// The name in UTF-8, unless a person's own object has a name that is not.
    public let bytes: [UInt8]

    /// Makes a name of these bytes, whatever they are.
    public init(bytes: [UInt8]) { self.bytes = bytes }

    /// Makes a name of the text's UTF-8, in the case and the form of Unicode that it has.
    public init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

    /// The name for people, and for JSON. Lossy for bytes that are no UTF-8.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The name with small letters of ASCII for its capitals: equal for identifiers that SQLite takes for one.
    public var folded: Identifier { Identifier(bytes: bytes.map(Self.small)) }

    private static func small(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte + 32 : byte }

    /// Whether SQLite takes the two for one name.
    public func isSame(as other: Identifier) -> Bool {
        guard bytes.count == other.bytes.count else { return false }
        // Asked for every pair of a wide table's columns: nothing is allocated.
        for place in bytes.indices where bytes[place] != other.bytes[place] {
            guard Self.small(bytes[place]) == Self.small(other.bytes[place]) else { return false }
        }
        return true
    }

    /// Whether the name has no bytes. No definition may have such a name.
    public var isEmpty: Bool { bytes.isEmpty }

    /// Whether a text of SQL may name it: its bytes, whatever their case, stand there and are no part of a longer word.
    package func mayStand(in text: String) -> Bool {
        let all = text.utf8.map(Self.small)
        // As it stands between double quotes, those inside doubled.
        let forms = Set([bytes.map(Self.small), bytes.flatMap { $0 == 0x22 ? [0x22, 0x22] : [Self.small($0)] }])
        return forms.contains { form in
            guard !form.isEmpty, form.count <= all.count else { return false }
            return (0...all.count - form.count).contains { start in
                all[start...].starts(with: form) && !(start > 0 && Self.isOfWord(all[start - 1]))
                    && !(start + form.count < all.count && Self.isOfWord(all[start + form.count]))
            }
        }
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F || byte == 0x24 || byte >= 0x80
    }

    /// Whether it begins with these letters of ASCII, whatever their case.
    public func begins(with prefix: Identifier) -> Bool { folded.bytes.starts(with: prefix.folded.bytes) }

    /// Makes a name of the name's bytes with the suffix's UTF-8 behind them.
    public static func + (name: Identifier, suffix: some StringProtocol) -> Identifier {
        Identifier(bytes: name.bytes + suffix.utf8)
    }
}

extension Identifier: Hashable {}

/// The order of names wherever two replicas must agree on one: by bytes.
extension Identifier: Comparable {
    public static func < (l: Identifier, r: Identifier) -> Bool { l.bytes.lexicographicallyPrecedes(r.bytes) }
}

extension Identifier: CustomStringConvertible {
    public var description: String { text }
}

extension Identifier: ExpressibleByStringLiteral {
    /// Makes a name of the literal's UTF-8.
    public init(stringLiteral text: String) { self.init(text) }
}

extension Sequence<Identifier> {
    /// The names for people: one behind the other.
    public func joined(separator: String) -> String { map(\.text).joined(separator: separator) }

    /// Whether SQLite takes one of them for `name`.
    public func containsSame(as name: Identifier) -> Bool { contains { $0.isSame(as: name) } }
}
