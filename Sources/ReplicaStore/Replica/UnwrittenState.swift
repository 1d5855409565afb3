import ReplicaModel
import SQLiteAccess

/// The part of a transaction's state that the file has not yet: of feeds and stamps only what the last of many
/// changesets left is written, once.
struct UnwrittenState {
    /// Feeds of which more is held or applied.
    private var feeds: Set<FeedOrdinal> = []
    /// Whether a greater stamp is followed.
    var hasFollowed = false
    /// The last number that was given to chunks; nil where none was.
    var lastBody: Int64?
    /// Whether changesets are arriving through the file; nil where nobody has looked.
    var isStaging: Bool?

    mutating func note(_ feed: FeedOrdinal) { feeds.insert(feed) }

    func write(to transaction: Transaction) throws(StoreError) {
        try transaction.log.write(feeds)
        if hasFollowed { try transaction.stamps.writeFollowed() }
        if let lastBody { try transaction.setMeta("bodies", .integer(lastBody)) }
    }
}
