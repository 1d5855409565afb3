import ReplicaModel
import SQLiteAccess

/// A comparison of what two replicas keep of the rows of one table beside the rows: of each cell who wrote it, of each
/// row who deleted it and nobody answered. By feeds and names, for each replica has numbers of its own for those.
struct ClockComparison {
    private struct Write: Hashable {
        let feed: FeedID
        let seq: UInt64
        let isKilled: Bool
        let value: Value?
    }

    private struct Clock: Equatable {
        /// The writes of cells by column; those of nil are the key's.
        var cells: [Identifier?: Set<Write>] = [:]
        var openDeletes: Set<Write> = []
        let isThere: Bool
    }

    private struct Side {
        let transaction: Transaction
        let tableRows: TableRows
        let keys: Statement

        init(_ table: TableState, of transaction: Transaction) throws(StoreError) {
            self.transaction = transaction
            tableRows = try transaction.tableRows(of: table)
            keys = try transaction.connection.prepare(
                "SELECT \(table.clockKeys) FROM caravan_clock_\(table.id) ORDER BY \(table.clockKeys)")
        }

        func next() throws(StoreError) -> [Value]? { try keys.step() ? keys.row : nil }

        func clock(_ key: [Value]) throws(StoreError) -> Clock? {
            guard let record = try tableRows.record(key) else { return nil }
            var out = Clock(isThere: record.archive == nil)
            out.cells[nil] = try writes(record.clock.candidates(of: RowClock.keyColumn))
            for (place, column) in tableRows.table.valueColumns.enumerated() {
                out.cells[column.name] = try writes(record.clock.candidates(of: place))
            }
            out.openDeletes = try writes(record.clock.openDeletes.map { .init(dot: $0, isKilled: false, value: nil) })
            return out
        }

        /// Told by hashes where the feed went two ways: the other side may know of one alone.
        private func name(of dot: Dot) throws(StoreError) -> FeedID {
            let feed = transaction.state.feed(dot.feed).id
            return transaction.state.forks.lines.isForked(feed) ? try transaction.log.identity(of: dot) : feed
        }

        private func writes(_ candidates: [RowClock.Candidate]) throws(StoreError) -> Set<Write> {
            Set(
                try candidates.map { (candidate) throws(StoreError) in
                    // A number that no feed has is no changeset's.
                    let feed =
                        transaction.state.feeds.indices.contains(candidate.dot.feed.number)
                        ? try name(of: candidate.dot) : nil
                    let nobody = FeedID(site: SiteID(Bytes32.zero), incarnation: .first, scope: .control)
                    return Write(
                        feed: feed ?? nobody, seq: candidate.dot.seq, isKilled: candidate.isKilled,
                        value: candidate.value)
                })
        }
    }

    private let here: Side
    private let there: Side
    private var hasBegun = false
    private var mine: [Value]?
    private var other: [Value]?

    init(_ table: TableState, of transaction: Transaction, and other: TableState, of scratch: Transaction)
        throws(StoreError)
    {
        here = try Side(table, of: transaction)
        there = try Side(other, of: scratch)
    }

    /// The next row of which they do not keep the same, from the first key to the last; nil at the end.
    mutating func next() throws(StoreError) -> [Value]? {
        if !hasBegun { (hasBegun, mine, other) = (true, try here.next(), try there.next()) }
        while mine != nil || other != nil {
            let (left, right) = (mine, other)
            if let left, left == right {
                (mine, other) = (try here.next(), try there.next())
                if try here.clock(left) != there.clock(left) { return left }
            } else if let left, right.map({ left.lexicographicallyPrecedes($0) }) ?? true {
                mine = try here.next()
                return left
            } else {
                other = try there.next()
                return right
            }
        }
        return nil
    }

    /// Keeps of a row here what is kept of it there.
    func mend(_ key: [Value]) throws(StoreError) {
        guard let record = try there.tableRows.record(key) else { return try here.tableRows.forget(key) }
        try here.tableRows.save(try translated(record), key: key)
    }

    /// With this side's numbers of feeds and places of columns.
    private func translated(_ record: RowRecord) throws(StoreError) -> RowRecord {
        let (table, names) = (here.tableRows.table, there.tableRows.table.valueColumns.map(\.name))
        let clock = record.clock
        var registers: [RowClock.Register] = []
        for register in clock.registers {
            let place =
                register.column == RowClock.keyColumn
                ? register.column : table.valueColumns.firstIndex { $0.name == names[register.column] }
            guard let place else { continue }
            let candidates = try register.candidates.map { (candidate) throws(StoreError) in try translated(candidate) }
            registers.append(.init(column: place, candidates: candidates))
        }
        let archive = record.archive.map { values in
            table.valueColumns.enumerated().map { place, column in
                names.firstIndex(of: column.name).map { values[$0] } ?? table.defaults[place]
            }
        }
        return RowRecord(
            clock: RowClock(
                columnCount: clock.columnCount,
                base: try clock.base.map { (base) throws(StoreError) in try translated(base) },
                registers: registers.sorted { $0.column < $1.column },
                openDeletes: try clock.openDeletes.map { (dot) throws(StoreError) in try translated(dot) },
                earlierInserts: try clock.earlierInserts.map { (dot) throws(StoreError) in try translated(dot) }),
            archive: archive)
    }

    private func translated(_ candidate: RowClock.Candidate) throws(StoreError) -> RowClock.Candidate {
        .init(
            dot: try translated(candidate.dot), isKilled: candidate.isKilled, value: candidate.value,
            isQuarantined: candidate.isQuarantined)
    }

    private func translated(_ dot: Dot) throws(StoreError) -> Dot {
        let feed = try there.transaction.log.identity(of: dot)
        guard let own = try here.transaction.log.dot(identified: feed) else {
            throw .damaged("\(here.transaction.file.path) does not list feed \(feed)")
        }
        return own
    }
}
