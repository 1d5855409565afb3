import ReplicaModel
import SyncWire

/// How far the feeds of one stream have come. Numbers ascend, from above what this side's hello named, so that an honest peer sends nothing twice;
/// and what is skipped costs work all the same.
struct StreamedFeeds {
    enum Note {
        case fresh
        /// Of a changeset that came before, or that the hello named.
        case again
        case beyondReason
    }

    /// Changesets and bytes that may come again: more than any mistake makes, and little work.
    static let repeatsMax = 64
    static let repeatedBytesMax = 4 << 20

    private var last: Vector = [:]
    private var repeats = 0
    private var repeatedBytes = 0
    /// The chunks that come are of a changeset that came before.
    private var isRepeating = false

    /// - Parameter held: what the hello names.
    mutating func begin(above held: Vector) { last.merge(held) { max($0, $1) } }

    mutating func note(_ item: ChangeItem) -> Note {
        switch item {
        case .header(let header):
            let (feed, seq) = (header.header.feed, header.header.seq)
            isRepeating = seq <= last[feed] ?? 0
            guard isRepeating else {
                last[feed] = seq
                return .fresh
            }
            repeats += 1
            return repeats > Self.repeatsMax ? .beyondReason : .again
        case .chunk(let bytes):
            guard isRepeating else { return .fresh }
            repeatedBytes += bytes.count
            return repeatedBytes > Self.repeatedBytesMax ? .beyondReason : .fresh
        }
    }
}
