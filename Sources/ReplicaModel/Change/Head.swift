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

    /// Fails unless there are exactly 16 bytes.
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

/// One of the heads of a feed: it has several where it went two ways, one for each way.
package struct FeedHead: Hashable, Comparable, Sendable {
    /// The feed as headers name it, without a branch: the hash says which way is meant.
    package let feed: FeedID
    package let head: Head

    package init(_ feed: FeedID, _ head: Head) {
        self.feed = feed.base
        self.head = head
    }

    package static func < (l: FeedHead, r: FeedHead) -> Bool {
        (l.feed, l.head.seq, l.head.hash) < (r.feed, r.head.seq, r.head.hash)
    }
}

/// The heads that an author had seen: for each feed of the changeset's own scope and of control, the head that was
/// applied. Of a feed that went two ways each head has a key of its own, by its branch; the hashes alone say what is
/// meant.
package typealias Context = [FeedID: Head]

extension Context {
    /// The heads, ascending.
    package var list: [FeedHead] { map { FeedHead($0.key, $0.value) }.sorted() }

    /// Heads under keys that follow from the heads alone: of each feed the first has the feed's own, and each other one
    /// a branch that is made of itself.
    package init(_ heads: [FeedHead]) {
        self.init(minimumCapacity: heads.count)
        for one in heads.sorted() {
            let isFirst = self[one.feed] == nil
            self[isFirst ? one.feed : one.byHash] = one.head
        }
    }
}

extension FeedHead {
    /// The name of the changeset by its own hash, as that of a branch: of the hash the first 16 bytes are known.
    package var byHash: FeedID { feed.on(FeedBranch(first: head.seq, hash: head.hash.padded)) }
}

extension HashPrefix {
    /// The 16 bytes with 16 zeros behind them.
    fileprivate var padded: Bytes32 { Bytes32(bytes + [UInt8](repeating: 0, count: 16)) ?? .zero }
}
