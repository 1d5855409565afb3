import ReplicaModel

extension ConflictReports {
    /// The open conflicts, in which writes are told by number and hash where their feed is one of these: those that
    /// went two ways have names by what a replica holds, and one that applied less holds less.
    func conflicts(naming forked: Set<FeedID>) throws(StoreError) -> [ConflictReport] {
        let reports = try conflicts()
        guard !forked.isEmpty else { return reports }
        return try reports.map { (report) throws(StoreError) in
            ConflictReport(table: report.table, key: report.key, kind: try named(report.kind, forked))
        }
    }

    private func named(_ kind: ConflictReport.Kind, _ forked: Set<FeedID>) throws(StoreError) -> ConflictReport.Kind {
        switch kind {
        case .cell(let column, let shown, let candidates):
            let renamed = try candidates.map { (candidate) throws(StoreError) in
                candidate.with(try named(candidate.write, forked))
            }
            return .cell(column: column, shown: shown, candidates: renamed)
        case .deletedEdited(let deletes):
            let renamed = try deletes.map { (write) throws(StoreError) in try named(write, forked) }
            return .deletedEdited(deletes: renamed.sorted { ($0.feed, $0.seq) < ($1.feed, $1.seq) })
        case .kept, .duplicate, .invalid: return kind
        }
    }

    private func named(_ write: WriteReport, _ forked: Set<FeedID>) throws(StoreError) -> WriteReport {
        guard forked.contains(write.feed.base), let dot = transaction.state.dot(write.seq, of: write.feed) else {
            return write
        }
        let name = try transaction.log.identity(of: dot)
        return WriteReport(site: write.site, feed: name, seq: write.seq, stamp: write.stamp)
    }
}
