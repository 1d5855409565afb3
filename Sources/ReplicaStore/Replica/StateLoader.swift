import ReplicaModel
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
        state.feeds = try feeds()
        for feed in state.feeds {
            state.ordinals[feed.id] = feed.ordinal
            state.applied[feed.ordinal] = feed.applied
        }
        if case .integer(let last)? = try connection.value(
            "SELECT max(position) FROM caravan_changeset WHERE position IS NOT NULL")
        {
            state.nextPosition = last + 1
        }
        state.tables = try tables()
        state.indexes = try indexes()
        state.roster = try roster()
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

    private func feeds() throws(StoreError) -> [FeedState] {
        let statement = try connection.prepare(
            "SELECT ordinal, site, incarnation, scope, held, hash, applied, context FROM caravan_feed ORDER BY ordinal")
        var out: [FeedState] = []
        while try statement.step() {
            guard let site = SiteID(statement.bytes(at: 1)), statement.integer(at: 0) == out.count else {
                throw .damaged("the list of feeds in \(connection.path) cannot be read")
            }
            out.append(
                FeedState(
                    ordinal: FeedOrdinal(out.count),
                    id: FeedID(
                        site: site, incarnation: Incarnation(UInt64(bitPattern: statement.integer(at: 2))),
                        scope: Scope(statement.string(at: 3))),
                    held: UInt64(statement.integer(at: 4)), hash: Bytes32(statement.bytes(at: 5)) ?? .zero,
                    applied: UInt64(statement.integer(at: 6)), context: try VectorBlob.decode(statement.bytes(at: 7))))
        }
        return out
    }

    private func tables() throws(StoreError) -> [TableState] {
        let statement = try connection.prepare("SELECT id, definition, dot FROM caravan_table ORDER BY name")
        var out: [TableState] = []
        while try statement.step() {
            guard case .createTable(let definition)? = definition(statement.bytes(at: 1)) else {
                throw .damaged("the definition of a table in \(connection.path) cannot be read")
            }
            out.append(TableState(id: statement.integer(at: 0), definition: definition, dot: Dot(bits: statement.integer(at: 2))))
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

    private func roster() throws(StoreError) -> Roster {
        let statement = try connection.prepare(
            "SELECT dot, site, name, role, institution, keepsTime, author, depth FROM caravan_member")
        var roster = Roster()
        while try statement.step() {
            guard let site = SiteID(statement.bytes(at: 1)), let author = SiteID(statement.bytes(at: 6)),
                let role = Role(rawValue: statement.string(at: 3))
            else { throw .damaged("the roster in \(connection.path) cannot be read") }
            let admission = Admission(
                site: site, name: statement.string(at: 2), role: role,
                institution: statement.isNull(at: 4) ? nil : statement.string(at: 4), keepsTime: statement.integer(at: 5) != 0)
            roster.add(
                Roster.Record(
                    dot: Dot(bits: statement.integer(at: 0)), admission: admission, author: author,
                    depth: Int(statement.integer(at: 7))))
        }
        return roster
    }

    private func definition(_ bytes: [UInt8]) -> ControlOperation? { try? ControlCodec.decode(bytes).first }
}
