import ReplicaModel

/// What is wrong with bytes that came from elsewhere.
public enum WireError: Error, Hashable, Sendable {
    /// It ends before it is complete.
    case truncated
    /// Not deterministic CBOR, or not what is expected at this place.
    case malformed(String)
    case tooLarge(what: String, found: UInt64, limit: UInt64)
    /// A changeset whose author signed what cannot be meant.
    case illFormed(String)
    case badSignature(seq: UInt64)
    case brokenChain(seq: UInt64)
    case gap(expected: UInt64, found: UInt64)
    case badChunkHash(number: Int)
    case badStream(String)
    case badKey

    /// The named error under which a peer is refused for it.
    public var code: ErrorCode {
        switch self {
        case .badSignature: .badSignature
        case .brokenChain: .brokenChain
        case .gap: .gap
        case .tooLarge: .tooMuch
        case .truncated, .malformed, .illFormed, .badChunkHash, .badStream, .badKey: .badChangeset
        }
    }
}

extension WireError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .truncated: "it ends before it is complete"
        case .malformed(let what), .illFormed(let what), .badStream(let what): what
        case .tooLarge(let what, let found, let limit): "\(what) has \(found) bytes and may have \(limit)"
        case .badSignature(let seq): "changeset \(seq) is not signed by its author"
        case .brokenChain(let seq): "changeset \(seq) does not follow the one before it"
        case .gap(let expected, let found): "changeset \(expected) is missing before \(found)"
        case .badChunkHash(let number): "chunk \(number) is not the one that the header names"
        case .badKey: "a key of this kind has 32 bytes"
        }
    }
}
