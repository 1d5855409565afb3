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
        var remains = ReplicaRemains(
            chunks: try count(of: "caravan_chunk"), staged: try count(of: "caravan_staged"))
        for row in try transaction.connection.rows("SELECT feed, seq, body FROM caravan_staged") {
            guard case .integer(let feed) = row[0], case .integer(let seq) = row[1], case .integer(let body) = row[2]
            else { continue }
            guard feed < transaction.state.feeds.count, transaction.state.feeds[Int(feed)].held + 1 == UInt64(seq)
            else { continue }
            remains.awaited += 1
            remains.awaitedChunks += try transaction.log.chunkCount(body: body)
        }
        for table in transaction.state.tables {
            remains.notes += try PendingNotes(connection: transaction.connection, table: table).count()
        }
        return remains
    }

    private func count(of table: String) throws(StoreError) -> Int {
        guard case .integer(let count)? = try transaction.connection.value("SELECT count(*) FROM \(table)") else {
            return 0
        }
        return Int(count)
    }
}
