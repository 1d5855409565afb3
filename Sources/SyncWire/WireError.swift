import ReplicaModel

/// A fault of bytes that came. No fault is ever fatal: at most the session ends that the bytes came in, or the
/// changeset is void that they are signed in.
package enum WireError: Error, Hashable, Sendable {
    /// The bytes end inside an item that begins at `offset`.
    case truncated(offset: Int)
    /// Not deterministic CBOR (RFC 8949, section 4.2), or none at all.
    case notDeterministic(offset: Int, reason: String)
    /// Good CBOR, but of another kind than what must stand there.
    case wrongKind(offset: Int, expected: String)
    /// A length or a number above its stated limit; nothing was allocated for it.
    case overLimit(what: String, found: UInt64, limit: UInt64)
    case trailingBytes(count: Int)
    /// A value that decodes, and cannot be meant.
    case cannotBeMeant(String)
    /// A control operation of newer software: what it is in is held, not void.
    case unknownOperation(number: UInt64)
    /// The operations of a changeset, whose author signed nonsense: the changeset is void.
    case illFormed(String)
    case badKey(byteCount: Int)
    case badSignature(feed: FeedID, seq: UInt64)
    case wrongFeed(expected: FeedID, found: FeedID)
    case gap(feed: FeedID, expected: UInt64, found: UInt64)
    /// The author signed two changesets of one number.
    case fork(feed: FeedID, seq: UInt64)
    /// The header does not name the hash of the one before.
    case brokenChain(feed: FeedID, seq: UInt64)
    case badChunkHash(feed: FeedID, seq: UInt64, chunk: Int)
    /// Items of a change stream in an order that has no meaning.
    case outOfTurn(String)
    /// A stream that is no zstd, with what the library said.
    case compression(String)
    /// A sentence for the person who typed or pasted the invitation.
    case badInvitation(String)
}

extension WireError {
    /// The named refusal that a peer hears when this ends its session.
    package var code: ErrorCode {
        switch self {
        case .truncated, .notDeterministic, .wrongKind, .trailingBytes, .cannotBeMeant: .badMessage
        case .overLimit: .tooMuch
        case .unknownOperation, .illFormed, .badChunkHash, .outOfTurn, .wrongFeed: .badChangeset
        case .badKey, .badSignature: .badSignature
        case .gap: .gap
        case .fork: .fork
        case .brokenChain: .brokenChain
        case .compression: .badFrame
        case .badInvitation: .badInvitation
        }
    }
}
