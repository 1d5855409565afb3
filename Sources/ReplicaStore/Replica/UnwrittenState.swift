import ReplicaModel
import SQLiteAccess

/// The part of a transaction's state that the file has not yet: of feeds and stamps only what the last of many changesets
/// left is written, once.
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
        for ordinal in feeds {
            let feed = transaction.state.feed(ordinal)
            try transaction.statement(
                "UPDATE caravan_feed SET held = ?2, hash = ?3, applied = ?4, context = ?5 WHERE ordinal = ?1"
            ).run([
                .integer(Int64(ordinal.number)), .integer(Int64(feed.held)), .blob(feed.hash.bytes),
                .integer(Int64(feed.applied)), .blob(VectorBlob.encode(feed.context)),
            ])
        }
        if hasFollowed { try transaction.stamps.writeFollowed() }
        if let lastBody { try transaction.setMeta("bodies", .integer(lastBody)) }
    }
}
