import ReplicaModel

/// A session that stays when all is exchanged, because both sides said that they would.
extension Session {
    /// Whether both sides hold what either has, and the session waits for what comes.
    package var isStanding: Bool { if case .exchanging(let exchange) = phase { exchange.isSettled } else { false } }

    /// Milliseconds after which this side says ping, if it has said nothing.
    package var pingEvery: Int64 { isStanding ? Self.standingPingEvery : Self.pingEvery }

    /// Whether the vector of the peer was never told, because it held what this side did.
    package var wereHeadsEqual: Bool {
        if case .exchanging(let exchange) = phase { exchange.areHeadsEqual } else { false }
    }

    /// The vectors that the peer holds, for all that this side knows, and that it said it applied.
    package var peerHas: (held: Vector, applied: Vector)? {
        if case .exchanging(let exchange) = phase { (exchange.known, exchange.applied) } else { nil }
    }

    /// Notes what this side holds now: the peer is streamed what it lacks of it, as soon as the stream before has
    /// ended. Parts where this side holds less than it has streamed, because its replica was put back: the peer keeps
    /// what came, and sends nothing of it within this session.
    package mutating func holds(_ held: Vector) -> [Action] {
        if case .exchanging(let exchange) = phase, exchange.hasStreamed(moreThan: held) { return part() }
        guard case .exchanging(var exchange) = phase, exchange.hasNews(held) else { return [] }
        exchange.push(held)
        phase = .exchanging(exchange)
        return [.push(lackedBy: exchange.known)]
    }

    /// Ends the session if it stands: the next one compares everything anew.
    package mutating func part() -> [Action] { isStanding ? stop(.done) : [] }
}
