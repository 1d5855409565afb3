import ReplicaModel

extension Session {
    mutating func finishIfDone() -> [Action] {
        guard !hasEnded, isDialler, hasSentLast, hasReceivedLast, hasAcknowledgedLast, hasReceivedAck,
            reaches.allSatisfy({ acked[$0.key] ?? 0 >= $0.value })
        else { return [] }
        return [.send(.bye(.done))] + end(.done)
    }

    mutating func receivedBye(_ reason: ByeReason) -> [Action] {
        let isDone = reason == .done && hasReceivedLast && hasSentLast
        return end(isDone ? .done : .bye(reason))
    }

    /// This side refuses to go on: the peer misbehaves, is a stranger, or something here failed.
    public mutating func refuse(_ code: ErrorCode, _ sentence: String) -> [Action] {
        guard !hasEnded else { return [] }
        return [.send(.error(code: code, sentence: sentence))] + end(.refused(code, sentence))
    }

    /// This side stops on its own accord.
    public mutating func stop(_ reason: ByeReason) -> [Action] {
        guard !hasEnded else { return [] }
        return [.send(.bye(reason))] + end(.bye(reason))
    }

    mutating func end(_ end: SessionEnd) -> [Action] {
        guard !hasEnded else { return [] }
        hasEnded = true
        return [.end(end)]
    }
}
