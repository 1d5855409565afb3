import ReplicaModel
import SQLiteAccess
import SyncWire

/// Reads what a replica decides by from its file.
struct StateLoader {
    let connection: Connection

    func load() throws(StoreError) -> ReplicaState {
        guard let site = SiteID(try blob("site")), let alliance = Bytes32(try blob("alliance")) else {
            throw .damaged("\(connection.path) does not say whose replica it is")
        }
        var state = ReplicaState(
            alliance: alliance, site: site, incarnation: Incarnation(UInt64(bitPattern: try integer("incarnation"))))
        state.clock = StampClock(followed: Stamp(bits: UInt64(bitPattern: try integer("followed"))))
        if let keeper = SiteID(try blob("clockKeeper")) {
            state.clockOffset = ClockOffset(keeper: keeper, milliseconds: try integer("clockOffset"))
        }
        let log = LogLoader(connection: connection)
        state.branchings = try log.branchings()
        state.feeds = try log.feeds(state.branchings)
        state.refreshForks()
        for feed in state.feeds {
            state.ordinals[feed.id] = feed.ordinal
            if feed.applied > feed.after { state.applied[feed.ordinal] = feed.applied }
        }
        state.nextPosition = try log.nextPosition()
        try log.checkNumbers(of: state.feeds)
        state.facts = try facts(state.feeds)
        state.tables = try tables(MergedSchema(state.facts))
        state.knownSince = try log.knownSince()
        state.indexes = try indexes()
        state.roster = try roster(state.feeds, log)
        state.quarantined = try log.quarantined()
        for (feed, waiting) in try waiting(state.feeds) { state.setWaiting(waiting, of: feed) }
        state.sound = try log.sound(state.feeds)
        return state
    }

    private func fact(_ name: String) throws(StoreError) -> Value? {
        try connection.value("SELECT value FROM caravan_meta WHERE name = ?1", [.text(name)])
    }

    private func blob(_ name: String) throws(StoreError) -> [UInt8] {
        guard case .blob(let bytes)? = try fact(name) else { return [] }
        return bytes
    }

    private func integer(_ name: String) throws(StoreError) -> Int64 {
        guard case .integer(let integer)? = try fact(name) else { return 0 }
        return integer
    }

    private func facts(_ feeds: [FeedState]) throws(StoreError) -> [SchemaFact] {
        let statement = try connection.prepare(
            "SELECT dot, number, operation, context FROM caravan_definition ORDER BY position")
        var out: [SchemaFact] = []
        while try statement.step() {
            let dot = try statement.dot(at: 0, of: feeds.count)
            guard let operation = definition(statement.bytes(at: 2)), dot.feed.number < feeds.count else {
                throw .damaged("a definition in \(connection.path) cannot be read")
            }
            let feed = feeds[dot.feed.number].id
            out.append(
                SchemaFact(
                    dot: dot, number: Int(statement.integer(at: 1)), site: feed.site, incarnation: feed.incarnation,
                    context: try VectorBlob.decode(statement.bytes(at: 3)), operation: operation))
        }
        return out
    }

    private func tables(_ merged: MergedSchema) throws(StoreError) -> [TableState] {
        let statement = try connection.prepare("SELECT id, base, origin, places FROM caravan_table ORDER BY id")
        var out: [TableState] = []
        let ofBases = Dictionary(grouping: merged.tables, by: \.base)
        while try statement.step() {
            let (kept, origin) = (Identifier(bytes: statement.bytes(at: 1)), Dot(bits: statement.integer(at: 2)))
            let named = ofBases[kept]?.first { $0.origins.contains(origin) }
            guard let table = named ?? Self.renamed(kept, merged.tables.filter { $0.origins.contains(origin) }) else {
                throw .damaged("table \(kept) in \(connection.path) has no definition")
            }
            let places = try ColumnSlotsBlob.decode(statement.bytes(at: 3)).map { place in
                ColumnSlot(
                    declared: Self.present(place.declared, among: table.columns.map(\.declared)), origin: place.origin)
            }
            out.append(try TableState(id: statement.integer(at: 0), merged: table, columnSlots: places))
        }
        return out.sorted { $0.name < $1.name }
    }

    /// The table of which earlier software kept the name otherwise.
    private static func renamed(_ kept: Identifier, _ candidates: [MergedTable]) -> MergedTable? {
        let base = present(kept, among: candidates.map(\.base))
        return candidates.first { $0.base == base }
    }

    /// A name as it is kept now. Earlier software kept names in small letters of every script, and not of ASCII alone.
    private static func present(_ kept: Identifier, among names: [Identifier]) -> Identifier {
        names.contains(kept) ? kept : names.first { $0.text.lowercased() == kept.text } ?? kept
    }

    private func indexes() throws(StoreError) -> [IndexState] {
        let statement = try connection.prepare("SELECT definition, plain FROM caravan_index ORDER BY name")
        var out: [IndexState] = []
        while try statement.step() {
            guard case .createIndex(let definition)? = definition(statement.bytes(at: 0)) else {
                throw .damaged("the definition of an index in \(connection.path) cannot be read")
            }
            out.append(IndexState(definition: definition, isPlain: statement.integer(at: 1) == 1))
        }
        return out
    }

    private func roster(_ feeds: [FeedState], _ log: LogLoader) throws(StoreError) -> Roster {
        let statement = try connection.prepare("SELECT dot, operations, context, depth FROM caravan_roster")
        let dots = try connection.rows("SELECT dot FROM caravan_roster").compactMap { row in
            if case .integer(let bits)? = row.first { Dot(bits: bits) } else { nil }
        }
        let logged = try log.records(of: dots)
        var records: [(position: Int64, record: RosterRecord)] = []
        while try statement.step() {
            guard let (hash, position) = logged[Dot(bits: statement.integer(at: 0))] else { continue }
            let dot = try statement.dot(at: 0, of: feeds.count)
            guard let hash, let operations = try? ControlCodec.decode(statement.bytes(at: 1)) else {
                throw .damaged("the roster in \(connection.path) cannot be read")
            }
            let record = RosterRecord(
                dot: dot, feed: feeds[dot.feed.number].id.base, hash: hash,
                context: try VectorBlob.decode(statement.bytes(at: 2)), depth: Int(statement.integer(at: 3)),
                operations: operations)
            records.append((position, record))
        }
        return Roster(records.sorted { $0.position < $1.position }.map(\.record))
    }

    /// The feeds whose next changeset waits, each with the reason. A note of another changeset than the next of its
    /// feed, as older software may leave it, says nothing.
    private func waiting(_ feeds: [FeedState]) throws(StoreError) -> [FeedOrdinal: Waiting] {
        let statement = try connection.prepare(
            "SELECT feed, seq, kind, site, incarnation, scope, awaited, reason, tries, again FROM caravan_waiting")
        var out: [FeedOrdinal: Waiting] = [:]
        while try statement.step() {
            let feed = Int(statement.integer(at: 0))
            guard feed < feeds.count, feeds[feed].held > feeds[feed].applied,
                Int64(feeds[feed].applied) + 1 == statement.integer(at: 1),
                let cause = cause(statement)
            else { continue }
            out[FeedOrdinal(feed)] = Waiting(
                seq: feeds[feed].applied + 1, cause: cause, again: statement.integer(at: 9))
        }
        return out
    }

    private func cause(_ row: Statement) -> Waiting.Cause? {
        let awaited = SiteID(row.bytes(at: 3)).map { site in
            FeedID(
                site: site, incarnation: Incarnation(UInt64(bitPattern: row.integer(at: 4))),
                scope: Scope(row.string(at: 5)))
        }
        let seq = UInt64(clamping: row.integer(at: 6))
        switch row.integer(at: 2) {
        case 0: return awaited.map { .changeset($0, seq: seq) }
        case 1: return awaited.map { .otherBranch($0, seq: seq) }
        case 2: return .newerSoftware
        case 3: return .failure(row.string(at: 7), tries: Int(clamping: row.integer(at: 8)))
        default: return nil
        }
    }

    private func definition(_ bytes: [UInt8]) -> ControlOperation? { try? ControlCodec.decode(bytes).first }
}
