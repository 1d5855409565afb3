/// A site: one node's identity as an author. The id is its Ed25519 public key.
public struct SiteID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The Ed25519 public key that the id is.
    public let key: Bytes32

    /// Makes the id of a public key. ``isKey`` says whether it can be one.
    public init(_ key: Bytes32) { self.key = key }

    /// Fails unless there are exactly 32 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard let key = Bytes32(bytes) else { return nil }
        self.key = key
    }

    /// Fails unless there are exactly 64 hexadecimal digits.
    public init?(hex: some StringProtocol) {
        guard let key = Bytes32(hex: hex) else { return nil }
        self.key = key
    }

    /// The 32 bytes of the public key.
    public var bytes: [UInt8] { key.bytes }
    /// The public key as 64 hexadecimal digits in lower case.
    public var hex: String { key.hex }
    public var description: String { hex }

    /// The form people compare by eye: the first eight groups of four base32 characters.
    public var short: String {
        let text = Array(bytes.base32.prefix(32))
        return stride(from: 0, to: 32, by: 4).map { String(text[$0..<$0 + 4]) }.joined(separator: "-")
    }

    public static func < (l: SiteID, r: SiteID) -> Bool { l.key < r.key }
}
