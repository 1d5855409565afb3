import Crypto
import ReplicaModel

/// SHA-256, by which changesets and chunks are named.
public enum ContentHash {
    public static func of(_ bytes: [UInt8]) -> Bytes32 {
        var hash = RunningHash()
        hash.update(bytes)
        return hash.finish()
    }
}

/// SHA-256 over bytes that come one after the other.
public struct RunningHash {
    private var state = SHA256()

    public init() {}

    public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { state.update(bufferPointer: $0) } }

    public func finish() -> Bytes32 {
        guard let hash = Bytes32(Array(state.finalize())) else { preconditionFailure("SHA-256 has 32 bytes") }
        return hash
    }
}

/// A site's Ed25519 key (RFC 8032). Whoever has it can write in the site's name.
public struct SigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey
    public let site: SiteID

    /// A new key of 32 random bytes.
    public init() { self.init(Curve25519.Signing.PrivateKey()) }

    /// - Throws: `badKey` unless there are 32 bytes.
    public init(rawRepresentation: [UInt8]) throws(WireError) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: rawRepresentation) else { throw .badKey }
        self.init(key)
    }

    private init(_ key: Curve25519.Signing.PrivateKey) {
        guard let site = SiteID(Array(key.publicKey.rawRepresentation)) else { preconditionFailure("a public key has 32 bytes") }
        self.key = key
        self.site = site
    }

    public var rawRepresentation: [UInt8] { Array(key.rawRepresentation) }

    /// Signs a header and thereby makes it a verified one.
    public func seal(_ header: ChangesetHeader) -> VerifiedHeader {
        precondition(header.feed.site == site, "a header is signed by its author")
        let bytes = HeaderCodec.encode(header)
        guard let signature = try? key.signature(for: SignatureCheck.message(header: bytes)) else {
            preconditionFailure("Ed25519 signs any message")
        }
        return VerifiedHeader(header: header, bytes: bytes, signature: Array(signature), hash: ContentHash.of(bytes))
    }
}

public enum SignatureCheck {
    /// What is signed: a name for the purpose, so that no signature of ours can be taken for another, then the header.
    static func message(header: [UInt8]) -> [UInt8] { Array("caravan changeset 1\0".utf8) + header }

    /// Whether `site` signed this header.
    public static func isValid(_ signature: [UInt8], header: [UInt8], by site: SiteID) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: site.bytes) else { return false }
        return key.isValidSignature(signature, for: message(header: header))
    }
}
