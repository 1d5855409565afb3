import ReplicaModel
import SQLiteAccess

/// A comparison of what two replicas keep of the rows of one table beside the rows: of each cell who wrote it, of each
/// row who deleted it and nobody answered. By feeds and names, for each replica has numbers of its own for those.
struct ClockComparison {
    private struct Write: Hashable {
        let feed: FeedID
        let seq: UInt64
        let isKilled: Bool
        let value: CandidateValue?
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
        let keyCount: Int
        /// The feeds that went two ways, for this side or the other.
        let forked: Set<FeedID>
        /// Key, dot and state of each clock, in the order of the keys.
        let rows: Statement
        /// Whether `rows` stands at one.
        private(set) var isAtRow = false

        init(_ table: TableState, of transaction: Transaction, forked: Set<FeedID>) throws(StoreError) {
            self.transaction = transaction
            self.forked = forked
            tableRows = try transaction.tableRows(of: table)
            keyCount = table.keyColumns.count
            rows = try transaction.connection.prepare(
                "SELECT \(table.clockKeys), dot, state FROM caravan_clock_\(table.id) ORDER BY \(table.clockKeys)")
        }

        mutating func move() throws(StoreError) { isAtRow = try rows.step() }

        var key: [Value] { (0..<keyCount).map(rows.value(at:)) }

        /// The clock at which `rows` stands, without what follows from when authors came to know of columns.
        func record() throws(StoreError) -> RowRecord {
            let base = rows.isNull(at: keyCount) ? nil : Dot(bits: rows.integer(at: keyCount))
            let count = tableRows.table.valueColumns.count
            guard !rows.isNull(at: keyCount + 1) else { return RowRecord(base: base, columnCount: count) }
            return try RowRecordCodec.decode(rows.bytes(at: keyCount + 1), base: base, columnCount: count)
        }

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

        /// Told by hashes where the feed went two ways: one side may know of one alone.
        private func name(of dot: Dot) throws(StoreError) -> FeedID {
            let feed = transaction.state.feed(dot.feed).id
            return forked.contains(feed.base) ? try transaction.log.identity(of: dot) : feed
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

    private var here: Side
    private var there: Side
    private var hasBegun = false
    /// The number that each feed of the other side has here; nil where numbers alone do not say who wrote what.
    private let feeds: [FeedOrdinal?]?

    init(_ table: TableState, of transaction: Transaction, and other: TableState, of scratch: Transaction)
        throws(StoreError)
    {
        let (mine, its) = (transaction.state, scratch.state)
        let forked = Set(mine.forks.ways.keys).union(its.forks.ways.keys)
        here = try Side(table, of: transaction, forked: forked)
        there = try Side(other, of: scratch, forked: forked)
        let isPlain =
            mine.forks.isEmpty && its.forks.isEmpty && table.addedColumns.isEmpty && other.addedColumns.isEmpty
        feeds = isPlain ? its.feeds.map { mine.ordinals[$0.id] } : nil
    }

    /// The next row of which they do not keep the same, from the first key to the last; nil at the end.
    mutating func next() throws(StoreError) -> [Value]? {
        if !hasBegun {
            hasBegun = true
            try here.move()
            try there.move()
        }
        while here.isAtRow || there.isAtRow {
            if here.isAtRow, there.isAtRow, hasSameKey {
                let key = try isAlike() ? nil : here.key
                try here.move()
                try there.move()
                if let key, try here.clock(key) != there.clock(key) { return key }
                continue
            }
            let (left, right) = (here.isAtRow ? here.key : nil, there.isAtRow ? there.key : nil)
            if let left, right.map({ left.lexicographicallyPrecedes($0) }) ?? true {
                try here.move()
                return left
            }
            try there.move()
            return right
        }
        return nil
    }

    private var hasSameKey: Bool {
        (0..<here.keyCount).allSatisfy { here.rows.cell(at: $0).isSame(as: there.rows.cell(at: $0)) }
    }

    /// Whether both clocks are the same at sight, as nearly all are. If not, they may be all the same.
    private func isAlike() throws(StoreError) -> Bool {
        guard let feeds else { return false }
        let place = here.keyCount
        guard case .null = here.rows.cell(at: place + 1), case .null = there.rows.cell(at: place + 1) else {
            let other = try there.record()
            guard isNumbered(other, feeds) else { return false }
            let (mine, its) = (try here.record(), try translated(other))
            return mine.clock == its.clock && (mine.archive == nil) == (its.archive == nil)
        }
        guard case .integer(let mine) = here.rows.cell(at: place), case .integer(let its) = there.rows.cell(at: place)
        else { return false }
        let (dot, other) = (Dot(bits: mine), Dot(bits: its))
        guard dot.seq == other.seq, feeds.indices.contains(other.feed.number) else { return false }
        return feeds[other.feed.number] == dot.feed
    }

    /// Whether every changeset that the other side names in a clock is of a feed that has a number here.
    private func isNumbered(_ record: RowRecord, _ feeds: [FeedOrdinal?]) -> Bool {
        let clock = record.clock
        let dots =
            [clock.base?.dot].compactMap { $0 } + clock.registers.flatMap { $0.candidates.map(\.dot) }
            + clock.openDeletes + clock.earlierInserts
        return dots.allSatisfy { feeds.indices.contains($0.feed.number) && feeds[$0.feed.number] != nil }
    }

    /// Keeps of a row here what is kept of it there.
    func mend(_ key: [Value]) throws(StoreError) {
        guard let record = try there.tableRows.record(key) else { return try here.tableRows.forget(key) }
        try here.tableRows.save(try translated(record), key: key)
    }

    /// The record with this side's numbers of feeds and places of columns.
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
        if let feeds, feeds.indices.contains(dot.feed.number), let feed = feeds[dot.feed.number] {
            return Dot(feed: feed, seq: dot.seq)
        }
        let feed = try there.transaction.log.identity(of: dot)
        guard let own = try here.transaction.log.dot(identified: feed) else {
            throw .damaged("\(here.transaction.file.path) does not list feed \(feed)")
        }
        return own
    }
}
