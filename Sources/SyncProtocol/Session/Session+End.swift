import ReplicaModel

extension Session {
    mutating func finishIfDone() -> [Action] {
        guard case .exchanging(var exchange) = phase, exchange.isDone else { return [] }
        guard exchange.stays else { return isDialler ? [.send(.bye(.done))] + end(.done) : [] }
        guard !exchange.isSettled else { return [] }
        exchange.settle()
        phase = .exchanging(exchange)
        return [.settled]
    }

    mutating func receivedBye(_ reason: ByeReason) -> [Action] {
        end(isStanding || reason == .done && haveStreamsEnded ? .done : .bye(reason))
    }

    private var haveStreamsEnded: Bool {
        if case .exchanging(let exchange) = phase { exchange.haveStreamsEnded } else { false }
    }

    /// Refuses to go on: the peer misbehaves, is a stranger, or something here failed.
    package mutating func refuse(_ code: ErrorCode, _ sentence: String) -> [Action] { refuse(Refusal(code, sentence)) }

    package mutating func refuse(_ refusal: Refusal) -> [Action] {
        guard !hasEnded else { return [] }
        return [.send(.error(code: refusal.code, sentence: refusal.sentence))] + end(.refused(refusal))
    }

    /// Stops of this side's own accord.
    package mutating func stop(_ reason: ByeReason) -> [Action] {
        guard !hasEnded else { return [] }
        return [.send(.bye(reason))] + end(isStanding ? .done : .bye(reason))
    }

    mutating func end(_ end: SessionEnd) -> [Action] {
        guard !hasEnded else { return [] }
        phase = .ended(peerHello: peerHello)
        return [.end(end)]
    }
}
