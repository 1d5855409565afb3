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

/// What a replica knows at the beginning of a transaction, read from the file whenever another connection may have written.
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
    var tables: [TableState] = [] {
        didSet { references = ReferenceMap(tables) }
    }
    private(set) var references = ReferenceMap()
    /// By name.
    var indexes: [IndexState] = []
    var roster = Roster()

    func feed(_ ordinal: FeedOrdinal) -> FeedState { feeds[ordinal.number] }

    func feed(_ id: FeedID) -> FeedState? { ordinals[id].map { feeds[$0.number] } }

    func table(named name: String) -> TableState? { tables.first { $0.definition.name == name } }

    func table(id: Int64) -> TableState? { tables.first { $0.id == id } }

    /// Held heads of one scope, or of all.
    func heads(scope: Scope?) -> [FeedID: Head] {
        var out: [FeedID: Head] = [:]
        for feed in feeds where feed.held > 0 && (scope == nil || feed.id.scope == scope) {
            out[feed.id] = Head(seq: feed.held, hash: HashPrefix(feed.hash))
        }
        return out
    }

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

/// A replicated index as it stands here.
struct IndexState {
    let definition: IndexDefinition
    /// A UNIQUE index that stands as a plain one, because a merge made duplicates.
    var isPlain: Bool
}

/// A replicated table with what belongs to it.
struct TableState {
    let id: Int64
    let definition: TableDefinition
    let dot: Dot
    /// The columns that are not of the key, ascending by the bytes of their names: the order of row clocks and operations.
    let others: [ColumnDefinition]
    /// The key's columns, in the order of the key.
    let keyColumns: [ColumnDefinition]

    init(id: Int64, definition: TableDefinition, dot: Dot) {
        self.id = id
        self.definition = definition
        self.dot = dot
        others = definition.others.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        keyColumns = definition.key.compactMap { definition.column($0) }
    }

    var name: String { definition.name }

    /// The key as clock tables name it.
    var clockKeys: String { (1...keyColumns.count).map { "k\($0)" }.joined(separator: ", ") }
}
