import ReplicaModel
import ReplicaSchema
import ReplicaStore
import SQLiteAccess

/// Holds what nodes show and say of themselves against the rules.
struct Checker: Looking {
    let course: Course
    let fleet: Fleet
    let examiner: Examiner
    let supervisor: Supervisor

    /// Checks everything that can be said of one node at one moment.
    func check(_ node: SimulatedNode) throws(Violation) {
        guard node.engine != nil, node.isMember else { return }
        try supervisor.looking(at: node, "was checked") { () throws(LookError) in try checkAll(node) }
    }

    private func checkAll(_ node: SimulatedNode) throws(LookError) {
        guard let replica = node.replica, let reader = node.reader else { return }
        let name = node.name
        let schema = try Self.reading(try replica.admin.schema())
        let isSealed = try Self.reading(try replica.reports.remains().notes) == 0
        try checkRows(reader, name, mayDangle: !isSealed && Self.mayReplace(schema))
        // With notes that are not sealed, tables show more than the set has.
        guard isSealed else { return }
        let tables = try Self.reading(try node.readTables())
        let conflicts = try Self.reading(try examiner.conflicts(replica, at: node))
        let digest = try Self.reading(try replica.reports.digest())
        let void = try Self.reading(try replica.reports.counts().void)
        let defaults = try Self.reading(try Self.defaults(of: schema, reader))
        let failing = try Self.reading(try Self.failing(schema, reader))
        let equal = try Self.reading(try Self.equal(schema, reader))
        course.trace.mix(digest.bytes)
        sawReports(conflicts, tables)
        if void > 0 { course.saw(.event(.voidChangeset)) }
        try checkContacts(node, replica)
        try Self.judgingAll { () throws(Violation) in
            try examiner.rules.causality.closed(node.applied, name, examiner.universe)
            let set = examiner.universe.changesets(in: node.applied, scope: .alliance)
            let quarantined = examiner.universe.quarantined(in: node.applied)
            if !quarantined.isEmpty { course.saw(.event(.quarantinedChangeset)) }
            try SpecificationHolds.check(
                name, tables: tables, conflicts: conflicts, set: set, schema: schema, defaults: defaults,
                quarantined: quarantined)
            let seen = Convergence.Seen(node: name, digest: digest, tables: tables, conflicts: conflicts)
            try examiner.rules.convergence.check(node.applied, seen)
            for (index, rows) in equal { try DuplicatesListed.check(rows, in: index, conflicts: conflicts, at: name) }
            for (table, failing) in failing {
                try ChecksListed.check(failing, of: table, conflicts: conflicts, at: name)
            }
            let crimes = examiner.universe.voidCount(in: node.applied)
            guard void == crimes else {
                throw Violation("authenticity", "\(name) calls \(void) changesets void, and \(crimes) are")
            }
        }
    }

    /// Counts kinds of what is listed.
    private func sawReports(_ reports: Set<ConflictReport>, _ tables: Tables) {
        for report in reports {
            switch report.kind {
            case .cell: course.saw(.event(.cellConflict))
            case .deletedEdited: course.saw(.event(.deletedEdited))
            case .kept(let referrers):
                course.saw(.event(.keptRow))
                if referrers.contains(where: { isKept($0, in: reports) }) { course.saw(.event(.keptChain)) }
            case .duplicate(_, let keys): course.saw(.event(keys.count > 2 ? .thirdEqualRow : .equalRows))
            case .invalid("quarantined"): course.saw(.event(.shownQuarantined))
            case .invalid: course.saw(.event(.failedCheck))
            }
        }
    }

    private func isKept(_ row: RowName, in reports: Set<ConflictReport>) -> Bool {
        reports.contains { $0.table == row.table && $0.key == row.key && $0.kindName == "kept" }
    }

    /// Rows that fail a CHECK, by table and by the constraint's name.
    private static func failing(
        _ schema: Schema, _ reader: RawClient
    ) throws(StoreError) -> [(Identifier, [String: Set<[Value]>])] {
        var out: [(Identifier, [String: Set<[Value]>])] = []
        for table in schema.tables where !table.checks.isEmpty {
            var failing: [String: Set<[Value]>] = [:]
            for check in table.checks {
                let rows = try reader.rows(ChecksListed.query(check, of: table))
                failing[check.name?.text ?? check.expression] = Set(rows)
            }
            out.append((table.name, failing))
        }
        return out
    }

    /// Rows by the UNIQUE in which they may be equal.
    private static func equal(
        _ schema: Schema, _ reader: RawClient
    ) throws(StoreError) -> [(IndexDefinition, [[Value]])] {
        var out: [(IndexDefinition, [[Value]])] = []
        for index in schema.indexes where index.isUnique {
            guard let table = schema.tables.first(where: { $0.name == index.table }) else { continue }
            out.append((index, try reader.rows(DuplicatesListed.query(index, of: table))))
        }
        return out
    }

    private func checkContacts(_ node: SimulatedNode, _ replica: Replica) throws(LookError) {
        guard !course.scenario.faults.contains(.alteredFrames) else { return }
        for peer in fleet.nodes where peer.index != node.index {
            guard
                let told = try Self.reading(try replica.addressBook.contact(with: peer.key.site))
            else { continue }
            let contact = examiner.universe.ways.contact(told, at: node.held)
            guard peer.key.site != node.key.site else { continue }
            let same = fleet.nodes.filter { $0.key.site == peer.key.site }
            try Self.judging(try Truth.check(contact, of: same, at: node.name))
        }
    }

    /// Whether OR REPLACE may take away what something refers to. What it takes by a UNIQUE, with foreign_keys off,
    /// SQLite shows to no trigger: it comes back with the next sealing.
    private static func mayReplace(_ schema: Schema) -> Bool {
        let referred = Set(schema.tables.flatMap(\.references).map(\.table))
        return schema.indexes.contains { $0.isUnique && referred.contains($0.table) }
    }

    /// Checks what any program sees, at any time.
    private func checkRows(_ reader: RawClient, _ name: String, mayDangle: Bool) throws(LookError) {
        let ledger = try Self.reading(try reader.rows(Atomicity.query))
        let dangling = try Self.reading(try reader.rows(ReferencesWhole.query))
        try Self.judgingAll { () throws(Violation) in
            try Atomicity.check(ledger, at: name)
            if !mayDangle { try ReferencesWhole.check(dangling, at: name) }
        }
    }

    /// Values that columns show where nobody wrote any: their constant defaults.
    static func defaults(
        of schema: Schema, _ reader: RawClient
    ) throws(StoreError) -> [Identifier: [Identifier: Value]] {
        var out: [Identifier: [Identifier: Value]] = [:]
        for table in schema.tables {
            for column in table.valueColumns {
                let value = try reader.rows("SELECT \(column.defaultExpression ?? "NULL")").first?.first
                out[table.name, default: [:]][column.name] = value ?? .null
            }
        }
        return out
    }
}
