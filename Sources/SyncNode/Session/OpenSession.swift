import ReplicaModel
import SyncEngine
import SyncTransport

/// A session that has not been put away, with what moves its frames.
struct OpenSession {
    let session: PeerSession
    /// The name of the peer, where `serve` dialled it.
    let dialled: String?
    /// The moment at which it began.
    let began: Moment
    /// Has the session send what it has to say.
    var wake: (@Sendable () -> Void)?
    /// Has the session look whether its peer is still there: with a moment of the steady clock.
    var doubt: (@Sendable (Int64) -> Void)?
    /// Cuts the connection, where the peer dialled.
    var abort: (@Sendable () -> Void)?
    /// Whether this node has parted from the peer because its time was over.
    var hasParted = false
    /// The traffic that was told to whoever measures.
    var counted = CountedTraffic()

    var isOver: Bool { session.end != nil }
    /// Whether the session was begun with a member, and goes on.
    var isLive: Bool { session.isPeerKnown && !isOver }
}
