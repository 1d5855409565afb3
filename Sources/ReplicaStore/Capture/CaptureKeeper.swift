import ReplicaModel
import SQLiteAccess

/// Keeps the triggers that note what people write.
struct CaptureKeeper {
    let transaction: Transaction

    /// Whether rows are noted that no changeset has yet.
    func hasPending() throws(StoreError) -> Bool {
        for table in transaction.state.tables {
            if try transaction.statement("SELECT 1 FROM caravan_pending_\(table.id) LIMIT 1").first([]) != nil {
                return true
            }
        }
        return false
    }

    /// Makes the triggers say what this node may do now: note what is written, or refuse it with a sentence. Does
    /// nothing while what they say is as it should be, and leaves alone each that says it: SQLite reads all of a schema
    /// anew for each that is made.
    func refreshCapture() throws(StoreError) {
        let wanted = captureWanted
        guard try transaction.meta("capture") != wanted else { return }
        let present = try presentTriggers()
        let indexes = indexesByTable
        var batch = TriggerBatch(connection: transaction.connection)
        for table in transaction.state.tables {
            let statements = captureSQL(table, indexes)
            let texts = Set(statements.map { Array($0.utf8) })
            var kept: Set<[UInt8]> = []
            for name in CaptureTriggers.names(table.id) {
                guard let (text, place) = present[name] else { continue }
                if texts.contains(text) { kept.insert(text) } else { batch.drop(name, at: place) }
            }
            for sql in statements where !kept.contains(Array(sql.utf8)) {
                if sql.hasPrefix(Self.triggerHead) {
                    batch.make(sql, named: Self.name(of: sql), on: table.definition)
                } else {
                    try transaction.connection.run(sql)
                }
            }
        }
        try batch.carryOut()
        try transaction.setMeta("capture", wanted)
    }

    /// Drops the triggers of some tables, by their ids, which are about to change.
    func dropTriggers(of tables: some Collection<Int64>) throws(StoreError) {
        guard !tables.isEmpty else { return }
        let present = try presentTriggers()
        var batch = TriggerBatch(connection: transaction.connection)
        for name in tables.sorted().flatMap(CaptureTriggers.names) {
            if let (_, place) = present[name] { batch.drop(name, at: place) }
        }
        try batch.carryOut()
    }

    /// Texts by name, as bytes, each with its place in the schema.
    private func presentTriggers() throws(StoreError) -> [Identifier: (text: [UInt8], place: Int64)] {
        let rows = try transaction.connection.rows(
            "SELECT name, sql, rowid FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'caravan!_%' ESCAPE '!'")
        return rows.reduce(into: [:]) { out, row in
            if let name = row[0].identifier, case .text(let text) = row[1], case .integer(let place) = row[2] {
                out[name] = (text, place)
            }
        }
    }

    private var indexesByTable: [Identifier: [IndexState]] {
        Dictionary(grouping: transaction.state.indexes, by: \.definition.table)
    }

    private func captureSQL(_ table: TableState, _ indexes: [Identifier: [IndexState]]) -> [String] {
        CaptureSQL.create(
            table: table, indexes: indexes[table.name] ?? [],
            references: ReferenceGuards(
                id: table.id, table: table.definition, outgoing: guarded(transaction.state.references.from(table.id)),
                incoming: guarded(transaction.state.references.to(table.id))),
            valueBytesMax: transaction.file.valueBytesMax, access: writeAccess)
    }

    /// The text of every trigger as it should be, by table and name.
    func captureTriggers() throws(StoreError) -> [Int64: [Identifier: String]] {
        let indexes = indexesByTable
        var out: [Int64: [Identifier: String]] = [:]
        for table in transaction.state.tables {
            for sql in captureSQL(table, indexes) where sql.hasPrefix(Self.triggerHead) {
                out[table.id, default: [:]][Self.name(of: sql)] = sql
            }
        }
        return out
    }

    private static let triggerHead = "CREATE TRIGGER "

    private static func name(of trigger: String) -> Identifier {
        Identifier(trigger.dropFirst(triggerHead.count).prefix { $0 != " " })
    }

    private func guarded(_ links: [ReferenceMap.Link]) -> [ReferenceGuards.Link] {
        links.compactMap { link in
            guard let source = transaction.state.table(id: link.source),
                let target = transaction.state.table(id: link.target)
            else { return nil }
            return ReferenceGuards.Link(source: source.definition, columns: link.columns, target: target.definition)
        }
    }

    /// Whether the triggers are those of another software, or of another configuration.
    var isCaptureStale: Bool {
        get throws(StoreError) {
            guard !transaction.state.tables.isEmpty else { return false }
            return try transaction.meta("capture") != captureWanted
        }
    }

    /// The things on which the text of the triggers depends. Indexes come with their tables or set this back.
    private var captureWanted: Value {
        let plain = transaction.state.indexes.filter(\.isPlain).map(\.definition.name.quoted).joined()
        return .text(
            """
            \(CaptureSQL.version) \(transaction.state.facts.count) \(transaction.file.valueBytesMax) \(writeAccess) \
            \(plain)
            """
        )
    }

    /// Why this node may not write; nil if it may.
    func writeRefusal() throws(StoreError) -> String? {
        if case .refused(let sentence) = writeAccess { sentence } else { nil }
    }

    private var writeAccess: CaptureSQL.Access {
        guard let entry = transaction.state.roster.entry(of: transaction.state.site) else {
            return .refused(
                "this node does not belong to the alliance yet: run `caravan sync` when a member can be reached")
        }
        guard !entry.isPending else {
            return .refused(
                """
                the admin who admitted this node had no right to any more: ask another admin for `caravan member \
                role` with this node, and then run `caravan sync`
                """)
        }
        switch entry.role {
        case nil:
            return .refused("an admin retired this node, and it may not write any more: ask an admin for a new role")
        case .reader:
            return .refused("this node is a reader of the alliance and may not write: ask an admin for another role")
        case .admin, .member: return .writable
        }
    }
}
