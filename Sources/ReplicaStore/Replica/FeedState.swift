import ReplicaModel

/// A feed as this replica has it.
struct FeedState {
    let ordinal: FeedOrdinal
    let id: FeedID
    /// Highest seq that is whole, covered by a checked signature, and durable.
    var held: UInt64
    /// Hash of the changeset at `held`; zero if there is none.
    var hash: Bytes32
    var applied: UInt64
    /// The context of the changeset at `applied`; its own feed stands at `applied` - 1.
    var context: VersionVector
}

/// What a replica knows at the beginning of a transaction, read from the file whenever another connection may have
/// written.
struct ReplicaState {
    var alliance: Bytes32
    var site: SiteID
    var incarnation: Incarnation
    /// By ordinal.
    var feeds: [FeedState] = []
    var ordinals: [FeedID: FeedOrdinal] = [:]
    var applied = VersionVector()
    var clock = StampClock()
    var nextPosition: Int64 = 1
    /// Every definition that counts, in the order in which it was applied.
    var facts: [SchemaFact] = []
    var tables: [TableState] = [] {
        didSet {
            references = ReferenceMap(tables)
            addedOrigins = Set(tables.flatMap { table in table.addedColumns.flatMap { table.columns[$0].origins } })
        }
    }
    private(set) var references = ReferenceMap()
    /// The control changesets that gave a table a column that not everybody knows who knows the table.
    private(set) var addedOrigins: Set<Dot> = []
    /// For each of those: by feed, the first of its changesets whose author had seen it.
    var columnKnownSince: [Dot: [FeedOrdinal: UInt64]] = [:]
    /// By name.
    var indexes: [IndexState] = []
    var roster = Roster()
    /// Of feeds with something held that is not applied: what their next changeset waits for, as far as it was looked
    /// at.
    private(set) var waiting: [FeedOrdinal: Waiting] = [:]
    /// The same by the feeds that it waits for.
    private(set) var waiters: [FeedID: Set<FeedOrdinal>] = [:]
    /// Of feeds with a changeset that the disk altered: the one before the first of them, where what others are told
    /// ends.
    var sound: [FeedOrdinal: Head] = [:]

    mutating func setWaiting(_ new: Waiting?, of feed: FeedOrdinal) {
        if let awaited = waiting[feed]?.awaited {
            waiters[awaited]?.remove(feed)
            if waiters[awaited]?.isEmpty ?? false { waiters[awaited] = nil }
        }
        waiting[feed] = new
        if let awaited = new?.awaited { waiters[awaited, default: []].insert(feed) }
    }

    func feed(_ ordinal: FeedOrdinal) -> FeedState { feeds[ordinal.number] }

    func feed(_ id: FeedID) -> FeedState? { ordinals[id].map { feeds[$0.number] } }

    func table(named name: Identifier) -> TableState? { tables.first { $0.definition.name == name } }

    func table(id: Int64) -> TableState? { tables.first { $0.id == id } }

    /// What a feed ends with for others.
    func soundHead(of feed: FeedState) -> Head {
        sound[feed.ordinal] ?? Head(seq: feed.held, hash: HashPrefix(feed.hash))
    }

    /// Sound heads of one scope, or of all.
    func heads(scope: Scope?) -> [FeedID: Head] {
        var out: [FeedID: Head] = [:]
        for feed in feeds where scope == nil || feed.id.scope == scope {
            let head = soundHead(of: feed)
            if head.seq > 0 { out[feed.id] = head }
        }
        return out
    }

    /// What others are told that this replica holds.
    var soundVector: Vector { heads(scope: nil).mapValues(\.seq) }

    /// As feeds are named outside this replica.
    func vector(_ vector: VersionVector) -> Vector {
        var out: Vector = [:]
        for (feed, seq) in vector.entries where feed.number < feeds.count { out[feeds[feed.number].id] = seq }
        return out
    }

    var held: VersionVector {
        var out = VersionVector()
        for feed in feeds { out[feed.ordinal] = feed.held }
        return out
    }
}
