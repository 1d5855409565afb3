import ReplicaModel

/// A header of its feed for certain: sealed here, or vouched for by a signature on it or on a later one of the feed.
///
/// Only `SigningKey.seal` and `FeedVerifier` make one.
package struct VerifiedHeader: Hashable, Sendable {
    package let header: ChangesetHeader
    package let bytes: [UInt8]
    package let signature: [UInt8]
    /// SHA-256 of `bytes`: the changeset's hash.
    package let hash: Bytes32
    /// Whether `signature` itself was checked. Where a later header vouched for this one, it was not, and may be wrong.
    package let isSignatureChecked: Bool

    init(_ header: UnverifiedHeader, isSignatureChecked: Bool) {
        self.header = header.header
        bytes = header.bytes
        signature = header.signature
        hash = header.hash
        self.isSignatureChecked = isSignatureChecked
    }

    fileprivate init(sealed header: ChangesetHeader, bytes: [UInt8], signature: [UInt8]) {
        self.header = header
        self.bytes = bytes
        self.signature = signature
        hash = ContentHash.of(bytes)
        isSignatureChecked = true
    }
}

extension SigningKey {
    /// Encodes and signs a header of an own feed.
    package func seal(_ header: ChangesetHeader) -> VerifiedHeader {
        precondition(header.feed.site == site, "a site seals its own feeds")
        if let reason = HeaderCodec.refusal(of: header) {
            preconditionFailure("nobody would accept this header: \(reason)")
        }
        let bytes = HeaderCodec.encode(header)
        precondition(
            bytes.count <= WireLimits.headerBytesMax, "a header has at most \(WireLimits.headerBytesMax) bytes")
        return VerifiedHeader(sealed: header, bytes: bytes, signature: sign(HeaderCodec.signedMessage(bytes)))
    }

    /// Signs a header that is sealed already. Nil if it is of another site.
    package func signAgain(_ header: UnverifiedHeader) -> VerifiedHeader? {
        guard header.header.feed.site == site else { return nil }
        let signature = sign(HeaderCodec.signedMessage(header.bytes))
        return VerifiedHeader(sealed: header.header, bytes: header.bytes, signature: signature)
    }
}
