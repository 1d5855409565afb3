import ReplicaModel
import ReplicaStore

/// Once all is the same and nobody writes: two nodes meet twice more, and know of each other what is true.
extension World {
    func meetInCalm() throws(Violation) {
        let edge = course.random.pick(course.scenario.edges)
        for _ in 0..<2 {
            try sessions.dial(fleet.nodes[edge.dialler], fleet.nodes[edge.listener])
            while !network.links.isEmpty { try step() }
        }
        for (one, other) in [(edge.dialler, edge.listener), (edge.listener, edge.dialler)] { try checkKnows(fleet.nodes[one], fleet.nodes[other]) }
    }

    private func checkKnows(_ node: SimulatedNode, _ peer: SimulatedNode) throws(Violation) {
        // What is known of a machine and its copies is of any of them.
        guard fleet.nodes.count(where: { $0.key.site == peer.key.site }) == 1, let replica = node.replica else { return }
        let contact: Contact?
        do { contact = try replica.contact(with: peer.key.site) } catch { return try supervisor.met(error, node, "was asked for a contact") }
        try HonestEnd.check(contact, of: peer, at: node.name)
    }
}
