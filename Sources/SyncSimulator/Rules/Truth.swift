import ReplicaModel
import ReplicaStore

/// What a node says of its peers is true: what it calls durable there is held there, what it calls applied is applied, and neither is more than it
/// says that it sent. Of honest peers only: one that lies is believed. Of a replica that was put back, what it had before may be said until it is met again.
package struct Truth {
    static func check(_ contact: Contact, of peer: SimulatedNode, at name: String) throws(Violation) {
        try isAtMost(contact.held, peer.everHeld, "\(name) says that \(peer.name) holds")
        try isAtMost(contact.applied, peer.everApplied, "\(name) says that \(peer.name) applied")
        try isAtMost(contact.held, contact.sent, "\(name) says that \(peer.name) holds more than was sent to it or came from it:")
    }

    private static func isAtMost(_ said: Vector, _ has: Vector, _ sentence: String) throws(Violation) {
        for (feed, seq) in said where seq > has[feed] ?? 0 {
            throw Violation("truth", "\(sentence) \(seq) of \(feed.scope.name) of \(feed.site.short.prefix(9)), and it is \(has[feed] ?? 0)")
        }
    }
}
