import ReplicaModel
import SQLiteAccess

/// Takes changesets back by writing as a person would: on a connection with triggers, in one transaction, of which the
/// next sealing makes one changeset. So it can be taken back itself.
package struct Undoer {
    /// The changesets to take back.
    package enum Choice: Sendable {
        /// Changesets, each by its feed and seq.
        case changesets([(feed: FeedID, seq: UInt64)])
        /// The changesets of one site from one moment up to another, in milliseconds since 1970.
        case site(SiteID, since: Int64, until: Int64)
    }

    private let replica: Replica
    private let connection: Connection
    private let now: Int64

    /// - Parameter now: milliseconds since 1970.
    package init(replica: Replica, now: Int64) throws(StoreError) {
        self.replica = replica
        self.now = now
        connection = try Connection(path: replica.path, access: .readWrite, on: replica.connection.disk)
    }

    /// Takes changesets back. What is pending was sealed before.
    ///
    /// - Parameters:
    ///   - isDry: whether nothing is kept of it.
    ///   - progress: changesets read and in all.
    /// - Returns: what was done; nil, with nothing done, where somebody wrote meanwhile: seal, and do it again.
    /// - Throws: `notFound` where there is no such changeset, `notAllowed` for a reader, and of what does not count or
    ///   is no changeset of the people's tables.
    package func undo(
        _ choice: Choice, isDry: Bool, progress: (Int, Int) -> Void
    ) throws(StoreError) -> UndoReport? {
        let plan = try plan(choice, progress: progress)
        let trial = isDry ? try TrialCopy.of(try replica.read(), trying: plan.rows.count) : nil
        defer { withExtendedLifetime(trial) {} }
        let connection = trial?.connection ?? connection
        // The replica's own guards then refuse each row that would leave a reference without its row, at once; ON
        // DELETE would take rows along that others wrote.
        try connection.run("PRAGMA foreign_keys = OFF")
        try connection.begin(isWriting: true)
        defer { connection.rollBack() }
        let present = try replica.read()
        guard present.state.applied == plan.applied, try !present.capture.hasPending() else { return nil }
        let writer = UndoWriter(connection: connection, transaction: present, now: now)
        let report = try writer.carryOut(plan)
        if !isDry { try connection.run("COMMIT") }
        return report
    }

    private func plan(_ choice: Choice, progress: (Int, Int) -> Void) throws(StoreError) -> UndoPlan {
        let transaction = try replica.read()
        guard transaction.state.mayWrite else {
            throw .notAllowed("this node may not write: ask an admin for another role")
        }
        let taken = Set(try dots(choice, transaction))
        return try UndoPlan(takingBack: taken, transaction, progress: progress)
    }

    private func dots(_ choice: Choice, _ transaction: Transaction) throws(StoreError) -> [Dot] {
        switch choice {
        case .site(let site, let since, let until):
            return try AppliedChangesets.counting(of: site, since: since, until: until, in: transaction)
        case .changesets(let names):
            var out: [Dot] = []
            for name in names { out.append(try dot(name.feed, name.seq, transaction)) }
            return out
        }
    }

    private func dot(_ feed: FeedID, _ seq: UInt64, _ transaction: Transaction) throws(StoreError) -> Dot {
        guard seq > 0, let dot = transaction.state.dot(seq, of: feed), transaction.state.applied.covers(dot)
        else { throw .notFound("there is no changeset \(feed):\(seq) here that was applied") }
        guard feed.scope == .alliance else {
            throw .notAllowed("roster and schema are not taken back: only what was written into the tables is")
        }
        switch try transaction.standings.of(dot) {
        case .counts: return dot
        case .void(let reason), .quarantined(let reason):
            throw .notAllowed("changeset \(feed):\(seq) changed nothing, so there is nothing to take back: \(reason)")
        }
    }
}
