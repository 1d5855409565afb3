import ReplicaModel
import SQLiteAccess

/// The work that a replica has before it, in numbers: less than `counts` tells, and at a cost that does not grow with
/// the tables.
package struct ReplicaLoad: Sendable {
    /// Changesets that are held.
    package var changesets: UInt64 = 0
    /// Changesets that are held and cannot be applied yet.
    package var waiting: UInt64 = 0
    /// Conflicts that are listed.
    package var conflicts = 0
    /// Rows that are noted and not sealed.
    package var unsealed = 0
    /// Changesets of which only a part has come.
    package var unfinished = 0
}

extension StatusReports {
    func load() throws(StoreError) -> ReplicaLoad {
        var load = ReplicaLoad()
        for feed in transaction.state.feeds {
            load.changesets += feed.held
            load.waiting += feed.held - feed.applied
        }
        load.conflicts = try transaction.conflictReports.count()
        for table in transaction.state.tables {
            load.unsealed += try PendingNotes(connection: transaction.connection, table: table).count()
        }
        load.unfinished = try transaction.staging.unfinishedParts().count
        return load
    }

    /// Changesets of which only a part has come.
    func unfinished() throws(StoreError) -> [UnfinishedReport] {
        try transaction.staging.unfinishedParts().map { part in
            UnfinishedReport(
                feed: part.feed, seq: part.seq,
                author: transaction.state.roster.entry(of: part.feed.site)?.name ?? part.feed.site.short,
                bytes: part.bytes, last: part.last,
                dropped: part.last.map { $0 + Staging.keptMilliseconds })
        }
    }

    /// The least stamp of the changesets that follow these numbers in their feeds; nil where none does.
    func earliest(after vector: Vector) throws(StoreError) -> Stamp? {
        var earliest: Stamp?
        let state = transaction.state
        for (feed, last) in state.vector(state.held) where last > vector[feed] ?? 0 {
            guard let dot = state.dot((vector[feed] ?? 0) + 1, of: feed),
                let stamp = try transaction.recordedStamps.of(dot)
            else { continue }
            earliest = min(earliest ?? stamp, stamp)
        }
        return earliest
    }
}
