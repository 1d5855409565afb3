import ReplicaModel
import SyncWire

/// Control changesets: judged by the roster and the schema of their own context, then folded into both.
extension Replica {
    /// Judges a control changeset and, if it counts, carries out what it says. Nil if it says what newer software knows: then it
    /// is held, and passed on, until this software is updated.
    func foldControl(_ changeset: LoggedChangeset, context: VersionVector) throws(StoreError) -> Standing? {
        var bytes: [UInt8] = []
        for number in changeset.header.chunkHashes.indices { bytes += try chunk(body: changeset.body, number: number) }
        let operations: [ControlOperation]
        do throws(WireError) { operations = try ControlCodec.decode(bytes) } catch {
            if case .unknownOperation = error { return nil }
            return .void("its operations cannot be read: \(error)")
        }
        guard UInt64(operations.count) == changeset.header.operationCount else {
            return .void("it announces \(changeset.header.operationCount) operations and has \(operations.count)")
        }
        let depth: Int
        switch controlRight(changeset, operations, context: context) {
        case .refused(let sentence): return .void(sentence)
        case .granted(let admissions): depth = admissions
        }
        if let refusal = try refusal(of: operations) { return .void(refusal) }
        for operation in operations { try carryOut(operation, changeset: changeset, depth: depth) }
        folders = [:]
        try indexReferences()
        try refreshCapture()
        return .counts
    }

    private enum ControlRight {
        case refused(String)
        /// Admissions between the founder and what the author admits.
        case granted(Int)
    }

    private func controlRight(
        _ changeset: LoggedChangeset, _ operations: [ControlOperation], context: VersionVector
    ) -> ControlRight {
        if changeset.hash == state.alliance { return .granted(0) }
        if case .found? = operations.first { return .refused("it founds another alliance") }
        guard let record = state.roster.record(of: changeset.header.feed.site, in: context) else {
            return .refused("its author was not a member by the roster that it had seen")
        }
        guard record.admission.role == .admin else { return .refused("its author was not an admin by the roster that it had seen") }
        return .granted(record.depth + 1)
    }

    /// What no control changeset may say, whoever signs it.
    private func refusal(of operations: [ControlOperation]) throws(StoreError) -> String? {
        var tables = state.tables.map(\.definition)
        var indexes = state.indexes.map(\.definition)
        for (index, operation) in operations.enumerated() {
            switch operation {
            case .found: if index > 0 { return "it founds an alliance twice" }
            case .admit: break
            case .createTable(let table):
                if let refusal = SchemaSQL.refusal(of: table) { return refusal }
                tables.append(table)
            case .createIndex(let index):
                if let refusal = SchemaSQL.refusal(of: index, tables: tables) { return refusal }
                indexes.append(index)
            }
        }
        let isSchema = tables.count > state.tables.count || operations.contains { if case .createIndex = $0 { true } else { false } }
        return isSchema ? try SchemaTrial.refusal(of: tables, indexes) : nil
    }

    private func carryOut(_ operation: ControlOperation, changeset: LoggedChangeset, depth: Int) throws(StoreError) {
        switch operation {
        case .found: break
        case .admit(let admission):
            try admit(
                Roster.Record(dot: changeset.dot, admission: admission, author: changeset.header.feed.site, depth: depth))
        case .createTable(let table): try create(table, dot: changeset.dot)
        case .createIndex(let index):
            try connection.run(SchemaSQL.createIndex(index))
            try setMeta("capture", .null)
            state.indexes.append(IndexState(definition: index, isPlain: false))
            state.indexes.sort { $0.definition.name.utf8.lexicographicallyPrecedes($1.definition.name.utf8) }
            try connection.rows(
                "INSERT INTO caravan_index(name, definition, dot) VALUES (?1, ?2, ?3)",
                [.text(index.name), .blob(ControlCodec.encode([operation])), .integer(changeset.dot.bits)])
        }
    }

    private func admit(_ record: Roster.Record) throws(StoreError) {
        let admission = record.admission
        try connection.rows(
            "INSERT INTO caravan_member VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
            [
                .integer(record.dot.bits), .blob(admission.site.bytes), .text(admission.name), .text(admission.role.rawValue),
                admission.institution.map { .text($0) } ?? .null, .integer(admission.keepsTime ? 1 : 0),
                .blob(record.author.bytes), .integer(Int64(record.depth)),
            ])
        state.roster.add(record)
    }

    private func create(_ definition: TableDefinition, dot: Dot) throws(StoreError) {
        let id = Int64(state.tables.map(\.id).max() ?? 0) + 1
        let table = TableState(id: id, definition: definition, dot: dot)
        try connection.run(SchemaSQL.createTable(definition))
        for sql in ReplicaFormat.clockTable(id: id, keyCount: table.keyColumns.count) { try connection.run(sql) }
        try connection.rows(
            "INSERT INTO caravan_table VALUES (?1, ?2, ?3, ?4)",
            [
                .integer(id), .text(definition.name), .blob(ControlCodec.encode([.createTable(definition)])),
                .integer(dot.bits),
            ])
        state.tables.append(table)
        try setMeta("capture", .null)
    }
}
