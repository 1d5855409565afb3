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
        state.branchings = try branchings()
        state.feeds = try feeds(state.branchings)
        state.refreshForks()
        for feed in state.feeds {
            state.ordinals[feed.id] = feed.ordinal
            if feed.applied > feed.after { state.applied[feed.ordinal] = feed.applied }
        }
        if case .integer(let last)? = try connection.value(
            "SELECT max(position) FROM caravan_changeset WHERE position IS NOT NULL")
        {
            guard (0..<1 << 62).contains(last) else {
                throw .damaged("a changeset stands at place \(last) of the log, which cannot be")
            }
            state.nextPosition = last + 1
        }
        if case .integer(let last)? = try connection.value("SELECT max(feed) FROM caravan_changeset"),
            last >= state.feeds.count
        {
            throw .damaged("the log of \(connection.path) names feeds that it does not list")
        }
        state.facts = try facts(state.feeds)
        state.tables = try tables(MergedSchema(state.facts))
        state.knownSince = try knownSince()
        state.indexes = try indexes()
        state.roster = try roster(state.feeds)
        state.quarantined = try quarantined()
        for (feed, waiting) in try waiting(state.feeds) { state.setWaiting(waiting, of: feed) }
        state.sound = try sound(state.feeds)
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

    private func feeds(_ branchings: [FeedForks.Branching]) throws(StoreError) -> [FeedState] {
        let ways = Dictionary(branchings.map { ($0.way.number, $0) }, uniquingKeysWith: { first, _ in first })
        let statement = try connection.prepare(
            "SELECT ordinal, site, incarnation, scope, held, hash, applied, context FROM caravan_feed ORDER BY ordinal")
        var out: [FeedState] = []
        while try statement.step() {
            guard let site = SiteID(statement.bytes(at: 1)), statement.integer(at: 0) == out.count else {
                throw .damaged("the list of feeds in \(connection.path) cannot be read")
            }
            let way = ways[out.count]
            // A way that begins behind a changeset of another has its hash behind the name of the scope.
            let scope = statement.string(at: 3).prefix { $0 != "~" }
            out.append(
                FeedState(
                    ordinal: FeedOrdinal(out.count),
                    id: FeedID(
                        site: site, incarnation: Incarnation(UInt64(bitPattern: statement.integer(at: 2))),
                        scope: Scope(String(scope)), branch: way.map { .init(first: $0.after + 1, hash: $0.first) }),
                    after: way?.after ?? 0, held: try statement.count(at: 4),
                    hash: Bytes32(statement.bytes(at: 5)) ?? .zero,
                    applied: try statement.count(at: 6), context: try VectorBlob.decode(statement.bytes(at: 7))))
        }
        guard branchings.allSatisfy({ $0.way.number < out.count && $0.parent.number < out.count }) else {
            throw Self.unreadableBranches(connection.path)
        }
        return out
    }

    /// The ways that begin behind a changeset of another, of which the list of feeds has the hashes alone.
    private func branchings() throws(StoreError) -> [FeedForks.Branching] {
        let statement = try connection.prepare(
            "SELECT feed, parent, seq, hash, sibling FROM caravan_branch ORDER BY feed")
        var out: [FeedForks.Branching] = []
        while try statement.step() {
            let (way, parent) = (Int(statement.integer(at: 0)), Int(statement.integer(at: 1)))
            guard (0...0xFFFF).contains(way), (0...0xFFFF).contains(parent), statement.integer(at: 2) >= 0,
                let first = Bytes32(statement.bytes(at: 3)), let sibling = Bytes32(statement.bytes(at: 4))
            else { throw Self.unreadableBranches(connection.path) }
            out.append(
                .init(
                    way: FeedOrdinal(way), parent: FeedOrdinal(parent), after: UInt64(statement.integer(at: 2)),
                    first: first, sibling: sibling))
        }
        return out
    }

    private static func unreadableBranches(_ path: String) -> StoreError {
        .damaged("the list of branches in \(path) cannot be read")
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
        while try statement.step() {
            let (kept, origin) = (Identifier(bytes: statement.bytes(at: 1)), Dot(bits: statement.integer(at: 2)))
            let candidates = merged.tables.filter { $0.origins.contains(origin) }
            let base = Self.present(kept, among: candidates.map(\.base))
            guard let table = candidates.first(where: { $0.base == base }) else {
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

    /// A name as it is kept now. Earlier software kept names in small letters of every script, and not of ASCII alone.
    private static func present(_ kept: Identifier, among names: [Identifier]) -> Identifier {
        names.contains(kept) ? kept : names.first { $0.text.lowercased() == kept.text } ?? kept
    }

    /// The heads before the first changeset that the disk altered, of feeds that have one.
    func sound(_ feeds: [FeedState]) throws(StoreError) -> [FeedOrdinal: Head] {
        let statement = try connection.prepare(
            """
            SELECT s.feed, min(s.seq) - 1, c.hash FROM caravan_spoilt AS s LEFT JOIN caravan_changeset AS c ON c.feed \
            = s.feed AND c.seq = s.seq - 1
            GROUP BY s.feed
            """)
        var out: [FeedOrdinal: Head] = [:]
        while try statement.step() {
            guard statement.integer(at: 0) < feeds.count else { continue }
            let hash = HashPrefix(Bytes32(statement.bytes(at: 2)) ?? .zero)
            out[FeedOrdinal(Int(statement.integer(at: 0)))] = Head(
                seq: UInt64(clamping: statement.integer(at: 1)), hash: hash)
        }
        return out
    }

    private func knownSince() throws(StoreError) -> [Dot: [FeedOrdinal: UInt64]] {
        let statement = try connection.prepare("SELECT origin, feed, seq FROM caravan_knows")
        var out: [Dot: [FeedOrdinal: UInt64]] = [:]
        while try statement.step() {
            out[Dot(bits: statement.integer(at: 0)), default: [:]][FeedOrdinal(Int(statement.integer(at: 1)))] =
                try statement.count(at: 2)
        }
        return out
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

    private func roster(_ feeds: [FeedState]) throws(StoreError) -> Roster {
        let statement = try connection.prepare(
            """
            SELECT r.dot, r.operations, r.context, r.depth, c.hash FROM caravan_roster AS r
            JOIN caravan_changeset AS c ON c.feed = r.dot & 65535 AND c.seq = r.dot >> 16 ORDER BY c.position
            """)
        var records: [RosterRecord] = []
        while try statement.step() {
            let dot = try statement.dot(at: 0, of: feeds.count)
            guard let hash = Bytes32(statement.bytes(at: 4)),
                let operations = try? ControlCodec.decode(statement.bytes(at: 1))
            else { throw .damaged("the roster in \(connection.path) cannot be read") }
            records.append(
                RosterRecord(
                    dot: dot, feed: feeds[dot.feed.number].id.base, hash: hash,
                    context: try VectorBlob.decode(statement.bytes(at: 2)), depth: Int(statement.integer(at: 3)),
                    operations: operations))
        }
        return Roster(records)
    }

    private func quarantined() throws(StoreError) -> Set<Dot> {
        // The first term is that of the index, which SQLite does not see in the second; without it the whole log is read.
        let statement = try connection.prepare(
            "SELECT feed, seq FROM caravan_changeset WHERE standing > 0 AND standing = 2")
        var out: Set<Dot> = []
        while try statement.step() {
            out.insert(try statement.dot(feedAt: 0, seqAt: 1))
        }
        return out
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
