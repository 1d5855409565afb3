import ReplicaModel
import SQLiteAccess

/// The changesets that this replica applied, read one after the other in the order in which it did.
struct AppliedChangesets {
    enum Choice {
        case all, notVoid, counting

        fileprivate var condition: String {
            switch self {
            case .all: ""
            case .notVoid: " AND standing <> 1"
            case .counting: " AND standing = 0"
            }
        }
    }

    private let rows: Statement
    private let feedCount: Int

    /// - Parameter position: a place in the order of application; only what was applied before is read. Nil for all.
    init(
        _ choice: Choice = .all, newestFirst: Bool = false, before position: Int64? = nil, in transaction: Transaction
    ) throws(StoreError) {
        rows = try transaction.connection.prepare(
            """
            SELECT feed, seq, standing, reason, stamp FROM caravan_changeset WHERE position IS NOT NULL\
            \(position == nil ? "" : " AND position < ?1")\(choice.condition) \
            ORDER BY position \(newestFirst ? "DESC" : "ASC")
            """)
        if let position { try rows.bind(position, at: 1) }
        feedCount = transaction.state.feeds.count
    }

    /// Goes on to the next; nil at the end.
    func next() throws(StoreError) -> Dot? {
        guard try rows.step() else { return nil }
        return try rows.dot(feedAt: 0, seqAt: 1, of: feedCount)
    }

    /// The judgement of the one that `next` gave last.
    var standing: Standing { Standing(number: rows.integer(at: 2), reason: rows.string(at: 3)) }

    /// The stamp of the one that `next` gave last, as it is recorded.
    var stamp: Stamp { Stamp(bits: UInt64(bitPattern: rows.integer(at: 4))) }

    /// The changesets of the people's tables that count, of a site, and that were stamped from one moment up to
    /// another, both included.
    ///
    /// - Parameters:
    ///   - since: milliseconds since 1970.
    ///   - until: the same.
    static func counting(
        of site: SiteID, since: Int64, until: Int64, in transaction: Transaction
    ) throws(StoreError) -> [Dot] {
        var out: [Dot] = []
        for feed in transaction.state.feeds where feed.id.site == site && feed.id.scope == .alliance {
            let rows = try transaction.connection.rows(
                """
                SELECT seq FROM caravan_changeset WHERE feed = ?1 AND position IS NOT NULL AND standing = 0 AND \
                \(RecordedStamps.milliseconds) BETWEEN ?2 AND ?3
                """, [.integer(Int64(feed.ordinal.number)), .integer(since), .integer(until)])
            out += rows.compactMap { row in
                if case .integer(let seq)? = row.first { Dot(feed: feed.ordinal, seq: UInt64(seq)) } else { nil }
            }
        }
        return out
    }
}
