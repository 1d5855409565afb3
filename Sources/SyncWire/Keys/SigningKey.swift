import Crypto
import ReplicaModel

/// A site's Ed25519 private key. Whoever holds it writes as the site.
package struct SigningKey: Sendable {
    let key: Curve25519.Signing.PrivateKey
    /// The public key, which is the site's identity.
    package let site: SiteID

    /// A new key, from the system's random bytes.
    package init() { self.init(Curve25519.Signing.PrivateKey()) }

    /// The key of the 32 bytes that `rawRepresentation` gave.
    package init(rawRepresentation: [UInt8]) throws(WireError) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: rawRepresentation) else {
            throw .badKey(byteCount: rawRepresentation.count)
        }
        self.init(key)
    }

    private init(_ key: Curve25519.Signing.PrivateKey) {
        guard let site = SiteID(Array(key.publicKey.rawRepresentation)) else {
            preconditionFailure("an Ed25519 public key has 32 bytes")
        }
        self.key = key
        self.site = site
    }

    /// 32 bytes, for a file that its owner alone may read.
    package var rawRepresentation: [UInt8] { Array(key.rawRepresentation) }

    /// The Ed25519 signature: 64 bytes. What is signed should begin with words that say what it is, so that a signature
    /// of one kind is never one of another.
    package func sign(_ message: [UInt8]) -> [UInt8] {
        guard let signature = try? key.signature(for: message) else {
            preconditionFailure("Ed25519 signs every message")
        }
        return Array(signature)
    }
}

package enum SignatureCheck {
    package static let signatureBytes = 64

    /// Whether `signature` is the Ed25519 signature of `message` by the site, without the cofactor: the first half of
    /// the signature is, byte for byte, the encoding of [s]B - [h]A, and s is below the order of the group. False for a
    /// key or a signature of any wrong shape.
    package static func isValid(_ signature: [UInt8], of message: [UInt8], by site: SiteID) -> Bool {
        guard signature.count == signatureBytes, site.isKey,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: site.bytes)
        else { return false }
        return key.isValidSignature(signature, for: message)
    }
}
