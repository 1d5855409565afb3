import ReplicaModel

/// What the log has beside whole changesets, and what it should not have for long.
package struct ReplicaRemains: Hashable, Sendable {
    /// Of whole changesets and of those that are arriving.
    package var chunks = 0
    /// Changesets of which chunks are arriving.
    package var staged = 0
    /// Of what people wrote and nobody has sealed.
    package var notes = 0
}

extension Replica {
    package func remains() throws(StoreError) -> ReplicaRemains {
        try look { () throws(StoreError) in
            var remains = ReplicaRemains(
                chunks: try count(of: "caravan_chunk"), staged: try count(of: "caravan_staged"))
            for table in state.tables { remains.notes += try PendingNotes(connection: connection, table: table).count() }
            return remains
        }
    }

    private func count(of table: String) throws(StoreError) -> Int {
        guard case .integer(let count)? = try connection.value("SELECT count(*) FROM \(table)") else { return 0 }
        return Int(count)
    }
}
