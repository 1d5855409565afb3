import ReplicaModel
import ReplicaStore
import SQLiteAccess

/// People at several nodes who do at one time what each may do alone, and what does not fit together: rows that become
/// equal, columns that break a CHECK, a row that goes while another comes to refer to it.
extension Programs {
    func clash(_ node: SimulatedNode) throws(Violation) {
        let others = fleet.nodes.filter { $0.index != node.index && canClash($0) }.shuffled(using: &course.random)
        guard canClash(node), !others.isEmpty, let schema = try schema(of: node), let clash = writer.clash(schema)
        else { return }
        let people = Array(zip([node] + others, clash.scripts))
        if !clash.before.isEmpty {
            try carryOut(clash.before, node)
            for (other, _) in people.dropFirst() { try deliveries.deliverAll(of: node, to: other) }
        }
        for (person, script) in people where canClash(person) { try carryOut(script, person) }
        course.saw(.clashes)
    }

    private func canClash(_ node: SimulatedNode) -> Bool {
        node.isMember && node.role.mayWrite && node.engine != nil && !node.keepsTransaction
    }

    private func carryOut(_ script: [String], _ node: SimulatedNode) throws(Violation) {
        guard canClash(node) else { return }
        course.note("\(node.name) clashes: \(script.joined(separator: "; "))")
        try supervisor.writing(node, "was written to") { (node) throws(StoreError) in
            if node.writer == nil { node.writer = try node.client() }
            guard let client = node.writer else { return }
            for sql in script {
                do throws(StoreError) { try client.run(sql) } catch {
                    guard case .sqlite = error else { throw error }
                }
            }
        }
    }
}
