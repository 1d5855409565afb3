import ReplicaModel
import SQLiteAccess
import SyncWire

/// The counts of a replica, as one moment has them.
package struct ReplicaCounts: Sendable {
    /// The applied vector of scope `alliance`.
    package var versionVector: Vector = [:]
    package var rows: [Identifier: Int] = [:]
    package var changesets = 0
    package var pending = 0
    /// Changesets that are held and cannot be applied yet.
    package var waiting = 0
    /// Waiting changesets that newer software wrote.
    package var newer = 0
    /// Waiting changesets that could not be folded into this replica, and are tried again.
    package var failed = 0
    package var void = 0
    package var quarantined = 0
    package var conflicts = 0
    /// Things that a person made and that had to go, for they stood in the way of what others write.
    package var putAside: [String] = []
}

/// Counts what a replica has.
struct StatusReports {
    let transaction: Transaction

    func counts() throws(StoreError) -> ReplicaCounts {
        var counts = ReplicaCounts()
        counts.versionVector = transaction.state.vector(transaction.state.applied).filter { $0.key.scope == .alliance }
        for feed in transaction.state.feeds {
            counts.changesets += Int(feed.held - feed.after)
            counts.waiting += Int(feed.held - feed.applied)
        }
        for table in transaction.state.tables {
            counts.rows[table.name] = try count("SELECT count(*) FROM \(table.name.quoted)")
            counts.pending += try PendingNotes(connection: transaction.connection, table: table).count()
        }
        (counts.void, counts.quarantined) = try transaction.standings.uncounted()
        counts.newer = transaction.doctor.newerCount
        counts.failed = failedCount
        counts.conflicts = try transaction.conflictReports.count()
        counts.putAside = try transaction.ownObjects.keptTexts().map(\.name)
        return counts
    }

    /// Changesets that cannot be applied here, for a reason that is this node's.
    var failedCount: Int { transaction.state.waiting.values.count { $0.tries > 0 } }

    private func count(_ sql: String) throws(StoreError) -> Int {
        guard case .integer(let count)? = try transaction.connection.value(sql) else { return 0 }
        return Int(count)
    }

    /// SHA-256 over every visible row of the people's tables, computed from the tables and not from the log: equal on
    /// two replicas with equal vectors. The protocol article gives the exact bytes.
    func digest() throws(StoreError) -> Bytes32 {
        try KeyFunction.register(on: transaction.connection)
        var hash = RunningHash()
        for table in transaction.state.tables.sorted(by: { $0.name < $1.name }) {
            try digest(table, into: &hash)
        }
        return hash.finish()
    }

    private func digest(_ table: TableState, into hash: inout RunningHash) throws(StoreError) {
        let columns = table.definition.columns.filter { $0.generated == nil }.map(\.name).sorted()
        var head = CBORWriter()
        head.write(name: table.name)
        head.write(names: columns)
        hash.update(head.bytes)
        let key = table.definition.key.map(\.quoted).joined(separator: ", ")
        let names = columns.map(\.quoted).joined(separator: ", ")
        let rows = try transaction.connection.prepare(
            "SELECT \(KeyFunction.name)(\(key)) AS caravan_order, \(names) FROM \(table.name.quoted) ORDER BY 1")
        while try rows.step() {
            var row = CBORWriter()
            row.beginArray(columns.count)
            for column in columns.indices { row.write(rows.value(at: column + 1)) }
            hash.update(rows.bytes(at: 0))
            hash.update(row.bytes)
        }
    }
}
