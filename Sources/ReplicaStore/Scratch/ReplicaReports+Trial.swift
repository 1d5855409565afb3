import ReplicaModel
import SQLiteAccess
import SyncWire

/// Trying what a site shows of itself, where nothing of it can be kept now.
extension ReplicaReports {
    /// Whether what a site shows that is not on the roster would put it there. It is tried without what is pending, and
    /// nothing of it stays.
    ///
    /// - Parameter now: milliseconds since 1970.
    package func wouldAdmit(_ site: SiteID, by batch: [IncomingChangeset], now: Int64) throws(StoreError) -> Bool {
        let batch = try replica.read().intake.joining(batch)
        guard try replica.read().intake.mayAdmit(site, batch) else { return false }
        return try replica.write(as: .init(isCareful: true)) { transaction in
            transaction.keepsNothing = true
            for table in transaction.state.tables {
                try PendingNotes(connection: transaction.connection, table: table).clear()
            }
            transaction.file.slice.hasAllOfControl = true
            defer { transaction.file.slice.hasAllOfControl = false }
            if case .refused = try transaction.intake.take(batch, now: now) { return false }
            return transaction.state.roster.isMember(site)
        }
    }
}
