import ReplicaModel
import ReplicaStore
import SyncWire

/// How far the feeds of one stream have come. Numbers ascend, from above what this side's hello named, so that an
/// honest peer sends nothing twice; and what is skipped costs work all the same.
struct StreamedFeeds {
    /// Changesets and bytes, of headers and chunks, that may come again: more than any mistake makes, and little work.
    static let repeatsMax = 64
    static let repeatedBytesMax = 4 << 20

    /// Feeds are named as this side names them, with branches where they went two ways.
    private var last: Vector = [:]
    /// The names of the feeds of which something came, by the hash of the last that did: what follows it is of the
    /// same.
    private var names: [Bytes32: FeedID] = [:]
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

    /// Notes that what is behind a changeset comes again, because the sender knows of branches of its feed of which
    /// this side does not, or was told by marks what is here.
    mutating func expectAgain(_ feed: FeedID, above seq: UInt64) {
        last[feed] = min(last[feed] ?? 0, seq)
        whole[feed] = min(whole[feed] ?? 0, seq)
    }

    /// The name of the feed, or branch, of what comes.
    ///
    /// - Parameter find: asks the replica.
    mutating func name(
        of header: UnverifiedHeader, find: (UnverifiedHeader) throws(StoreError) -> FeedID
    ) throws(StoreError) -> FeedID {
        let known = names.removeValue(forKey: header.header.previous)
        let name = if let known, known.base == header.header.feed { known } else { try find(header) }
        names[header.hash] = name
        return name
    }

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

    /// - Parameter name: of the feed of a header.
    /// - Returns: false once what came before, or the hello named, has come again beyond reason.
    mutating func mayTake(_ item: ChangeItem, of name: FeedID? = nil) -> Bool {
        switch item {
        case .header(let header):
            let (feed, seq) = (name ?? header.header.feed, header.header.seq)
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
