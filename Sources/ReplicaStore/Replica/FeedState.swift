import ReplicaModel

/// A feed as this replica has it.
struct FeedState {
    let ordinal: FeedOrdinal
    /// The feed; of a way that another feed went, the branch with which it begins.
    let id: FeedID
    /// The number behind which its own changesets begin; 0 but for a way that begins behind a changeset of another.
    var after: UInt64 = 0
    /// The highest seq that is whole, covered by a checked signature, and durable.
    var held: UInt64
    /// Hash of the changeset at `held`; zero if there is none.
    var hash: Bytes32
    var applied: UInt64
    /// The context of the changeset at `applied`; its own feed stands at `applied` - 1.
    var context: VersionVector
}

/// The knowledge that a transaction has of its replica: what the file said when it began, which is read anew where
/// another connection may have written, and what the transaction has done since.
struct ReplicaState {
    var alliance: Bytes32
    var site: SiteID
    var incarnation: Incarnation
    /// The feeds of which this replica has heard, by ordinal.
    var feeds: [FeedState] = []
    var ordinals: [FeedID: FeedOrdinal] = [:]
    /// The ways that begin behind a changeset of another.
    var branchings: [FeedForks.Branching] = []
    /// The ways that feeds went, as they follow from the branchings.
    var forks = FeedForks()
    var applied = VersionVector()
    var clock = StampClock()
    /// The clock of the last peer met that kept time; nil before any was. Whether it still counts, the roster says.
    var clockOffset: ClockOffset?
    var nextPosition: Int64 = 1
    /// The definitions that count, in the order in which it was applied.
    var facts: [SchemaFact] = []
    var tables: [TableState] = [] {
        didSet {
            places = TablePlaces(tables)
            references = ReferenceMap(tables, places)
            addedOrigins = Set(tables.flatMap { table in table.addedColumns.flatMap { table.columns[$0].origins } })
        }
    }
    private(set) var places = TablePlaces()
    private(set) var references = ReferenceMap()
    /// The control changesets that gave a table a column that not everybody knows who knows the table.
    private(set) var addedOrigins: Set<Dot> = []
    /// The first changeset of each feed whose author had seen a control changeset of `addedOrigins`, or one with a cut:
    /// its seq, by that control changeset and by feed.
    var knownSince: [Dot: [FeedOrdinal: UInt64]] = [:]
    /// The replicated indexes, in the order of their names.
    var indexes: [IndexState] = []
    var roster = Roster()
    /// The changesets that do not count although they are not void.
    var quarantined: Set<Dot> = []
    /// The feeds with something held that is not applied, each with what its next changeset waits for, as far as it was
    /// looked at.
    private(set) var waiting: [FeedOrdinal: Waiting] = [:]
    /// The same by the feeds that it waits for, as headers name them.
    private(set) var waiters: [FeedID: Set<FeedOrdinal>] = [:]
    /// The heads before the first changeset that the disk altered, of feeds that have one: what others are told ends
    /// there.
    var sound: [FeedOrdinal: Head] = [:]

    mutating func setWaiting(_ new: Waiting?, of feed: FeedOrdinal) {
        if let awaited = waiting[feed]?.awaited {
            waiters[awaited]?.remove(feed)
            if waiters[awaited]?.isEmpty ?? false { waiters[awaited] = nil }
        }
        waiting[feed] = new
        if let awaited = new?.awaited { waiters[awaited, default: []].insert(feed) }
    }

    // Asked with every changeset: where it is part of its caller, nothing else of the state is copied for it.
    @inline(__always)
    func feed(_ ordinal: FeedOrdinal) -> FeedState { feeds[ordinal.number] }

    @inline(__always)
    func feed(_ id: FeedID) -> FeedState? { ordinals[id].map { feeds[$0.number] } }

    /// Whether others take what this node writes.
    var mayWrite: Bool { roster.mayWrite(site) }

    func table(named name: Identifier) -> TableState? { places.ofNames[name].map { tables[$0] } }

    func table(id: Int64) -> TableState? { places.ofIDs[id].map { tables[$0] } }

    /// The table of which another schema speaks; nil where there is none.
    func table(sameAs merged: MergedTable) -> TableState? {
        places.ofBases[merged.base]?.first { tables[$0].merged.isSame(as: merged) }.map { tables[$0] }
    }

    /// The changeset with which a feed ends for others.
    func soundHead(of feed: FeedState) -> Head {
        sound[feed.ordinal] ?? Head(seq: feed.held, hash: HashPrefix(feed.hash))
    }

    /// Whether the roster is what the control changesets come to that others are told of: none of them waits, and the
    /// disk altered none.
    var isRosterAsTold: Bool {
        feeds.allSatisfy { feed in
            feed.id.scope != .control || (feed.applied == feed.held && sound[feed.ordinal] == nil)
        }
    }

    var held: VersionVector {
        var out = VersionVector()
        for feed in feeds where feed.held > feed.after { out[feed.ordinal] = feed.held }
        return out
    }
}
