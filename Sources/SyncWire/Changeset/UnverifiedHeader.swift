import ReplicaModel

/// A header as it came, decoded and not vouched for by anybody.
public struct UnverifiedHeader: Hashable, Sendable {
    public let header: ChangesetHeader
    public let bytes: [UInt8]
    /// 64 bytes that claim to be the author's signature.
    public let signature: [UInt8]
    /// SHA-256 of `bytes`: the changeset's name.
    public let hash: Bytes32

    public init(bytes: [UInt8], signature: [UInt8]) throws(WireError) {
        guard signature.count == 64 else { throw .malformed("a signature has 64 bytes") }
        header = try HeaderCodec.decode(bytes)
        self.bytes = bytes
        self.signature = signature
        hash = ContentHash.of(bytes)
    }
}

/// A header that its author signed, or that one which its author signed vouches for. Only `FeedVerifier` and `SigningKey` make it.
public struct VerifiedHeader: Hashable, Sendable {
    public let header: ChangesetHeader
    public let bytes: [UInt8]
    public let signature: [UInt8]
    public let hash: Bytes32

    init(header: ChangesetHeader, bytes: [UInt8], signature: [UInt8], hash: Bytes32) {
        self.header = header
        self.bytes = bytes
        self.signature = signature
        self.hash = hash
    }
}

/// Checks that headers continue a feed. One signature vouches for all before it, because the chain hashes headers: one verification
/// for every changeset would be the whole cost of a catch-up.
public enum FeedVerifier {
    /// - Parameters:
    ///   - run: consecutive headers of one feed, oldest first.
    ///   - after: seq and hash of the changeset that is held; 0 and zero if there is none.
    public static func verify(
        _ run: [UnverifiedHeader], of feed: FeedID, after: (seq: UInt64, hash: Bytes32)
    ) throws(WireError) -> [VerifiedHeader] {
        var (seq, hash) = after
        for next in run {
            guard next.header.feed == feed else { throw .malformed("a header of another feed") }
            guard next.header.seq == seq + 1 else { throw .gap(expected: seq + 1, found: next.header.seq) }
            guard next.header.previous == hash else { throw .brokenChain(seq: next.header.seq) }
            (seq, hash) = (next.header.seq, next.hash)
        }
        if let last = run.last, !SignatureCheck.isValid(last.signature, header: last.bytes, by: feed.site) {
            throw .badSignature(seq: last.header.seq)
        }
        return run.map { VerifiedHeader(header: $0.header, bytes: $0.bytes, signature: $0.signature, hash: $0.hash) }
    }
}
