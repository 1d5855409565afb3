import ReplicaModel
import ReplicaStore
import SQLiteAccess

/// People at a node: their commands, which have a process each, and their programs, which write past it.
extension Supervisor {
    /// Begins or ends the process of a person's command, now and then; what begins while it runs is done by it.
    func beginOrEndProcess(_ node: SimulatedNode) throws(Violation) {
        guard course.has(.secondProcesses), course.random.chance(25), !node.keepsTransaction else { return }
        guard node.second == nil else {
            node.second = nil
            return
        }
        node.disk.wallClock = fleet.moment(of: node).wall
        do {
            let replica = try Replica(
                path: SimulatedNode.path, valueBytesMax: Replica.valueBytesDefault, on: node.mounted)
            node.second = fleet.newEngine(replica, of: node)
            course.saw(.secondProcesses)
        } catch { try met(error, node, "began a process") }
    }

    /// Runs a program that writes. What it changed is what the tables show otherwise afterwards. If the machine stops
    /// meanwhile, that is seen when it starts again.
    func writing(
        _ node: SimulatedNode, _ what: String, _ body: (SimulatedNode) throws(StoreError) -> Void
    ) throws(Violation) {
        node.disk.wallClock = fleet.moment(of: node).wall
        do {
            let before = try node.readTables()
            node.before = before
            // Taken now: what was noted so far was written under this.
            try body(node)
            try note(node, since: before)
        } catch {
            if !node.disk.hasCrashed, let before = node.before, node.engine != nil {
                try? note(node, since: before)
                // A commit that failed may be in the log of the disk all the same, and there when the machine starts
                // again.
                node.before = try? node.readTables()
            }
            try met(error, node, what)
        }
        if node.disk.hasCrashed, node.engine != nil { try crash(node) }
    }

    private func note(_ node: SimulatedNode, since before: Tables) throws(StoreError) {
        let changes = SimulatedNode.changes(from: before, to: try node.readTables())
        if changes.isEmpty { return }
        node.before = nil
        let rows = changes.keys.sorted().map { "\($0.text): \(changes[$0].map(\.text) ?? "")" }
        course.note("\(node.name) changed \(rows.joined(separator: ", "))")
        examiner.rules.vanishing.happened(at: node, changes)
    }
}
