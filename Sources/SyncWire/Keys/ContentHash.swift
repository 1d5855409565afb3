import Crypto
import ReplicaModel

/// SHA-256.
package enum ContentHash {
    package static func of(_ bytes: [UInt8]) -> Bytes32 { Bytes32(digest: SHA256.hash(data: bytes)) }

    package static func of(_ bytes: ArraySlice<UInt8>) -> Bytes32 { Bytes32(digest: SHA256.hash(data: bytes)) }
}

/// SHA-256 of bytes that come in pieces.
package struct RunningHash {
    private var hash = SHA256()

    package init() {}

    package mutating func update(_ bytes: [UInt8]) { hash.update(data: bytes) }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

    /// The hash of all pieces so far. More may follow.
    package func finish() -> Bytes32 { Bytes32(digest: hash.finalize()) }
}

extension Bytes32 {
    fileprivate init(digest: SHA256.Digest) {
        guard let value = digest.withUnsafeBytes({ Bytes32($0) }) else {
            preconditionFailure("a SHA-256 digest has 32 bytes")
        }
        self = value
    }
}
