import ReplicaModel
import SQLiteAccess
import SyncWire

/// The reports that a replica gives people. `verify` notes what it finds that the disk altered; nothing else here
/// writes to the replica.
package struct ReplicaReports {
    let replica: Replica

    /// The conflicts that people should look at, by table, key, and column. Derived from row clocks, so it costs what
    /// is open and not what is stored.
    package func conflicts(table wanted: Identifier? = nil) throws(StoreError) -> [ConflictReport] {
        try replica.read().conflictReports.conflicts(table: wanted)
    }

    /// The same one by one, as long as `goesOn` says so, read a little ahead.
    ///
    /// - Parameters:
    ///   - kind: as `ConflictReport.kindName`; nil for every kind.
    ///   - after: what was listed before.
    package func eachConflict(
        table: Identifier?, kind: String? = nil, after: ConflictPlace? = nil, while goesOn: (ConflictReport) -> Bool
    ) throws(StoreError) {
        try ConflictList(replica: replica, table: table, kind: kind, after: after).each(while: goesOn)
    }

    /// The whole values of a cell's candidates, in their order, where they are few and found at once; nil else.
    package func quickValues(of report: ConflictReport) throws(StoreError) -> [Value]? {
        try replica.read().conflictReports.quickValues(of: report)
    }

    /// The same with a function that reads the whole value of a candidate, by its place: of a long one the report has
    /// the beginning. Nil where it cannot be read, which then is thrown.
    package func eachConflict(
        table: Identifier?, kind: String? = nil, after: ConflictPlace? = nil,
        reading goesOn: (ConflictReport, (Int) -> Value?) -> Bool
    ) throws(StoreError) {
        var failure: StoreError?
        try ConflictList(replica: replica, table: table, kind: kind, after: after).each { report in
            let hasMore = goesOn(report) { place in
                guard case .cell(_, _, let candidates) = report.kind, candidates.indices.contains(place) else {
                    return nil
                }
                do throws(StoreError) {
                    return try replica.read().conflictReports.value(of: candidates[place], in: report)
                } catch {
                    failure = error
                    return nil
                }
            }
            return hasMore && failure == nil
        }
        if let failure { throw failure }
    }

    /// Lists applied changesets in the order in which this replica applied them: newest first, or oldest first if
    /// reversed.
    package func log(_ filter: LogFilter, each: (ChangesetReport) -> Void) throws(StoreError) {
        try eachChangeset(filter) { report in
            each(report)
            return true
        }
    }

    /// The same as long as `goesOn` says so.
    package func eachChangeset(
        _ filter: LogFilter, while goesOn: (ChangesetReport) -> Bool
    ) throws(StoreError) {
        try replica.read().logReports.log(filter, while: goesOn)
    }

    /// A visible row with who wrote each of its fields; nil if there is none.
    package func record(table name: Identifier, key: [Value]) throws(StoreError) -> RecordReport? {
        try replica.read().recordReports.record(table: name, key: key)
    }

    /// The versions of a row, in the order in which this replica applied them. Nothing is indexed by row: the bytes of
    /// its key are looked for in the log, and only changesets that have them are read.
    package func history(table name: Identifier, key: [Value]) throws(StoreError) -> [VersionReport] {
        try replica.read().recordReports.history(table: name, key: key)
    }

    /// How many changesets cannot be applied here, for a reason that is this node's.
    package func failedCount() throws(StoreError) -> Int {
        try replica.read().statusReports.failedCount
    }

    /// How many changesets of a site do not count, for they lie beyond the end of its right.
    package func quarantinedCount(of site: SiteID) throws(StoreError) -> Int {
        let state = try replica.read().state
        return state.quarantined.count { state.feed($0.feed).id.site == site }
    }

    package func counts() throws(StoreError) -> ReplicaCounts {
        try replica.read().statusReports.counts()
    }

    package func remains() throws(StoreError) -> ReplicaRemains {
        try replica.read().statusReports.remains()
    }

    /// The work that this replica has before it, in numbers.
    package func load() throws(StoreError) -> ReplicaLoad { try replica.read().statusReports.load() }

    /// Changesets of which only a part has come.
    package func unfinished() throws(StoreError) -> [UnfinishedReport] {
        try replica.read().statusReports.unfinished()
    }

    /// The stamp of the oldest changeset that is held here and not in `vector`; nil where there is none.
    package func earliest(after vector: Vector) throws(StoreError) -> Stamp? {
        try replica.read().statusReports.earliest(after: vector)
    }

    /// Why this node may not write; nil if it may.
    package func writeRefusal() throws(StoreError) -> String? {
        try replica.read().capture.writeRefusal()
    }

    /// Whether a site that ended its own right named something among what counts that is not here. Where somebody else
    /// ended it, too, nothing is waited for.
    package func lacksBeforeOwnEnd(of site: SiteID) throws(StoreError) -> Bool {
        let transaction = try replica.read()
        let cuts = transaction.state.roster.judgement.cuts.filter { $0.cut.site == site && $0.cut.role == nil }
        guard cuts.allSatisfy({ $0.record.author == site }) else { return false }
        return cuts.contains { counting in
            counting.cut.ends.heads.contains { feed, head in transaction.toldHoldings.held(of: feed.base) < head.seq }
        }
    }

    /// The findings of what is wrong with this replica or soon will be. Each finding stands on its own: what cannot be
    /// looked at hides none of the others.
    package func findings() throws(StoreError) -> [DoctorFinding] { try replica.read().doctor.findings() }

    /// SHA-256 over every visible row of the people's tables, computed from the tables and not from the log: equal on
    /// two replicas with equal vectors. The protocol article gives the exact bytes.
    package func digest() throws(StoreError) -> Bytes32 { try replica.read().statusReports.digest() }

    /// Checks, for every changeset of the log, that its header has the hash that is recorded and names the one before,
    /// that its author signed it, and that its chunks are those that the header names.
    ///
    /// - Parameter progress: changesets done and in all.
    package func verify(progress: (Int, Int) -> Void) throws(StoreError) -> VerifyReport {
        let (report, altered) = try replica.read().verification.verify(progress: progress)
        // A file that cannot be written now is reported on all the same.
        if !altered.isEmpty { try? replica.write { try $0.spoilt.list(spoilt: altered) } }
        return report
    }

    /// Has SQLite check the file, folds the whole log again and compares every table, what is kept beside each row, and
    /// every conflict with what stands here. Of each table the first row that differs is named. Nothing is pending.
    ///
    /// - Parameter progress: changesets done and in all.
    package func verifyDeep(progress: (Int, Int) -> Void) throws(StoreError) -> [VerifyReport.Finding] {
        try replica.read().verification.verifyDeep(progress: progress)
    }

    /// The first damage that SQLite finds in the pages of the file; nil if there is none.
    package func damage() throws(StoreError) -> String? {
        try replica.read().fileCheck.fileFindings(inShort: true).damage.first
    }

    /// Advice on what to do about a replica that is damaged.
    package static let damageAdvice =
        "restore a backup, or join anew in another folder, which brings back whatever a peer holds"

    /// Advice on what to do about a changeset of the log that the disk altered.
    package static let spoiltAdvice =
        "it is given to nobody, and comes again from the next peer that has it: sync, and have the disk checked"
}
