import ReplicaModel
import SyncProtocol

/// Watches one session, and says which law an order of its breaks: laws of the protocol's article, not of the machine.
struct SessionLaw {
    /// A thing that the session was told.
    enum Event {
        case started, ticked, stopped, acknowledged, redeemed
        case received(Message)
        case helloSent(heads: Bytes32, stays: Bool)
        case resolved
        /// The session was told that this side holds more.
        case holds
        case taken(isLast: Bool, isKnown: Bool)
        case streamed(isIntroduction: Bool)
    }

    let isDialler: Bool
    private(set) var isKnown: Bool
    private var event = Event.started
    private var hasEnded = false
    private var hasGreeted = false
    private var hasKnocked = false
    private var hasIntroduced = false
    private var hasExchanged = false
    private var isStreaming = false
    private var wasKnocked = false
    private var ownHeads: Bytes32?
    private var peerHello: Hello?
    private var recorded: Vector = [:]
    private var strangerBytes = 0
    private var hasSentLast = false
    private var hasTakenLast = false
    private var isSettled = false
    private var saysToStay = false
    private var wasToldOfRefusal = false

    init(isDialler: Bool, isKnown: Bool) {
        self.isDialler = isDialler
        self.isKnown = isKnown
    }

    mutating func note(_ event: Event) {
        self.event = event
        wasToldOfRefusal = false
        switch event {
        case .redeemed: isKnown = true
        case .helloSent(let heads, let stays): (ownHeads, saysToStay) = (heads, stays)
        case .taken(let isLast, let isNowKnown):
            if isLast, isKnown { hasTakenLast = true }
            if isLast, isNowKnown { isKnown = true }
        case .streamed(let isIntroduction):
            isStreaming = false
            if !isIntroduction { hasSentLast = true }
        case .received(.hello(let hello)) where peerHello == nil: peerHello = hello
        case .received(.knock): wasKnocked = true
        default: break
        }
    }

    /// The next order of the session. Nil if it keeps every law.
    mutating func violation(by action: Session.Action) -> String? {
        if hasEnded { return "a session that has ended orders nothing more" }
        if !isKnown, let sentence = strangerViolation(action) { return sentence }
        switch action {
        case .send(let message): return violation(sending: message)
        case .sendHello: return once(&hasGreeted, "a side says hello once")
        case .stream(_, let scopes): return violation(streaming: scopes)
        case .push: return pushViolation()
        case .settled:
            isSettled = true
            return stays && isDone ? nil : "a session stands where both sides stay, and have said their last"
        case .take(let bytes, _, let trust): return violation(taking: bytes.count, trust)
        case .acknowledge:
            return if case .taken = event { nil } else { "an ack comes after what it names was taken, and never else" }
        case .redeem:
            guard case .received(.join) = event, !isDialler else {
                return "only a listening side redeems, and what was shown to it"
            }
            return nil
        case .resolve(let hello):
            return hello == peerHello && hasGreeted ? nil : "a vector is read once both hellos are there"
        case .sendVector: return hasGreeted ? nil : "a vector is told to nobody who was not greeted"
        case .record(let held, _):
            defer { recorded = held }
            return recorded.allSatisfy { held[$0.key] ?? 0 >= $0.value }
                ? nil : "what a peer holds never shrinks within a session"
        case .end(let end): return violation(ending: end)
        }
    }

    /// The law that an order breaks by what it tells a key that is not on the roster, or takes of it; nil if none.
    private func strangerViolation(_ action: Session.Action) -> String? {
        switch action {
        case .send(.knock), .send(.error), .send(.bye), .redeem, .end: nil
        case .send(.join): isDialler ? nil : "only a dialling side joins"
        case .take(_, _, let trust):
            trust.mustProve && hasKnocked
                ? nil : "of a stranger control changesets are taken, and only when it was asked"
        default: "a stranger is told nothing of the replica: \(action) after \(event)"
        }
    }

    private func once(_ has: inout Bool, _ sentence: String) -> String? {
        defer { has = true }
        return has ? sentence : nil
    }

    private mutating func violation(sending message: Message) -> String? {
        switch message {
        case .error: wasToldOfRefusal = true
        case .knock: return once(&hasKnocked, "a side knocks once")
        case .vectorWanted:
            return if case .resolved = event { nil } else { "a vector is asked for when a hello's cannot be read" }
        case .bye(.done) where !isDialler && !stays: return "the dialling side says that all is done"
        case .bye(.done) where !isDone: return "a session is done when both sides have said their last"
        case .bye, .join: break
        default: return "a session sends \(message) by an order of its own"
        }
        return nil
    }

    private mutating func violation(streaming scopes: Set<Scope>?) -> String? {
        defer { isStreaming = true }
        if isStreaming { return "a stream begins when the one before has ended" }
        guard scopes == nil else {
            guard scopes == [.control], wasKnocked else { return "an introduction is of control, for who knocks" }
            return once(&hasIntroduced, "a side introduces itself once")
        }
        guard peerHello != nil, hasGreeted else { return "changes are streamed once both hellos are there" }
        return once(&hasExchanged, "what a peer lacks is streamed once in a session")
    }

    private var stays: Bool { saysToStay && peerHello?.stays == true }

    private mutating func pushViolation() -> String? {
        defer { (isStreaming, isSettled) = (true, false) }
        if isStreaming { return "a stream begins when the one before has ended" }
        guard stays else { return "nothing is pushed to who does not stay" }
        let isEqual = ownHeads != nil && ownHeads == peerHello?.headsDigest
        return isEqual || hasSentLast ? nil : "what is pushed comes after what the peer lacked at the hello"
    }

    private mutating func violation(taking count: Int, _ trust: PeerTrust) -> String? {
        guard case .received(.changes) = event else { return "what is taken came just now" }
        guard !isKnown else {
            return !trust.mustProve && peerHello != nil
                ? nil : "changes of a member are taken after its hello, of every scope"
        }
        strangerBytes += count
        return strangerBytes <= Session.strangerBytesMax ? nil : "of a stranger at most a mebibyte is taken"
    }

    private var isDone: Bool {
        let isEqual = ownHeads != nil && ownHeads == peerHello?.headsDigest
        return isKnown && hasGreeted && peerHello != nil && (isEqual || hasSentLast && hasTakenLast)
    }

    private mutating func violation(ending end: SessionEnd) -> String? {
        hasEnded = true
        switch end {
        case .done: return isDone ? nil : "a session is done when both sides have said their last"
        case .refused: return wasToldOfRefusal ? nil : "who is refused is told why"
        case .bye, .refusedByPeer: return nil
        }
    }
}
