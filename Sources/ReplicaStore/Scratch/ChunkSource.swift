import ReplicaModel
import SQLiteAccess

/// The chunks of a log for a replica that is made by folding it again, which so has none of its own: they would be
/// packed, written and unpacked for nothing.
final class ChunkSource {
    private let original: Transaction
    /// The first error: what cannot be read cannot be folded again, where a replica would let one changeset wait.
    private(set) var failure: StoreError?
    /// The changesets that are folded next, by hash.
    private var expected: [Bytes32: LoggedChangeset] = [:]

    /// The changeset that was looked for last beside those, for its chunks are asked for one after the other.
    private var last: LoggedChangeset?

    init(_ original: Transaction) { self.original = original }

    func expect(_ changeset: LoggedChangeset) { expected[changeset.hash] = changeset }

    func forget() { expected.removeAll(keepingCapacity: true) }

    /// A chunk of a changeset of the copy, held against its hash.
    func chunk(of changeset: LoggedChangeset, number: Int) throws(StoreError) -> [UInt8] {
        do { return try read(changeset, number) } catch {
            failure = failure ?? error
            throw error
        }
    }

    private func read(_ changeset: LoggedChangeset, _ number: Int) throws(StoreError) -> [UInt8] {
        if let known = expected[changeset.hash] { return try original.log.chunk(of: known, number: number) }
        if let last, last.hash == changeset.hash { return try original.log.chunk(of: last, number: number) }
        let (feed, seq) = (changeset.header.feed, changeset.header.seq)
        guard let dot = try original.log.dot(seq, of: feed, as: { $0 == changeset.hash }) else {
            throw .spoilt(feed: feed, seq: seq)
        }
        let found = try original.log.logged(dot)
        last = found
        return try original.log.chunk(of: found, number: number)
    }
}
