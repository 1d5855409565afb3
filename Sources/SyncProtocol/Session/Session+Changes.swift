import ReplicaModel

extension Session {
    /// A message came. `now` is of the clock that `init` was given.
    public mutating func received(_ message: Message, at now: Int64) -> [Action] {
        guard !hasEnded else { return [] }
        lastHeard = now
        switch message {
        case .hello(let hello): return receivedHello(hello)
        case .knock: return receivedKnock()
        case .join(let request): return receivedJoin(request)
        case .vectorWanted: return receivedVectorWanted()
        case .vector(let vector):
            // Asked for once both hellos are there, so never of a stranger, to whom nothing may be streamed.
            guard isVectorWanted else { return refuse(.unexpected, "a vector that nobody asked for") }
            isVectorWanted = false
            guard acked.allSatisfy({ vector[$0.key] ?? 0 >= $0.value }) else {
                return refuse(.shrinkingVector, "the peer's vector is less than what it acknowledged before")
            }
            return received(vector: vector)
        case .changes(let bytes, let isLast): return receivedChanges(bytes, isLast: isLast)
        case .ack(let held, let applied): return receivedAck(held: held, applied: applied)
        case .ping: return []
        case .bye(let reason): return receivedBye(reason)
        case .error(let code, let sentence): return end(.refusedByPeer(code, sentence))
        }
    }

    /// Once is enough, and a vector may be large.
    private mutating func receivedVectorWanted() -> [Action] {
        guard hasSentHello, hello != nil, !hasSentVector else { return refuse(.unexpected, "a vector was asked for before both hellos, or twice") }
        hasSentVector = true
        return [.sendVector]
    }

    private mutating func receivedChanges(_ bytes: [UInt8], isLast: Bool) -> [Action] {
        guard !knowsPeer else {
            guard hello != nil else { return refuse(.unexpected, "changes before the hello") }
            return [.take(bytes, isLast: isLast, isControlOnly: false)]
        }
        guard hasKnocked else { return refuse(.stranger, "this node does not know the key that was shown") }
        strangerBytes += bytes.count
        guard strangerBytes <= Self.strangerBytesMax else {
            return refuse(.tooMuch, "a node that is not on the roster may show at most \(Self.strangerBytesMax) bytes")
        }
        return [.take(bytes, isLast: isLast, isControlOnly: true)]
    }

    /// What `take` ordered is durable. `knowsPeer` is read from the roster afterwards.
    public mutating func taken(isLast: Bool, knowsPeer nowKnown: Bool) -> [Action] {
        guard !hasEnded else { return [] }
        guard !knowsPeer else {
            guard isLast else { return [.acknowledge] }
            hasReceivedLast = true
            return [.acknowledge]
        }
        guard isLast else { return [] }
        guard nowKnown else { return refuse(.stranger, "this node does not know the key that was shown") }
        knowsPeer = true
        return sayHello() + accepted()
    }

    /// The stream that `stream` ordered has ended, its last frame sent. An introduction is not the exchange.
    ///
    /// - Parameter reaches: what the peer holds once it has taken all of it.
    public mutating func streamed(isIntroduction: Bool, reaches: Vector) -> [Action] {
        guard !isIntroduction else {
            isIntroducing = false
            return []
        }
        hasSentLast = true
        self.reaches = reaches
        return finishIfDone()
    }

    /// An ack was sent.
    public mutating func acknowledged() -> [Action] {
        if hasReceivedLast { hasAcknowledgedLast = true }
        return finishIfDone()
    }

    private mutating func receivedAck(held: Vector, applied: Vector) -> [Action] {
        guard isStreaming else { return refuse(.unexpected, "an ack before both hellos") }
        for (feed, seq) in held {
            guard acked[feed] ?? 0 <= seq else {
                return refuse(.shrinkingVector, "the peer said that it holds \(acked[feed] ?? 0) of a feed and now says \(seq)")
            }
            acked[feed] = seq
        }
        ackedApplied.merge(applied) { $1 }
        hasReceivedAck = true
        return [.record(held: acked, applied: acked.merging(ackedApplied) { $1 })] + finishIfDone()
    }
}
