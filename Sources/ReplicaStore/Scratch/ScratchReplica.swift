import ReplicaModel
import SQLiteAccess
import SyncWire

/// A replica of its own in a folder for such work, made by folding a log again. The folder goes with it.
package final class ScratchReplica {
    /// The choice of changesets to fold.
    package enum Extent: Sendable {
        case everything
        /// A moment, in milliseconds since 1970: of the people's scopes what was stamped until then; of a feed nothing
        /// behind the first that was not.
        case until(Int64)
        /// A vector for the people's scopes: of each feed up to this seq; of feeds that are absent nothing.
        case vector(Vector)
    }

    package let replica: Replica
    private let folder: ScratchFolder

    /// Folds the log of `original`.
    ///
    /// - Parameter progress: changesets done and in all.
    package convenience init(of original: Replica, _ extent: Extent, progress: (Int, Int) -> Void) throws(StoreError) {
        try self.init(of: try original.read(), extent, progress: progress)
    }

    /// Folds the log that a transaction sees.
    init(of original: Transaction, _ extent: Extent, progress: (Int, Int) -> Void) throws(StoreError) {
        folder = try ScratchFolder(for: original)
        replica = try Replica.create(
            path: folder.path + "/replica.sqlite", site: Self.site, alliance: original.state.alliance,
            valueBytesMax: original.file.valueBytesMax)
        (replica.file.quota, replica.file.takesStrangers, replica.file.takesKnown) = (nil, true, true)
        try replica.connection.run("PRAGMA synchronous = OFF")
        try fold(original, extent, progress: progress)
    }

    /// The site of a replica that never seals: no key is 32 zeros.
    private static let site = SiteID(Bytes32.zero)

    private func fold(_ original: Transaction, _ extent: Extent, progress: (Int, Int) -> Void) throws(StoreError) {
        let total = original.state.feeds.reduce(0) { $0 + Int($1.applied - $1.after) }
        var done = 0
        // Of each feed that ends early the first changeset that is not folded.
        var ended: [FeedOrdinal: UInt64] = [:]
        var batch: [IncomingChangeset] = []
        var weight = 0
        let source = ChunkSource(original)
        replica.file.chunks = source
        defer { replica.file.chunks = nil }
        let applied = try AppliedChangesets(in: original)
        while let dot = try applied.next() {
            done += 1
            progress(done, total)
            guard ended[dot.feed] == nil else { continue }
            guard try includes(dot, original, extent), !isCutOff(dot, original, ended) else {
                ended[dot.feed] = dot.seq
                continue
            }
            let changeset = try original.log.whole(dot)
            source.expect(changeset.logged)
            // Of one whose chunks are many more, one is read at a time all the same.
            batch.append(IncomingChangeset(header: changeset.header, chunks: []))
            weight += ApplySlice.weight(of: changeset.logged.header)
            if weight > Self.batchWeightMax || batch.count >= Self.batchChangesetsMax {
                try flush(&batch, source)
                source.forget()
                weight = 0
            }
        }
        try flush(&batch, source)
        if let left = batch.first?.header.header { throw .spoilt(feed: left.feed, seq: left.seq) }
    }

    /// The most that is folded in one transaction, by weight and number. Nobody waits for the scratch, and a
    /// transaction is a flush of the disk.
    private static let batchWeightMax = 1 << 16
    private static let batchChangesetsMax = 4_096

    /// Whether a way begins behind what is not folded.
    private func isCutOff(_ dot: Dot, _ original: Transaction, _ ended: [FeedOrdinal: UInt64]) -> Bool {
        guard !ended.isEmpty, let point = original.state.forks.lines.beginning(of: dot.feed) else { return false }
        return original.state.forks.lines.line(to: point).contains { ended[$0.feed] ?? .max <= $0.seq }
    }

    private func includes(_ dot: Dot, _ original: Transaction, _ extent: Extent) throws(StoreError) -> Bool {
        let feed = original.state.name(of: dot)
        guard feed.scope != .control else { return true }
        switch extent {
        case .everything: return true
        case .until(let instant): return try original.log.rank(of: dot).stamp.milliseconds <= instant
        case .vector(let vector): return vector[feed] ?? 0 >= dot.seq
        }
    }

    private func flush(_ batch: inout [IncomingChangeset], _ source: ChunkSource) throws(StoreError) {
        guard !batch.isEmpty else { return }
        // What has a wrong signature is vouched for by a later one of its feed.
        let present = batch
        let outcome = try replica.writeApplying { transaction in
            let outcome = try transaction.intake.take(present, now: Self.now)
            if case .refused = outcome { transaction.keepsNothing = true }
            return outcome
        }
        batch = try take(outcome)
        if let failure = source.failure { throw failure }
    }

    /// Returns what no signature vouches for yet.
    private func take(_ outcome: IntakeOutcome) throws(StoreError) -> [IncomingChangeset] {
        switch outcome {
        case .refused(let refusal): throw .damaged("the log cannot be folded again: \(refusal.sentence)")
        case .accepted(_, _, let left), .partly(_, _, let left, _): return left
        case .apart(_, _, _, let feeds):
            throw .damaged("the log cannot be folded again: feed \(feeds.min()?.description ?? "") has a gap")
        }
    }

    /// A time that says nothing: which stamps are followed does not matter where nothing is sealed.
    private static let now: Int64 = 0

    /// Runs SQL that only reads.
    ///
    /// - Parameter row: called with the column names and the values of each row.
    /// - Throws: `wrongSQL`, also for SQL that writes.
    package func query(_ sql: String, row: ([String], [Value]) -> Void) throws(StoreError) {
        do { try UserSQL(path: replica.path, isReadOnly: true).run(sql, row: row) } catch {
            guard case .readOnly = error else { throw error }
            throw .wrongSQL("what was can only be read: leave out what writes")
        }
    }
}
