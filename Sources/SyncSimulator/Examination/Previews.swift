import ReplicaModel
import ReplicaSchema
import ReplicaStore
import SQLiteAccess

/// Asks a node what an exchange with another would bring, and holds the answer against what the specification makes of
/// the changesets before and after.
struct Previews: Looking {
    let course: Course
    let fleet: Fleet
    let examiner: Examiner
    let supervisor: Supervisor

    func preview(_ node: SimulatedNode) throws(Violation) {
        // What it would name otherwise is for the rules of what was applied.
        guard !examiner.universe.ways.areSeveral, let replica = node.replica, let reader = node.reader,
            !node.keepsTransaction,
            let other = fleet.nodes.first(where: { isRicher($0, than: node) })
        else { return }
        var batch: [IncomingChangeset] = []
        try supervisor.looking(at: other, "was looked at") { () throws(LookError) in
            guard let theirs = other.replica else { return }
            batch = try Self.reading(try theirs.outgoing(lackedBy: node.said.held).changesets())
        }
        // Another schema, or another roster, is for the rules of those.
        guard !batch.isEmpty, !batch.contains(where: { $0.header.header.feed.scope == .control }) else { return }
        try supervisor.looking(at: node, "was asked for a preview") { () throws(LookError) in
            try check(batch, replica, reader, node)
        }
    }

    private func isRicher(_ other: SimulatedNode, than node: SimulatedNode) -> Bool {
        other.index != node.index && other.isMember && other.engine != nil && !other.keepsTransaction
            && other.held.contains { $1 > node.held[$0] ?? 0 }
    }

    private func check(
        _ batch: [IncomingChangeset], _ replica: Replica, _ reader: RawClient, _ node: SimulatedNode
    ) throws(LookError) {
        let schema = try Self.reading(try replica.admin.schema())
        let defaults = try Self.reading(try Checker.defaults(of: schema, reader))
        let before = Specified(examiner.universe, node.applied, schema, defaults)
        // What people wrote since the last sealing is no part of what the specification speaks of.
        guard try Self.reading(try replica.reports.remains().notes) == 0,
            try Self.reading(try node.readTables()) == before.tables,
            let preview = try self.preview(batch, replica, node)
        else { return }
        course.saw(.event(.readPreview))
        var applied = node.applied
        for header in batch.map(\.header.header) where header.feed.scope == .control {
            applied[header.feed] = max(applied[header.feed] ?? 0, header.seq)
        }
        for report in preview.incoming { applied[report.feed] = max(applied[report.feed] ?? 0, report.seq) }
        let after = Specified(examiner.universe, applied, schema, defaults)
        try Self.judging(try TruePreview.check(preview, before: before, after: after, schema: schema, at: node.name))
    }

    /// Nil where what would come is refused, which is for the rule of how sessions end.
    private func preview(
        _ batch: [IncomingChangeset], _ replica: Replica, _ node: SimulatedNode
    ) throws(LookError) -> PreviewReport? {
        do throws(StoreError) {
            return try replica.reports.preview(batch, lackedByPeer: node.said.held)
        } catch {
            if case .damaged = error { return nil }
            throw .store(error)
        }
    }
}

/// Tables and reports as the specification makes them of some changesets.
struct Specified {
    let tables: Tables
    let conflicts: Set<ConflictReport>

    init(
        _ universe: Universe, _ applied: Vector, _ schema: Schema, _ defaults: [Identifier: [Identifier: Value]]
    ) {
        let state = MergeSpecification.state(
            of: universe.changesets(in: applied, scope: .alliance), tables: schema.tables, indexes: schema.indexes,
            defaults: defaults, quarantined: universe.quarantined(in: applied))
        tables = Tables(
            uniqueKeysWithValues: state.rows.map { row, values in
                (row, (defaults[row.table] ?? [:]).merging(values) { $1 })
            })
        conflicts = state.conflicts
    }
}
