import ReplicaModel
import ReplicaStore

/// The rule that what a node says of its peers is true: what it calls durable there is held there, what it calls
/// applied is applied, and neither is more than it says that it sent. The rule is of honest peers only: one that lies
/// is believed. Of a replica that was put back, what it had before may be said until it is met again; of a machine and
/// its copies, what any of them has.
package struct Truth {
    static func check(_ contact: Contact, of peers: [SimulatedNode], at name: String) throws(Violation) {
        let name = "\(name) says that \(peers.map(\.name).joined(separator: " or "))"
        try isAtMost(contact.held, most(peers.map(\.everHeld)), "\(name) holds")
        try isAtMost(contact.applied, most(peers.map(\.everApplied)), "\(name) applied")
        try isAtMost(contact.held, contact.sent, "\(name) holds more than was sent to it or came from it:")
    }

    private static func most(_ vectors: [Vector]) -> Vector {
        vectors.reduce(into: [:]) { $0.merge($1) { max($0, $1) } }
    }

    private static func isAtMost(_ said: Vector, _ has: Vector, _ sentence: String) throws(Violation) {
        for (feed, seq) in said where seq > has[feed] ?? 0 {
            throw Violation(
                "truth",
                "\(sentence) \(seq) of \(feed.scope.name) of \(feed.site.short.prefix(9)), and it is \(has[feed] ?? 0)")
        }
    }
}
