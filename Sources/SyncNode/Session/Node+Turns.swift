import ReplicaModel
import SyncEngine
import SyncProtocol
import SyncTransport

/// What the tasks that move a session's frames do on the node. Each act tells all that they ask afterwards, for each
/// look at the node is two changes of threads, which are dearer than most frames.
extension Node {
    /// The work that is left with the frame that came last.
    enum Left: Sendable {
        case nothing
        case another
        /// The next step is due once others have had the replica for so long.
        case rest(microseconds: Int64)
    }

    /// How a session stands after something was done for it.
    struct SessionTurn: Sendable {
        var left = Left.nothing
        /// The output that is to be sent next, or the end; nil where there is nothing, or nobody asked.
        var output: PeerSession.Output?
        let state: SessionState
        /// Nil once the session is gone.
        let progress: SyncProgress?
        /// Why the session is over; nil while it is not.
        let end: SessionEnd?
    }

    /// Takes a frame that came, and does the first step with it.
    ///
    /// - Parameters:
    ///   - came: the milliseconds since 1970 at which it came.
    ///   - peer: the name under which progress is told.
    ///   - wire: the bytes that went through the session's socket.
    func take(
        _ frame: [UInt8], in number: Int, came: Int64, from peer: String, through wire: WireBytes
    ) throws(NodeError) -> SessionTurn {
        try session(number) { session in
            try session.accept(frame, at: Moment(wall: came, steady: Clocks.now.steady))
        }
        return try proceed(number, with: peer, through: wire)
    }

    /// The next step with the frame that came last; after the last one all sessions hear what is new.
    func proceed(_ number: Int, with peer: String, through wire: WireBytes) throws(NodeError) -> SessionTurn {
        let left = try step(number)
        if case .nothing = left { try tell() }
        var turn = turn(number, with: peer, through: wire)
        turn.left = left
        return turn
    }

    /// Takes from the session what it has to say next.
    func next(_ number: Int, to peer: String, through wire: WireBytes) throws(NodeError) -> SessionTurn {
        let output = try session(number) { session in try session.next(at: Clocks.now) } ?? nil
        var turn = turn(number, with: peer, through: wire)
        turn.output = output
        return turn
    }

    private func turn(_ number: Int, with peer: String, through wire: WireBytes) -> SessionTurn {
        SessionTurn(
            state: state(number), progress: progress(number, peer: peer, through: wire), end: sessions[number]?.end)
    }

    private func step(_ number: Int) throws(NodeError) -> Left {
        guard let session = sessions[number] else { return .nothing }
        if session.isDue {
            let left = lockWatch.left
            guard left == 0 else { return .rest(microseconds: left) }
        }
        let isMore = try saying {
            try lockWatch.step(on: engine) { try session.proceed(at: Clocks.now) }
        }
        return isMore ? .another : .nothing
    }
}
