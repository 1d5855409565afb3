import ReplicaModel
import ReplicaStore

/// The signs of how far an exchange has got, by which one that broke off and goes on further the next time is told from
/// one that gets nowhere.
package struct Headway: Equatable, Sendable {
    /// Changesets that came in the session, and are kept.
    private let received: UInt64
    /// Chunks that are kept here of changesets that came in part.
    private let chunks: UInt64
    /// Changesets that the peer said that it holds, and chunks of others.
    private let peerHeld: UInt64
    private let peerChunks: UInt64

    package init(received: UInt64, chunks: UInt64, peerHeld: UInt64, peerChunks: UInt64) {
        (self.received, self.chunks) = (received, chunks)
        (self.peerHeld, self.peerChunks) = (peerHeld, peerChunks)
    }

    /// - Parameter session: one that has kept what came in part.
    package init(of session: PeerSession) throws(StoreError) {
        let own = try session.engine.replica.exchange.unfinished()
        // A peer may say any number.
        self.init(
            received: session.received, chunks: own.reduce(0) { $0 &+ $1.chunks },
            peerHeld: (session.lacked ?? [:]).changesets(),
            peerChunks: (session.session.peerHello?.unfinished ?? []).reduce(0) { $0 &+ $1.chunks })
    }

    /// Whether something is kept, here or at the peer, that was not when the exchange before this one broke off. What
    /// the peer kept of this one its next hello says.
    ///
    /// - Parameter last: nil where this is the first.
    package func isBeyond(_ last: Headway?) -> Bool {
        guard let last else { return received > 0 || chunks > 0 }
        return received > 0 || chunks > last.chunks || peerHeld > last.peerHeld || peerChunks > last.peerChunks
    }
}
