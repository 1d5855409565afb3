import ReplicaModel
import ReplicaStore

/// The start of machines, with whatever is put back before it.
extension World {
    /// Starts a machine: the replica is what its disk has kept.
    func restart(_ node: SimulatedNode) throws(Violation) {
        guard node.engine == nil else { return }
        let loss = course.random.pick(CrashLoss.allCases)
        node.disk.restart(losing: loss, using: &course.random)
        course.note("\(node.name) starts, and had lost \(loss)")
        backups.putWitnessBack(node)
        backups.putBack(node)
        if course.has(.crashes), course.random.chance(5) { node.disk.crash(afterWrites: 1 + course.random.below(5)) }
        node.disk.wallClock = fleet.moment(of: node).wall
        do {
            let replica = try Replica(
                path: SimulatedNode.path, valueBytesMax: Replica.valueBytesDefault, on: node.mounted)
            try replica.admin.repair()
            node.engine = fleet.newEngine(replica, of: node)
            try node.connect()
        } catch {
            return try supervisor.met(error, node, "started")
        }
        try noteInterrupted(node)
        try supervisor.examine(node)
        if node.index == 0 { try alliance.inviteAgain() }
    }

    /// Notes what a program was committing when the machine stopped: it is there, whole, or it is not.
    private func noteInterrupted(_ node: SimulatedNode) throws(Violation) {
        guard let before = node.before, let replica = node.replica else { return }
        node.before = nil
        do {
            // Where the node wrote last, the program did not.
            guard try replica.vectors().applied == node.said.applied else { return }
            let changes = SimulatedNode.changes(from: before, to: try node.readTables())
            if !changes.isEmpty { examiner.rules.vanishing.happened(at: node, changes) }
        } catch { try supervisor.met(error, node, "was read") }
    }
}
