import ReplicaModel
import SyncEngine
import SyncProtocol
import SyncTransport

/// The steps of a session on its node, for the tasks that move its frames. Each tells all that they ask afterwards, for
/// each look at the node is two changes of threads, which are dearer than most frames.
struct SessionSteps: Sendable {
    let number: Int
    /// The name under which progress is told.
    let peer: String

    /// The work that is left with the frame that came last.
    enum Left: Sendable {
        case nothing
        case another
        /// The next step is due once others have had the replica for so long.
        case rest(microseconds: Int64)
    }

    /// The session as it stands after a step.
    struct Outcome: Sendable {
        var left = Left.nothing
        /// The output that is to be sent next, or the end; nil where there is nothing, or nobody asked.
        var output: PeerSession.Output?
        let state: Node.SessionState
        /// Nil once the session is gone.
        let progress: SyncProgress?
        /// Why the session is over; nil while it is not.
        let end: SessionEnd?
    }

    /// Takes a frame that came, and does the first step with it.
    ///
    /// - Parameters:
    ///   - came: the milliseconds since 1970 at which it came.
    ///   - wire: the bytes that went through the session's socket.
    func take(
        _ frame: [UInt8], came: Int64, through wire: WireBytes, on node: isolated Node
    ) throws(NodeError) -> Outcome {
        try node.session(number) { session in
            try session.accept(frame, at: Moment(wall: came, steady: Clocks.now.steady))
        }
        return try proceed(through: wire, on: node)
    }

    /// Does the next step with the frame that came last; after the last one all sessions hear what is new.
    func proceed(through wire: WireBytes, on node: isolated Node) throws(NodeError) -> Outcome {
        let left = try step(on: node)
        if case .nothing = left { try node.tell() }
        var outcome = outcome(through: wire, on: node)
        outcome.left = left
        return outcome
    }

    /// Takes from the session what it has to say next.
    func next(through wire: WireBytes, on node: isolated Node) throws(NodeError) -> Outcome {
        let output = try node.session(number) { session in try session.next(at: Clocks.now) } ?? nil
        var outcome = outcome(through: wire, on: node)
        outcome.output = output
        return outcome
    }

    private func outcome(through wire: WireBytes, on node: isolated Node) -> Outcome {
        Outcome(
            state: node.state(number), progress: node.progress(number, peer: peer, through: wire),
            end: node.end(number))
    }

    private func step(on node: isolated Node) throws(NodeError) -> Left {
        guard let session = node.sessions[number] else { return .nothing }
        if session.isDue {
            let left = node.lockWatch.left
            guard left == 0 else { return .rest(microseconds: left) }
        }
        let isMore = try saying {
            try node.lockWatch.step(on: node.engine) { try session.proceed(at: Clocks.now) }
        }
        return isMore ? .another : .nothing
    }
}
