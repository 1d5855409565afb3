import ReplicaModel
import ReplicaStore
import SyncProtocol

/// A session between honest nodes, of whose link nothing was lost, ends with `done` on both sides. Within two such
/// exchanges between which nobody writes, both sides know of each other what is true: all that the other holds, and has
/// applied where nothing waits there, and no more.
package struct HonestEnd {
    /// - Parameter ends: of both sides; nil where a side closed without having come to an end.
    static func check(_ ends: [SessionEnd?], of names: [String], link: Int) throws(Violation) {
        for (end, name) in zip(ends, names) where end != .done {
            throw Violation("honest end", "link \(link) lost nothing, and \(name) ends with \(end?.name ?? "nothing")")
        }
    }

    /// - Parameter contact: what the node knows of the peer; nil if it knows nothing.
    static func check(_ contact: Contact?, of peer: SimulatedNode, at name: String) throws(Violation) {
        let sentence = "after two exchanges \(name) knows of \(peer.name)"
        guard let contact else { throw Violation("honest end", "\(sentence) nothing") }
        try isAll(contact.held, peer.held, "\(sentence) that it holds")
        if peer.applied == peer.held { try isAll(contact.applied, peer.applied, "\(sentence) that it has applied") }
    }

    private static func isAll(_ said: Vector, _ has: Vector, _ sentence: String) throws(Violation) {
        for feed in Set(said.keys).union(has.keys).sorted() where said[feed] ?? 0 != has[feed] ?? 0 {
            throw Violation(
                "honest end",
                """
                \(sentence) \(said[feed] ?? 0) of \(feed.scope.name) of \(feed.site.short.prefix(9)), and it is \
                \(has[feed] ?? 0)
                """
            )
        }
    }
}
