import ReplicaModel

/// A header that decodes and can be meant. Nobody has looked at its signature or at what it follows.
package struct UnverifiedHeader: Hashable, Sendable {
    package let header: ChangesetHeader
    /// The header as it came, which is what was hashed and signed.
    package let bytes: [UInt8]
    package let signature: [UInt8]
    /// SHA-256 of `bytes`: the changeset's hash.
    package let hash: Bytes32

    package init(bytes: [UInt8], signature: [UInt8]) throws(WireError) {
        guard signature.count == SignatureCheck.signatureBytes else {
            throw .cannotBeMeant("a signature has \(SignatureCheck.signatureBytes) bytes")
        }
        header = try HeaderCodec.decode(bytes)
        self.bytes = bytes
        self.signature = signature
        hash = ContentHash.of(bytes)
    }

    /// Verifies the Ed25519 signature, in about 0.1 ms.
    var isSignatureValid: Bool {
        SignatureCheck.isValid(signature, of: HeaderCodec.signedMessage(bytes), by: header.feed.site)
    }
}

extension UnverifiedHeader {
    /// Whether the author signed this header. One that `FeedVerifier` accepts on the word of a later one need not be
    /// signed.
    package var isSigned: Bool {
        SignatureCheck.isValid(signature, of: HeaderCodec.signedMessage(bytes), by: header.feed.site)
    }
}
