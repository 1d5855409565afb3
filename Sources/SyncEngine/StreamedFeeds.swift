import ReplicaModel
import SyncWire

/// How far the feeds of one stream have come. Numbers ascend, from above what this side's hello named, so that an
/// honest peer sends nothing twice; and what is skipped costs work all the same.
struct StreamedFeeds {
    /// Changesets and bytes, of headers and chunks, that may come again: more than any mistake makes, and little work.
    static let repeatsMax = 64
    static let repeatedBytesMax = 4 << 20

    private var last: Vector = [:]
    /// The numbers up to which the sender expects to hear that this side holds everything.
    private(set) var whole: Vector = [:]
    /// The greatest number of each feed that came.
    private(set) var came: Vector = [:]
    /// The feeds of which something came since the last ack.
    private var unacknowledged: Set<FeedID> = []
    private var repeats = 0
    private var repeatedBytes = 0
    /// The chunks that come are of a changeset that came before.
    private var isRepeating = false

    /// - Parameter held: what the hello names.
    mutating func begin(above held: Vector) {
        last.merge(held) { max($0, $1) }
        whole.merge(held) { max($0, $1) }
    }

    /// - Parameter held: what the vector names that takes the place of the hello's.
    mutating func beginAnew(above held: Vector) { (last, whole) = (held, held) }

    /// Gives the feeds of which something came since this was called last.
    mutating func takeUnacknowledged() -> Set<FeedID> {
        defer { unacknowledged = [] }
        return unacknowledged
    }

    /// False once what came before, or the hello named, has come again beyond reason.
    mutating func mayTake(_ item: ChangeItem) -> Bool {
        switch item {
        case .header(let header):
            let (feed, seq) = (header.header.feed, header.header.seq)
            isRepeating = seq <= last[feed] ?? 0
            came[feed] = max(came[feed] ?? 0, seq)
            unacknowledged.insert(feed)
            if seq == (whole[feed] ?? 0) + 1 { whole[feed] = seq }
            guard isRepeating else {
                last[feed] = seq
                return true
            }
            repeats += 1
            repeatedBytes += header.bytes.count
            return repeats <= Self.repeatsMax && repeatedBytes <= Self.repeatedBytesMax
        case .chunk(let bytes):
            guard isRepeating else { return true }
            repeatedBytes += bytes.count
            return repeatedBytes <= Self.repeatedBytesMax
        }
    }
}
