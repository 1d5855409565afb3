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
    private var whole: Vector = [:]
    /// The greatest number of each feed that came.
    private(set) var came: Vector = [:]
    /// The feeds of which something came in the stream that has not ended.
    private var present: Set<FeedID> = []
    /// The feeds of which something came since the last ack.
    private var unacknowledged: Set<FeedID> = []
    private var repeats = 0
    private var repeatedBytes = 0
    /// The chunks that come are of a changeset that came before.
    private var isRepeating = false

    /// Begins to count, whatever came before: of what a stranger shows not everything is kept, and it comes again.
    ///
    /// - Parameter held: what the hello names, or the vector that takes the place of the hello's.
    mutating func begin(above held: Vector) { (last, whole) = (held, held) }

    /// Notes what the sender knows besides that this side holds, because an ack named it or this side gave it: what is
    /// pushed goes on behind that.
    mutating func senderKnows(_ held: Vector) { whole.merge(held) { max($0, $1) } }

    /// Whether the sender of the stream waits for more than this side can say that it holds.
    ///
    /// - Parameter sound: what it can say.
    func reachBeyond(_ sound: Vector) -> Bool { present.contains { sound[$0] ?? 0 < whole[$0] ?? 0 } }

    /// Notes that the stream has ended.
    mutating func endStream() { present = [] }

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
            present.insert(feed)
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
