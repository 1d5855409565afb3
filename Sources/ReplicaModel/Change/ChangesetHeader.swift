/// The signed part of a changeset: who, where in the feed, what the author had seen, and the hashes of the chunks that
/// the operations travel in. A changeset's hash is the hash of its encoded header.
package struct ChangesetHeader: Hashable, Sendable {
    package let feed: FeedID
    /// The number in the feed, from 1, without a gap.
    package let seq: UInt64
    /// Hash of the header before; zero for the first.
    package let previous: Bytes32
    package let stamp: Stamp
    /// The head of each feed that advanced since the feed's previous changeset. The own feed is not in it, for its head
    /// is seq - 1 and `previous`.
    package let contextAdvance: Context
    package let operationCount: UInt64
    /// SHA-256 of each chunk, in order. A chunk has at most 64 KiB.
    package let chunkHashes: [Bytes32]

    package init(
        feed: FeedID, seq: UInt64, previous: Bytes32, stamp: Stamp, contextAdvance: Context, operationCount: UInt64,
        chunkHashes: [Bytes32]
    ) {
        self.feed = feed
        self.seq = seq
        self.previous = previous
        self.stamp = stamp
        self.contextAdvance = contextAdvance
        self.operationCount = operationCount
        self.chunkHashes = chunkHashes
    }
}
