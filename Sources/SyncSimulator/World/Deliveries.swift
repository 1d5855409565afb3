import ReplicaModel
import ReplicaStore
import SQLiteAccess
import SyncEngine
import SyncWire

/// Changesets that one node is given of another past all sessions.
struct Deliveries {
    let course: Course
    let fleet: Fleet
    let supervisor: Supervisor

    /// Delivers some of the feeds of another node, without what their authors had seen.
    func deliverPart(to node: SimulatedNode) throws(Violation) {
        let richer = fleet.nodes.filter {
            $0.isMember && !$0.keepsTransaction && $0.held.count { $1 > node.held[$0] ?? 0 } > 1
        }
        guard !richer.isEmpty, !node.keepsTransaction else { return }
        let other = course.random.pick(richer)
        try supervisor.seal(other)
        guard let lacking = try lacking(by: node, at: other) else { return }
        let lackingFeeds = Set(lacking.map(\.header.header.feed)).sorted().shuffled(using: &course.random)
        let feeds = lackingFeeds.dropFirst().filter { _ in course.random.chance(70) }
        let part = feeds.flatMap { feed in lacking.filter { $0.header.header.feed == feed } }
        course.note("\(node.name) is given \(part.count) of \(lacking.count) changesets of \(other.name)")
        if !part.isEmpty, part.count < lacking.count { course.saw(.partialDeliveries) }
        try supervisor.act(node, "took a part") { (engine) throws(StoreError) in
            let outcome = try engine.replica.accept(part, now: fleet.moment(of: node).wall)
            if case .refused(let refusal) = outcome {
                throw .damaged("an honest part was refused: \(refusal.sentence)")
            }
        }
    }

    /// Delivers everything that one has and the other lacks, at once.
    func deliverAll(of node: SimulatedNode, to other: SimulatedNode) throws(Violation) {
        try supervisor.seal(node)
        guard !other.keepsTransaction, let lacking = try lacking(by: other, at: node), !lacking.isEmpty else { return }
        try supervisor.act(other, "took all") { (engine) throws(StoreError) in
            let outcome = try engine.replica.accept(lacking, now: fleet.moment(of: other).wall)
            if case .refused(let refusal) = outcome {
                throw .damaged("an honest whole was refused: \(refusal.sentence)")
            }
        }
    }

    /// Asks one node for all that it has and the other lacks.
    private func lacking(
        by node: SimulatedNode, at other: SimulatedNode
    ) throws(Violation) -> [IncomingChangeset]? {
        let held = node.said.held
        return try supervisor.act(other, "was asked") { (engine) throws(StoreError) in
            // What a session would give: whom it reaches may have to give it to others.
            try engine.replica.outgoing(lackedBy: held, bytesInMemory: engine.memory.changesetBytes).changesets()
        }
    }
}
