import ReplicaModel
import ReplicaSchema
import SQLiteAccess
import SyncWire

/// Founds an alliance, and makes a roster for a file of earlier software.
struct Founding {
    let transaction: Transaction

    /// Founds an alliance in an empty replica: one control changeset with this node as admin and the schema, whose hash
    /// is the alliance's id. The context of everything that follows has it.
    ///
    /// - Parameters:
    ///   - nonce: 16 random bytes, so that two alliances of one founder differ.
    ///   - records: rows that every founding of this schema begins with, sealed as the founder's first changeset.
    func found(name: String, schema: Schema, nonce: [UInt8], records: [RowOperation], now: Int64) throws(StoreError) {
        precondition(
            transaction.state.alliance == .zero && transaction.state.feeds.isEmpty,
            "an alliance is founded in an empty replica")
        let site = transaction.state.site
        let founder = Admission(site: site, name: name, role: .admin, institution: nil, keepsTime: false)
        var operations: [ControlOperation] = [.found(name: name, nonce: nonce), .admit(founder)]
        operations += schema.tables.map { .createTable($0) }
        operations += schema.indexes.map { .createIndex($0) }
        let founding = try transaction.sealer.sealControl(operations, now: now)
        if case .void(let reason) = try transaction.standings.of(founding.dot) {
            throw .schema("the schema cannot be replicated: \(reason)")
        }
        for record in records { try insert(record, at: now) }
        try transaction.sealer.sealPending()
    }

    /// Writes a row and its note, as a client with triggers would.
    private func insert(_ record: RowOperation, at now: Int64) throws(StoreError) {
        guard case .insert(let values) = record.action, let table = transaction.state.table(named: record.table) else {
            return
        }
        let names = table.definition.key + values.keys.sorted()
        let marks = names.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        try transaction.connection.rows(
            "INSERT INTO \(table.name.quoted)(\(names.map(\.quoted).joined(separator: ", "))) VALUES (\(marks))",
            record.key + values.keys.sorted().map { values[$0] ?? .null })
        try PendingNotes(connection: transaction.connection, table: table).note(.inserted, record.key, at: now)
    }

    /// Whether earlier software made the file, which kept admissions alone.
    func lacksRoster() throws(StoreError) -> Bool {
        try transaction.connection.value("SELECT 1 FROM sqlite_master WHERE name = 'caravan_member'") != nil
    }

    /// Reads the roster from the log.
    func readRoster() throws(StoreError) {
        var contexts = ContextReader(log: transaction.log)
        for (dot, depth) in try keptAdmissions() {
            let changeset = try transaction.log.logged(dot)
            let bytes = try transaction.log.chunks(of: changeset).reduce([], +)
            guard let operations = try? ControlCodec.decode(bytes) else {
                throw .damaged("the roster in \(transaction.file.path) cannot be read")
            }
            try transaction.control.note(
                operations, of: changeset, context: try contexts.context(of: changeset.dot),
                // What was kept is the depth of those who are admitted.
                depth: max(depth - 1, 0))
        }
        try transaction.connection.run("DROP TABLE caravan_member")
    }

    /// The control changesets of which earlier software kept admissions, with their depth, in the order in which they
    /// were applied.
    private func keptAdmissions() throws(StoreError) -> [(dot: Dot, depth: Int)] {
        var out: [(position: Int64, dot: Dot, depth: Int)] = []
        for row in try transaction.connection.rows("SELECT dot, max(depth) FROM caravan_member GROUP BY dot") {
            guard case .integer(let bits) = row[0], case .integer(let depth) = row[1],
                let position = try transaction.standings.position(of: Dot(bits: bits))
            else { continue }
            out.append((position, Dot(bits: bits), Int(depth)))
        }
        return out.sorted { $0.position < $1.position }.map { ($0.dot, $0.depth) }
    }
}
