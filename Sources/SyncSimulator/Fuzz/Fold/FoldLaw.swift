import ReplicaModel
import ReplicaStore

/// The state that a replica shows: its rows, by a connection that knows nothing of merging, and what it lists.
struct FoldView: Hashable {
    var rows: [RowName: [Identifier: Value]] = [:]
    var conflicts: Set<ConflictReport> = []
    var void: Set<SpecifiedChangeset.ID> = []

    init(of replica: Replica) throws {
        let reader = try UserSQL(path: replica.path, isReadOnly: true)
        for table in FoldTables.items {
            let columns = (table.key + table.valueColumns).joined(separator: ", ")
            try reader.run("SELECT \(columns) FROM \(table.name)") { _, row in
                let key = Array(row.prefix(table.key.count))
                rows[RowName(table: table.name, key: key)] = Dictionary(
                    uniqueKeysWithValues: zip(table.valueColumns, row.dropFirst(key.count)))
            }
        }
        conflicts = Set(try replica.reports.conflicts().map(\.byBeginnings))
        try replica.reports.log(LogFilter()) { report in
            if case .void = report.standing { void.insert(.init(feed: report.feed, seq: report.seq)) }
        }
    }
}

/// "A replica is a set of changesets. Its tables are a pure function of that set."
enum FoldLaw {
    static func violation(of view: FoldView, by changesets: [SpecifiedChangeset]) -> String? {
        let schema = FoundedReplica.template.schema
        let defined = MergeSpecification.state(of: changesets, tables: schema.tables, indexes: schema.indexes)
        let void = defined.void.union(changesets.filter(\.isVoid).map(\.id))
        if view.void != void { return "other changesets are void than those that the definition makes void" }
        if view.rows != defined.rows {
            return "the tables show other rows than the definition: \(difference(view.rows, defined.rows))"
        }
        let odd = view.conflicts.symmetricDifference(defined.conflicts).first
        return odd.map { "the conflict \($0) is listed and not defined, or the other way round" }
    }

    private static func difference(_ shown: [RowName: [Identifier: Value]], _ defined: [RowName: [Identifier: Value]])
        -> String
    {
        let names = Set(shown.keys).union(defined.keys).filter { shown[$0] != defined[$0] }
        guard let name = names.min() else { return "" }
        return
            """
            \(name) is \(shown[name].map { "\($0)" } ?? "not there") and should be \
            \(defined[name].map { "\($0)" } ?? "not there")
            """
    }
}
