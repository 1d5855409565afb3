import ReplicaModel
import SQLiteAccess

/// The counts of what the log has beside whole changesets, and of what it should not have for long.
package struct ReplicaRemains: Hashable, Sendable {
    /// Chunks of whole changesets and of those that are arriving.
    package var chunks = 0
    /// Changesets of which chunks are arriving.
    package var staged = 0
    /// Arriving changesets that come next in their feeds, and their chunks: nobody may have them any more.
    package var awaited = 0
    package var awaitedChunks = 0
    /// Notes of what people wrote and nobody has sealed.
    package var notes = 0
}

extension StatusReports {
    func remains() throws(StoreError) -> ReplicaRemains {
        let staged = try transaction.staging.chunkCounts()
        let awaited = staged.filter(\.isNext)
        var remains = ReplicaRemains(
            chunks: try transaction.log.chunkCount(), staged: staged.count, awaited: awaited.count,
            awaitedChunks: awaited.reduce(0) { $0 + $1.chunks })
        for table in transaction.state.tables {
            remains.notes += try PendingNotes(connection: transaction.connection, table: table).count()
        }
        return remains
    }
}
