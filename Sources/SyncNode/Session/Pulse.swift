import SyncProtocol
import Synchronization

/// The instants at which a side of a session last spoke, and since when it waits for the other. The tasks that read,
/// write and watch the clock share it, so that none has to wait for a replica that is at work to know it.
final class Pulse: Sendable {
    private struct State {
        var spoke: Int64?
        var waitingSince: Int64?
        var hasEnded = false
        var session = Node.SessionState()
    }

    private let state = Mutex(State())

    /// Moments are milliseconds of the steady clock.
    func spoke(at now: Int64) { state.withLock { $0.spoke = now } }

    /// The next frame of the peer is waited for.
    func waits(at now: Int64) { state.withLock { $0.waitingSince = now } }

    /// A frame of the peer came, and is worked on.
    func works() { state.withLock { $0.waitingSince = nil } }

    /// The session's last word was said.
    func ended() { state.withLock { $0.hasEnded = true } }

    /// Notes where the session stands.
    ///
    /// - Returns: whether it stands for the first time.
    func note(_ session: Node.SessionState) -> Bool {
        state.withLock { state in
            defer { state.session = session }
            return session.hasSettled && !state.session.hasSettled
        }
    }

    /// How long a task may rest that watches the clock for the session: long where nothing is to be noted.
    var rest: Duration { state.withLock { $0.session.isQuiet && !$0.hasEnded ? .seconds(15) : .seconds(1) } }

    /// Whether this side has said a word, and not its last.
    var hasSpoken: Bool { state.withLock { $0.spoke != nil && !$0.hasEnded } }

    /// Whether the session stands, and nothing is to be noted.
    var isStanding: Bool { state.withLock { $0.session.isQuiet } }

    /// Whether both sides once held what either had.
    var hasSettled: Bool { state.withLock { $0.session.hasSettled } }

    var waitingSince: Int64? { state.withLock { $0.waitingSince } }

    /// Whether it is time to say ping: nothing is said to a peer before the session has a word for it.
    func owesPing(at now: Int64) -> Bool {
        state.withLock { state in
            guard let spoke = state.spoke, !state.hasEnded else { return false }
            return now - spoke >= state.session.pingEvery
        }
    }
}
