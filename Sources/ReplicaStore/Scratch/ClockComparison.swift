import ReplicaModel

/// What two replicas keep of the rows of one table beside the rows, side by side: of each cell who wrote it, of each row who deleted it and nobody answered.
/// By feeds and names, for each replica has numbers of its own for those.
struct ClockComparison {
    private struct Write: Hashable {
        let feed: FeedID
        let seq: UInt64
        let isKilled: Bool
        let value: Value?
    }

    private struct Clock: Equatable {
        /// By column; that of nil is the key's.
        var cells: [Identifier?: Set<Write>] = [:]
        var openDeletes: Set<Write> = []
        let isThere: Bool
    }

    private struct Side {
        let replica: Replica
        let folder: TableFolder
        let keys: Statement

        init(_ table: TableState, of replica: Replica) throws(StoreError) {
            self.replica = replica
            folder = try replica.folder(of: table)
            keys = try replica.connection.prepare("SELECT \(table.clockKeys) FROM caravan_clock_\(table.id) ORDER BY \(table.clockKeys)")
        }

        func next() throws(StoreError) -> [Value]? { try keys.step() ? keys.row : nil }

        func clock(_ key: [Value]) throws(StoreError) -> Clock? {
            guard let record = try folder.record(key) else { return nil }
            var out = Clock(isThere: record.archive == nil)
            out.cells[nil] = writes(record.clock.candidates(of: RowClock.keyColumn))
            for (place, column) in folder.table.others.enumerated() { out.cells[column.name] = writes(record.clock.candidates(of: place)) }
            out.openDeletes = writes(record.clock.openDeletes.map { .init(dot: $0, isKilled: false, value: nil) })
            return out
        }

        private func writes(_ candidates: [RowClock.Candidate]) -> Set<Write> {
            Set(
                candidates.map { candidate in
                    // A number that no feed has is no changeset's.
                    let feed = replica.state.feeds.indices.contains(candidate.dot.feed.number) ? replica.state.feed(candidate.dot.feed).id : nil
                    let nobody = FeedID(site: SiteID(Bytes32.zero), incarnation: .first, scope: .control)
                    return Write(feed: feed ?? nobody, seq: candidate.dot.seq, isKilled: candidate.isKilled, value: candidate.value)
                })
        }
    }

    private let here: Side
    private let there: Side

    init(_ table: TableState, of replica: Replica, and other: TableState, of scratch: Replica) throws(StoreError) {
        here = try Side(table, of: replica)
        there = try Side(other, of: scratch)
    }

    /// The first row of which they do not keep the same; nil if there is none.
    func firstDifference() throws(StoreError) -> [Value]? {
        while true {
            let (mine, own) = (try here.next(), try there.next())
            guard let mine, let own else { return mine ?? own }
            guard mine == own else { return mine.lexicographicallyPrecedes(own) ? mine : own }
            guard try here.clock(mine) == there.clock(mine) else { return mine }
        }
    }
}
