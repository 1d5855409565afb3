import ReplicaModel
import SyncWire

extension Replica {
    /// Founds an alliance in an empty replica: one control changeset with this node as admin and the schema, whose hash is the
    /// alliance's id. The context of everything that follows has it.
    ///
    /// - Parameters:
    ///   - nonce: 16 random bytes, so that two alliances of one founder differ.
    ///   - records: rows that every founding of this schema begins with, sealed as the founder's first changeset.
    public func found(
        name: String, schema: Schema, nonce: [UInt8], records: [RowOperation], with key: SigningKey, now: Int64
    ) throws(StoreError) {
        try transact { () throws(StoreError) in
            precondition(state.alliance == .zero && state.feeds.isEmpty, "an alliance is founded in an empty replica")
            let founder = Admission(site: key.site, name: name, role: .admin, institution: nil, keepsTime: false)
            var operations: [ControlOperation] = [.found(name: name, nonce: nonce), .admit(founder)]
            operations += schema.tables.map { .createTable($0) }
            operations += schema.indexes.map { .createIndex($0) }
            let founding = try sealControl(operations, with: key, now: now)
            if case .void(let reason) = try standing(of: founding.dot) {
                throw .schema("the schema cannot be replicated: \(reason)")
            }
            for record in records { try insert(record, at: now) }
            try sealPending(with: key)
        }
    }

    /// Writes a row and its note, as a client with triggers would.
    private func insert(_ record: RowOperation, at now: Int64) throws(StoreError) {
        guard case .insert(let values) = record.action, let table = state.table(named: record.table) else { return }
        let names = table.definition.key + values.keys.sorted()
        let marks = names.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        try connection.rows(
            "INSERT INTO \(table.name.quoted)(\(names.map(\.quoted).joined(separator: ", "))) VALUES (\(marks))",
            record.key + values.keys.sorted().map { values[$0] ?? .null })
        try PendingNotes(connection: connection, table: table).note(.inserted, record.key, at: now)
    }

    func standing(of dot: Dot) throws(StoreError) -> Standing {
        let row = try statement("SELECT standing, reason FROM caravan_changeset WHERE feed = ?1 AND seq = ?2").first([
            .integer(Int64(dot.feed.number)), .integer(Int64(dot.seq)),
        ])
        guard case .integer(let number)? = row?.first, case let reason? = row?.last else { return .counts }
        let sentence = if case .text(let bytes) = reason { String(decoding: bytes, as: UTF8.self) } else { "" }
        return number == 0 ? .counts : number == 1 ? .void(sentence) : .quarantined(sentence)
    }

    /// Whether this node belongs to the alliance by what it has applied.
    public func isMember(_ site: SiteID) throws(StoreError) -> Bool {
        try look { () throws(StoreError) in state.roster.record(of: site) != nil }
    }

    public func members() throws(StoreError) -> [Admission] {
        try look { () throws(StoreError) in state.roster.members }
    }

    /// Held and applied vectors, over the feeds of every scope.
    public func vectors() throws(StoreError) -> (held: Vector, applied: Vector) {
        try look { () throws(StoreError) in (state.vector(state.held), state.vector(state.applied)) }
    }

    /// Heads of what is held, as others are told: of one scope, or of all.
    public func heads(scope: Scope? = nil) throws(StoreError) -> [FeedID: Head] {
        try look { () throws(StoreError) in state.heads(scope: scope) }
    }

    /// What is held, as others are told, and the heads of it, of one moment.
    public func holdings() throws(StoreError) -> (held: Vector, heads: [FeedID: Head], control: [FeedID: Head], waiting: UInt64) {
        try look { () throws(StoreError) in
            (state.soundVector, state.heads(scope: nil), state.heads(scope: .control), state.feeds.reduce(0) { $0 + $1.held - $1.applied })
        }
    }

    public var incarnation: Incarnation { state.incarnation }

    /// The replicated schema as this replica has it.
    public func schema() throws(StoreError) -> Schema {
        try look { () throws(StoreError) in
            Schema(tables: state.tables.map(\.definition), indexes: state.indexes.map(\.definition))
        }
    }
}
