import ReplicaModel

extension Session {
    /// Decides on a message that came. `now` is of the clock that `init` was given.
    package mutating func received(_ message: Message, at now: Int64) -> [Action] {
        guard !hasEnded else { return [] }
        lastHeard = now
        do { return try answer(message) } catch { return refuse(error) }
    }

    private mutating func answer(_ message: Message) throws(Refusal) -> [Action] {
        switch message {
        case .hello(let hello): try receivedHello(hello)
        case .knock: try receivedKnock()
        case .join(let request): try receivedJoin(request)
        case .vectorWanted: try receivedVectorWanted()
        case .vector(let vector): try receivedVector(vector)
        case .changes(let bytes, let isLast): try receivedChanges(bytes, isLast: isLast)
        case .ack(let held, let applied): try receivedAck(held: held, applied: applied)
        case .ping: []
        case .bye(let reason): receivedBye(reason)
        case .error(let code, let sentence): end(.refusedByPeer(Refusal(code, sentence)))
        }
    }

    private mutating func receivedVectorWanted() throws(Refusal) -> [Action] {
        guard case .exchanging(var exchange) = phase else { throw .vectorWantedEarly }
        try exchange.tellVector()
        phase = .exchanging(exchange)
        return [.sendVector]
    }

    private mutating func receivedChanges(_ bytes: [UInt8], isLast: Bool) throws(Refusal) -> [Action] {
        switch phase {
        case .silent: throw .stranger
        case .knocked(var proof):
            proof.byteCount += bytes.count
            guard proof.byteCount <= Self.strangerBytesMax else { throw .strangerSaysMuch }
            phase = .knocked(proof)
            return [.take(bytes, isLast: isLast, trust: trust)]
        case .greeting: throw .unexpected("changes before the hello")
        case .exchanging(var exchange):
            exchange.streams()
            phase = .exchanging(exchange)
            return [.take(bytes, isLast: isLast, trust: trust)]
        case .answering: return [.take(bytes, isLast: isLast, trust: trust)]
        case .ended: return []
        }
    }

    /// Notes that what `take` ordered is durable.
    ///
    /// - Parameters:
    ///   - trust: read from the roster afterwards.
    ///   - came: the greatest number of each feed that came in the peer's stream.
    package mutating func taken(isLast: Bool, trust: PeerTrust, came: Vector = [:]) -> [Action] {
        switch phase {
        case .silent, .knocked:
            guard isLast else { return [] }
            return switch trust {
            case .stranger: refuse(.stranger)
            case .retired: refuse(.retired)
            case .member, .invited: welcome(as: trust)
            }
        case .greeting, .answering: return [.acknowledge]
        case .exchanging where trust == .retired: return refuse(.retired)
        case .exchanging(var exchange):
            exchange.taken(isLast: isLast, came: came)
            phase = .exchanging(exchange)
            return [.acknowledge]
        case .ended: return []
        }
    }

    /// Notes that the stream that `stream` ordered has ended, its last frame sent. An introduction is not the exchange.
    ///
    /// - Parameter reaches: what the peer holds once it has taken all of it.
    package mutating func streamed(isIntroduction: Bool, reaches: Vector) -> [Action] {
        switch phase {
        case .greeting(var greeting) where isIntroduction:
            greeting.introduction = .over
            phase = .greeting(greeting)
            return []
        case .exchanging(var exchange) where !isIntroduction:
            exchange.streamed(reaching: reaches)
            phase = .exchanging(exchange)
            return finishIfDone()
        case .silent, .knocked, .greeting, .answering, .exchanging, .ended: return []
        }
    }

    /// Notes that an ack was sent.
    package mutating func acknowledged() -> [Action] {
        guard case .exchanging(var exchange) = phase else { return [] }
        exchange.acknowledged()
        phase = .exchanging(exchange)
        return finishIfDone()
    }

    private mutating func receivedAck(held: Vector, applied: Vector) throws(Refusal) -> [Action] {
        guard case .exchanging(var exchange) = phase else { throw .unexpected("an ack before both hellos") }
        try exchange.receivedAck(held: held, applied: applied)
        phase = .exchanging(exchange)
        return [.record(held: exchange.acked, applied: exchange.applied)] + finishIfDone()
    }
}

extension Refusal {
    fileprivate static let strangerSaysMuch = Refusal(
        .tooMuch, "a node that is not on the roster may show at most \(Session.strangerBytesMax) bytes")
}
