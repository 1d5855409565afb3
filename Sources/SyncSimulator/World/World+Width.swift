import ReplicaModel

/// Counting what really happens.
extension World {
    func sawReports(_ reports: Set<ConflictReport>, _ tables: Tables) {
        for report in reports {
            switch report.kind {
            case .cell: course.saw(.event(.cellConflict))
            case .deletedEdited: course.saw(.event(.deletedEdited))
            case .kept(let referrers):
                course.saw(.event(.keptRow))
                if referrers.contains(where: { isKept($0, in: reports) }) { course.saw(.event(.keptChain)) }
            case .duplicate(_, let keys): course.saw(.event(keys.count > 2 ? .thirdEqualRow : .equalRows))
            case .invalid: course.saw(.event(.failedCheck))
            }
        }
    }

    private func isKept(_ row: RowName, in reports: Set<ConflictReport>) -> Bool {
        reports.contains { $0.table == row.table && $0.key == row.key && $0.kindName == "kept" }
    }

    /// A changeset that its author has sealed just now.
    func sawSealed(_ entry: Universe.Entry, by node: SimulatedNode, _ chunks: [[UInt8]]) {
        if node.skew != 0 { course.saw(.wrongClocks) }
        if chunks.reduce(0, { $0 + $1.count }) > course.scenario.memoryLimits.batchBytes { course.saw(.largeChangesets) }
        if entry.defined.id.feed.incarnation != .first, entry.crime == nil { course.saw(.event(.newIncarnation)) }
        if entry.scope == .control {
            if universe.hasConcurrent(entry) { course.saw(.event(.concurrentDefinitions)) }
            return
        }
        for table in Set(entry.defined.operations.map(\.table)) { for feature in WorldSchema.features(of: table) { course.saw(.feature(feature)) } }
    }

    /// Something waits at the node for what its author had seen.
    func sawWaiting(_ node: SimulatedNode, before: (held: Vector, applied: Vector)) {
        guard node.held != node.applied, node.held != before.held else { return }
        course.saw(.event(before.held == before.applied ? .waitingChangeset : .waitingInParts))
    }
}

extension Universe {
    /// Whether another feed of its scope has something that its author had not seen, and that had not seen it.
    func hasConcurrent(_ entry: Entry) -> Bool {
        order.contains { id in
            id.feed.scope == entry.scope && id.feed.site != entry.defined.id.feed.site && entry.context[id.feed] ?? 0 < id.seq
        }
    }
}
