import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol
import SyncTransport
import SyncWire

/// Moves the frames of one session over one connection until the session ends. One task reads, one writes, one watches
/// the clock: what is to be sent never keeps a frame from being read, or two sides with full buffers would wait for
/// each other for ever. A fourth says ping, and never waits for the replica: the peer hears that this side is alive
/// however long a fold takes.
struct FrameExchange<Link: FrameLink> {
    let node: Node
    let connection: Link
    let number: Int
    let peer: String
    let progress: @Sendable (SyncProgress) -> Void
    /// Called once when both sides hold what either had, if the session stays.
    var onSettled: @Sendable () async -> Void = {}
    /// Why a member is not exchanged with now; nil if it is. Whoever comes to be admitted is.
    var refusal: String?
    let pulse = Pulse()

    private var steps: SessionSteps { SessionSteps(number: number, peer: peer) }

    func run(joining request: JoinRequest?) async throws -> SessionEnd {
        do { return try await exchange(joining: request) } catch {
            if Task.isCancelled {
                try? await sayFarewell()
            } else if let error = error as? NodeError {
                try? await sayUnavailable(error)
            }
            throw error
        }
    }

    /// Tells the peer that neither it nor the link is to blame: where the replica is, is no business of its.
    private func sayUnavailable(_ error: NodeError) async throws {
        try await refuse(.unavailable, "this node's replica cannot be used now (\(error.name)): try again later")
        while case .frame(let frame)? = try await next().output { try await connection.send(frame) }
    }

    /// Tells the peer that this node stops, and that the link is not to blame.
    private func sayFarewell() async throws {
        try await node.session(number) { session in try session.stop(at: Clocks.now) }
        while case .frame(let frame)? = try await next().output { try await connection.send(frame) }
    }

    private func exchange(joining request: JoinRequest?) async throws -> SessionEnd {
        let (wake, signal) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let (doubts, doubt) = AsyncStream<Int64>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let (pings, ping) = AsyncStream<Int64>.makeStream(bufferingPolicy: .bufferingNewest(1))
        await node.onWake(number) {
            signal.yield()
        } doubt: { moment in
            ping.yield(moment)
            doubt.yield(moment)
        }
        try await node.session(number) { [refusal] session in
            if let refusal, session.isPeerKnown { return try session.refuse(.unavailable, refusal, at: Clocks.now) }
            try session.start(joining: request, at: Clocks.now)
        }
        signal.yield()
        return try await withThrowingTaskGroup(of: SessionEnd?.self) { group in
            group.addTask { try await read(signal) }
            group.addTask { try await write(wake) }
            group.addTask { try await watch(signal) }
            group.addTask { try await self.ping() }
            group.addTask { try await self.ping(pings) }
            group.addTask { try await cut(doubts) }
            defer { group.cancelAll() }
            while let end = try await group.next() { if let end { return end } }
            return .bye(.stopping)
        }
    }

    /// Nil once the session has ended: what it still has to say is for `write`.
    private func read(_ signal: AsyncStream<Void>.Continuation) async throws -> SessionEnd? {
        do {
            var isRefused = false
            pulse.waits(at: Clocks.now.steady)
            for try await frame in connection.frames where !isRefused {
                pulse.works()
                defer { pulse.waits(at: Clocks.now.steady) }
                guard try await take(frame, signal) else { continue }
                guard case .refused? = await node.end(number) else { return nil }
                // Who closes with something unread takes back what it said last: the peer hears why before this side
                // goes.
                isRefused = true
            }
        } catch {
            // A peer that has said its last word may be gone before ours is through.
            if let end = await node.end(number) { return end }
            switch error as? TransportError {
            case .frameTooLarge?, .emptyFrame?:
                // The connection stands, so the peer is told.
                try await refuse(
                    .badFrame, "a frame has no bytes, or more than \(connection.frameBytesMax)")
                signal.yield()
                return nil
            default: throw error
            }
        }
        if let end = await node.end(number) { return end }
        // The frames end too where this side is told to stop, and then it has a farewell to say.
        try Task.checkCancellation()
        return .bye(.stopping)
    }

    /// True once the session has ended.
    private func take(_ frame: [UInt8], _ signal: AsyncStream<Void>.Continuation) async throws -> Bool {
        // The node may be at work for long before it looks at the frame, and clocks are compared by when it came.
        let came = Clocks.now.wall
        var outcome = try await steps.take(frame, came: came, through: connection.wireBytes, on: node)
        while true {
            // What the step has to say goes at once.
            signal.yield()
            switch outcome.left {
            case .nothing:
                try await note(outcome)
                return outcome.end != nil
            case .another: break
            // Nobody of this node holds the replica meanwhile.
            case .rest(let microseconds):
                await Rest.take(microseconds: microseconds)
                try Task.checkCancellation()
            }
            outcome = try await steps.proceed(through: connection.wireBytes, on: node)
        }
    }

    /// Learns how far the session is, and where it stands.
    private func note(_ outcome: SessionSteps.Outcome) async throws(NodeError) {
        if let now = outcome.progress { progress(now) }
        try await note(outcome.state)
    }

    private func note(_ state: Node.SessionState) async throws(NodeError) {
        guard pulse.note(state) else { return }
        try await node.settled(number)
        await onSettled()
    }

    private func next() async throws(NodeError) -> SessionSteps.Outcome {
        try await steps.next(through: connection.wireBytes, on: node)
    }

    private func refuse(_ code: ErrorCode, _ sentence: String) async throws(NodeError) {
        try await node.session(number) { session in try session.refuse(code, sentence, at: Clocks.now) }
    }

    private func write(_ wake: AsyncStream<Void>) async throws -> SessionEnd? {
        waking: for await _ in wake {
            while true {
                let outcome = try await next()
                switch outcome.output {
                case nil: continue waking
                case .end(let end):
                    pulse.ended()
                    if case .refused = end { return nil }
                    return end
                case .frame(let frame):
                    // Where sending fails the connection is over, and why is for the reading side to tell: a refusal
                    // may wait there.
                    do throws(TransportError) { try await connection.send(frame) } catch { return nil }
                    pulse.spoke(at: Clocks.now.steady)
                }
                try await note(outcome)
            }
        }
        return nil
    }

    private func ping() async throws -> SessionEnd? {
        let frame = MessageCodec.encode(.ping)
        while !Task.isCancelled {
            try await Task.sleep(for: pulse.rest)
            guard pulse.owesPing(at: Clocks.now.steady) else { continue }
            do throws(TransportError) { try await connection.send(frame) } catch { return nil }
            pulse.spoke(at: Clocks.now.steady)
        }
        return nil
    }

    /// Seconds that the last words of a session may take to be sent, and to be heard.
    private static var lastWordsMax: Int { 3 }

    private func watch(_ signal: AsyncStream<Void>.Continuation) async throws -> SessionEnd? {
        var secondsOver = 0
        while !Task.isCancelled {
            try await Task.sleep(for: pulse.rest)
            // When this is asked for: the replica may be at work for a while, which is no silence of the peer's.
            let (now, waitingSince) = (Clocks.now, pulse.waitingSince)
            try await node.session(number) { session in
                try session.tick(at: now, waitingSince: waitingSince)
                try session.partIfOld(at: now)
            }
            signal.yield()
            try await note(await node.state(number))
            try await giveUpIfSilent()
            guard let end = await node.end(number) else { continue }
            secondsOver += 1
            if secondsOver >= Self.lastWordsMax { return end }
        }
        return nil
    }
}
