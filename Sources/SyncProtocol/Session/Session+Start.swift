import ReplicaModel

extension Session {
    /// Begins the session: the connection stands, and its TLS proved the peer's key.
    package mutating func started(joining request: JoinRequest? = nil) -> [Action] {
        guard peer != site else { return refuse(.wrongSite, "this address is that of this node itself") }
        let join = request.map { [Action.send(.join($0))] } ?? []
        switch phase {
        case .silent where isDialler: return join + knock(after: nil)
        case .greeting, .answering: return join + [.sendHello]
        case .silent, .knocked, .exchanging, .ended: return join
        }
    }

    /// Asks a stranger to show that it belongs.
    mutating func knock(after hello: Hello?) -> [Action] {
        phase = .knocked(Proof(hello: hello))
        return [.send(.knock)]
    }

    /// Says hello to a stranger that turned out to belong.
    mutating func welcome(as trust: PeerTrust) -> [Action] {
        switch phase {
        case .silent: phase = .greeting(Greeting())
        case .knocked(let proof): phase = proof.hello.map { .answering($0) } ?? .greeting(Greeting())
        case .greeting, .answering, .exchanging, .ended: return []
        }
        proved(trust)
        return [.sendHello]
    }

    /// Notes that the hello was composed with this digest of all held heads, and this vector of them.
    ///
    /// - Parameters:
    ///   - asks: whether it asks for something behind them.
    ///   - stays: whether it says that this side stays.
    package mutating func helloSent(
        heads: Bytes32, held: Vector, asks: Bool = false, stays: Bool = false
    ) -> [Action] {
        let own = OwnHello(heads: heads, held: held, asks: asks, stays: stays)
        switch phase {
        case .greeting(var greeting):
            greeting.own = own
            phase = .greeting(greeting)
            return []
        case .answering(let hello): return begin(own, hello, wasIntroduced: false)
        case .silent, .knocked, .exchanging, .ended: return []
        }
    }

    mutating func receivedKnock() throws(Refusal) -> [Action] {
        switch phase {
        case .silent, .knocked:
            guard trust != .retired else { throw .retired }
            throw Refusal(.stranger, "neither side knows the other: sync with a member that knows both first")
        case .greeting(var greeting):
            guard greeting.introduction == .unasked else { throw .unexpected("a second knock in one session") }
            greeting.introduction = .streaming
            phase = .greeting(greeting)
            return [.stream(lackedBy: [:], scopes: [.control])]
        case .exchanging(let exchange) where exchange.wasIntroduced:
            throw .unexpected("a second knock in one session")
        case .answering, .exchanging: throw .unexpected("a knock after the hello")
        case .ended: return []
        }
    }

    mutating func receivedJoin(_ request: JoinRequest) throws(Refusal) -> [Action] {
        guard !isDialler else { throw .unexpected("only a dialling side joins") }
        guard peerHello == nil else { throw .unexpected("a join comes before the hello") }
        return [.redeem(request)]
    }

    /// Notes that the secret was good: the bearer is on the roster now.
    package mutating func redeemed() -> [Action] { welcome(as: .member) }

    /// Notes that time passes. Silence is what is waited for: while this side works on what it got, or has not begun to
    /// wait, the peer owes it no word.
    ///
    /// - Parameters:
    ///   - now: of the clock that `init` was given.
    ///   - waitingSince: when this side began to wait for the peer's next word, by that clock; nil while it works on
    ///     one.
    package mutating func tick(at now: Int64, waitingSince: Int64?) -> [Action] {
        guard !hasEnded else { return [] }
        lastHeard = max(lastHeard, waitingSince ?? now)
        // Even so a stranger cannot keep this side at work for ever.
        guard waitingSince != nil || !isPeerKnown && now - began > Self.silenceMax else { return [] }
        return tick(at: now)
    }

    /// Notes that time passes, all of it in waiting for the peer. `now` is of the clock that `init` was given.
    package mutating func tick(at now: Int64) -> [Action] {
        guard !hasEnded else { return [] }
        // A stranger has its time whatever it says meanwhile.
        guard isPeerKnown else { return now - began > Self.strangerSilenceMax ? refuse(.stranger) : [] }
        let silenceMax = isStanding ? Self.standingSilenceMax : Self.silenceMax
        guard now - lastHeard > silenceMax else { return [] }
        return refuse(.timeout, "nothing was heard for \(silenceMax / 1000) seconds")
    }
}
