import ReplicaModel
import ReplicaStore
import SQLiteAccess

/// Reads what people read of a node beside its tables: its log, the history of a record, a record with who wrote it,
/// and the tables as they were.
struct Readings: Looking {
    let course: Course
    let examiner: Examiner
    let supervisor: Supervisor

    func readReports(_ node: SimulatedNode) throws(Violation) {
        guard node.engine != nil, node.isMember, !node.keepsTransaction else { return }
        try supervisor.looking(at: node, "was read") { () throws(LookError) in try readAny(node) }
    }

    private func readAny(_ node: SimulatedNode) throws(LookError) {
        guard let replica = node.replica, let reader = node.reader else { return }
        switch course.random.below(10) {
        case 0..<3: try readLog(replica, node)
        case 3..<6: try readHistory(replica, node)
        case 6..<9: try readRecord(replica, node)
        default: try readPast(replica, reader, node)
        }
    }

    private func readLog(_ replica: Replica, _ node: SimulatedNode) throws(LookError) {
        let scope: Scope = course.random.chance(80) ? .alliance : .control
        let filter = LogFilter(scope: scope, isReversed: true, withContext: true)
        var reports: [ChangesetReport] = []
        try Self.reading(try replica.reports.log(filter) { reports.append($0) })
        course.saw(.event(.readLog))
        try Self.judging(
            try TrueReadings.check(reports, of: scope, at: node, examiner.universe))
    }

    private func readHistory(_ replica: Replica, _ node: SimulatedNode) throws(LookError) {
        guard let row = someRow(known: node) else { return }
        let versions = try Self.reading(try replica.reports.history(table: row.table, key: row.key))
        course.saw(.event(.readHistory))
        try Self.judging(
            try TrueReadings.check(versions, of: row, at: node, examiner.universe))
    }

    private func readRecord(_ replica: Replica, _ node: SimulatedNode) throws(LookError) {
        guard let row = someRow(known: node) else { return }
        guard try Self.reading(try replica.reports.remains().notes) == 0 else { return }
        let record = try Self.reading(try replica.reports.record(table: row.table, key: row.key))
        let shown = try Self.reading(try node.readTables())[row]
        let conflicts = try Self.reading(try replica.reports.conflicts()).filter {
            Self.isOf(row, $0)
        }
        course.saw(.event(.readRecord))
        try Self.judging(
            try TrueReadings.check(
                record, of: row, shown: shown, conflicts: Set(conflicts), at: node, examiner.universe))
    }

    private static func isOf(_ row: RowName, _ report: ConflictReport) -> Bool {
        guard report.table == row.table else { return false }
        if case .duplicate(_, let keys) = report.kind { return keys.contains(row.key) }
        return report.key == row.key
    }

    /// Reads the tables at some earlier version vector: a prefix of each feed, with all that it had seen.
    private func readPast(_ replica: Replica, _ reader: RawClient, _ node: SimulatedNode) throws(LookError) {
        // A person names an earlier state as the node names its feeds.
        guard !examiner.universe.ways.areSeveral else { return }
        let feeds = node.applied.keys.filter { $0.scope == .alliance }.sorted()
        var vector = node.applied.filter { $0.key.scope == .alliance }
        for feed in feeds where course.random.chance(50) {
            vector[feed] = UInt64(course.random.below(Int(clamping: vector[feed] ?? 0) + 1))
        }
        vector = examiner.universe.closed(vector)
        let scratch = try Self.reading(try ScratchReplica(of: replica, .vector(vector)) { _, _ in })
        course.saw(.event(.readPast))
        let schema = try Self.reading(try replica.admin.schema())
        let defaults = try Self.reading(try Checker.defaults(of: schema, reader))
        var tables: Tables = [:]
        for table in schema.tables {
            let others = table.valueColumns.map(\.name)
            let sql = "SELECT \((table.key + others).inSQL) FROM \(table.name.inSQL)"
            try Self.readingAll { () throws(StoreError) in
                try scratch.query(sql) { _, row in
                    let values = Dictionary(uniqueKeysWithValues: zip(others, row.dropFirst(table.key.count)))
                    tables[RowName(table: table.name, key: Array(row.prefix(table.key.count)))] = values
                }
            }
        }
        let conflicts = Set(try Self.reading(try scratch.replica.reports.conflicts()))
        try Self.judgingAll { () throws(Violation) in
            let set = examiner.universe.changesets(in: vector, scope: .alliance)
            try SpecificationHolds.check(
                "\(node.name) as it was", tables: tables, conflicts: conflicts, set: set, schema: schema,
                defaults: defaults, quarantined: examiner.universe.quarantined(in: node.applied))
        }
    }

    /// Draws a row that somebody wrote, whether or not it is shown.
    private func someRow(known node: SimulatedNode) -> RowName? {
        let changesets = examiner.universe.changesets(in: node.applied, scope: .alliance)
        let operations = changesets.randomElement(using: &course.random)?.operations
        return operations?.randomElement(using: &course.random).map { RowName(table: $0.table, key: $0.key) }
    }
}

extension Universe {
    /// Cuts a vector down to as much as has all that its changesets had seen.
    func closed(_ vector: Vector) -> Vector {
        var out: Vector = [:]
        var feeds = Set(vector.keys)
        var grows = true
        while grows {
            grows = false
            for feed in feeds.sorted() {
                while out[feed] ?? 0 < vector[feed] ?? 0, let next = self[.init(feed: feed, seq: (out[feed] ?? 0) + 1)],
                    next.context.allSatisfy({
                        $0.key.scope == .control || $0.key == feed || out[$0.key] ?? 0 >= $0.value
                    })
                {
                    out[feed, default: 0] += 1
                    grows = true
                }
            }
            feeds = feeds.filter { out[$0] ?? 0 < vector[$0] ?? 0 }
        }
        return out
    }
}
