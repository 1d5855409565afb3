import ReplicaModel
import SQLiteAccess

/// The changesets that count, in the order in which this replica applied them.
struct CountedChangesets {
    private let rows: Statement

    init(_ transaction: Transaction) throws(StoreError) {
        rows = try transaction.connection.prepare(
            "SELECT feed, seq FROM caravan_changeset WHERE position IS NOT NULL AND standing = 0 ORDER BY position")
    }

    func next() throws(StoreError) -> Dot? {
        guard try rows.step() else { return nil }
        return try rows.dot(feedAt: 0, seqAt: 1)
    }

    /// Those of a site that were stamped from one moment up to another, both included.
    ///
    /// - Parameters:
    ///   - since: milliseconds since 1970.
    ///   - until: the same.
    static func of(
        _ site: SiteID, since: Int64, until: Int64, _ transaction: Transaction
    ) throws(StoreError) -> [Dot] {
        var out: [Dot] = []
        for feed in transaction.state.feeds where feed.id.site == site && feed.id.scope == .alliance {
            let rows = try transaction.connection.rows(
                """
                SELECT seq FROM caravan_changeset WHERE feed = ?1 AND position IS NOT NULL AND standing = 0 AND \
                (stamp >> 16 & 281474976710655) BETWEEN ?2 AND ?3
                """, [.integer(Int64(feed.ordinal.number)), .integer(since), .integer(until)])
            out += rows.compactMap { row in
                if case .integer(let seq)? = row.first { Dot(feed: feed.ordinal, seq: UInt64(seq)) } else { nil }
            }
        }
        return out
    }
}
