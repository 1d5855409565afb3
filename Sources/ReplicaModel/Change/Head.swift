/// How far a context or a vector sees into a feed: the seq and the first 16 bytes of that changeset's hash.
package struct Head: Hashable, Sendable {
    package let seq: UInt64
    package let hash: HashPrefix

    package init(seq: UInt64, hash: HashPrefix) {
        self.seq = seq
        self.hash = hash
    }
}

/// The first 16 bytes of a hash: enough that nobody finds a second changeset for it.
package struct HashPrefix: Hashable, Comparable, Sendable {
    private let high, low: UInt64

    package init(_ hash: Bytes32) {
        self.init(bytes: hash.bytes.prefix(16))
    }

    /// Nil unless there are exactly 16 bytes.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        self.init(bytes: bytes)
    }

    private init(bytes: some Collection<UInt8>) {
        high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes.dropFirst(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    package var bytes: [UInt8] {
        [high, low].flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
        }
    }

    package static func < (l: HashPrefix, r: HashPrefix) -> Bool { (l.high, l.low) < (r.high, r.low) }
}

/// The heads that an author had seen: for each feed of the changeset's own scope and of control, the head that was
/// applied.
package typealias Context = [FeedID: Head]
