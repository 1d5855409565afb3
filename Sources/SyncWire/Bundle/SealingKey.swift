import Crypto
import Foundation
import ReplicaModel

/// A site's X25519 key, to which others encrypt. It follows from the key with which the site signs, so that there is
/// one secret to keep: HKDF-SHA256 of the 32 bytes of that key, with words of its own, so that neither tells of the
/// other.
package struct SealingKey: Sendable {
    private let key: Curve25519.KeyAgreement.PrivateKey
    /// The public part, signed.
    package let card: SealingCard

    package init(of signing: SigningKey) {
        let seed = SymmetricKey(data: signing.rawRepresentation)
        let derived = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: seed, info: CarriedLimits.cardWords, outputByteCount: CarriedLimits.keyBytes)
        let bytes = derived.withUnsafeBytes { Array($0) }
        guard let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes) else {
            preconditionFailure("any 32 bytes are an X25519 key")
        }
        self.key = key
        let open = Array(key.publicKey.rawRepresentation)
        card = SealingCard(
            site: signing.site, key: open, signature: signing.sign(CarriedLimits.cardWords + open))
    }

    /// The key of the content of an encrypted file; nil where none is wrapped for this site, or not rightly.
    package func unwrap(_ head: SealedHead) -> ContentKey? {
        guard let wrapped = head.keys.first(where: { $0.site == card.site }),
            var recipient = try? HPKE.Recipient(
                privateKey: key, ciphersuite: ContentKey.suite, info: ContentKey.info(head.alliance, head.site),
                encapsulatedKey: Data(wrapped.encapsulated)),
            let bytes = try? recipient.open(Data(wrapped.wrapped), authenticating: Data(card.site.bytes)),
            bytes.count == CarriedLimits.keyBytes
        else { return nil }
        return ContentKey(SymmetricKey(data: bytes))
    }
}

extension SealingCard {
    /// Whether the site signed it, and it is a key at all.
    package var isValid: Bool {
        SignatureCheck.isValid(signature, of: CarriedLimits.cardWords + key, by: site)
            && (try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: key)) != nil
    }
}

/// The key with which the content of one file is encrypted: ChaCha20-Poly1305 (RFC 8439), block by block.
package struct ContentKey: Sendable {
    static let suite = HPKE.Ciphersuite.Curve25519_SHA256_ChachaPoly

    private let key: SymmetricKey

    /// A new key, from the system's random bytes.
    package init() { self.init(SymmetricKey(size: .bits256)) }

    fileprivate init(_ key: SymmetricKey) { self.key = key }

    static func info(_ alliance: Bytes32, _ site: SiteID) -> Data {
        Data(CarriedLimits.sealedWords + alliance.bytes + site.bytes)
    }

    /// Encrypts this key to the holder of a card, as one of the writer's files names it. Nil if the card holds no key.
    package func wrapped(for card: SealingCard, in alliance: Bytes32, by site: SiteID) -> WrappedKey? {
        guard let open = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: card.key),
            var sender = try? HPKE.Sender(
                recipientKey: open, ciphersuite: Self.suite, info: Self.info(alliance, site)),
            let wrapped = try? sender.seal(
                key.withUnsafeBytes { Data($0) }, authenticating: Data(card.site.bytes))
        else { return nil }
        return WrappedKey(
            site: card.site, encapsulated: Array(sender.encapsulatedKey), wrapped: Array(wrapped))
    }

    /// A nonce is never used twice, for every file has a key of its own: the number of the block, and whether it is the
    /// last, so that no block can be left out, moved or cut off.
    private static func nonce(_ number: UInt64, isLast: Bool) -> ChaChaPoly.Nonce {
        let bytes = [0, 0, 0, isLast ? 1 : 0] + withUnsafeBytes(of: number.bigEndian) { Array($0) }
        guard let nonce = try? ChaChaPoly.Nonce(data: bytes) else { preconditionFailure("a nonce has 12 bytes") }
        return nonce
    }

    func seal(_ plain: some DataProtocol, number: UInt64, isLast: Bool, head: Bytes32) -> [UInt8] {
        let nonce = Self.nonce(number, isLast: isLast)
        guard let box = try? ChaChaPoly.seal(plain, using: key, nonce: nonce, authenticating: head.bytes) else {
            preconditionFailure("a block of 64 KiB can be encrypted")
        }
        return Array(box.ciphertext) + Array(box.tag)
    }

    /// Nil if it is not what was encrypted under that number and head.
    func open(_ block: [UInt8], number: UInt64, isLast: Bool, head: Bytes32) -> [UInt8]? {
        guard block.count >= CarriedLimits.tagBytes,
            let box = try? ChaChaPoly.SealedBox(
                nonce: Self.nonce(number, isLast: isLast), ciphertext: block.dropLast(CarriedLimits.tagBytes),
                tag: block.suffix(CarriedLimits.tagBytes)),
            let plain = try? ChaChaPoly.open(box, using: key, authenticating: head.bytes)
        else { return nil }
        return Array(plain)
    }
}
