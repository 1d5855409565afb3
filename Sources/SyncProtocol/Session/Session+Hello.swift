import ReplicaModel

extension Session {
    mutating func receivedHello(_ hello: Hello) throws(Refusal) -> [Action] {
        switch phase {
        case .silent:
            try check(hello)
            return knock(after: hello)
        case .knocked(var proof) where proof.hello == nil:
            try check(hello)
            proof.hello = hello
            phase = .knocked(proof)
            return []
        case .greeting(let greeting): return try receivedHello(hello, in: greeting)
        case .knocked, .answering, .exchanging: throw .unexpected("a second hello in one session")
        case .ended: return []
        }
    }

    private mutating func receivedHello(_ hello: Hello, in greeting: Greeting) throws(Refusal) -> [Action] {
        guard greeting.introduction != .streaming else {
            throw .unexpected("a hello before the end of what the peer knocked for")
        }
        try check(hello)
        if let own = greeting.own { return begin(own, hello, wasIntroduced: greeting.introduction == .over) }
        phase = .answering(hello)
        return []
    }

    private func check(_ hello: Hello) throws(Refusal) {
        guard hello.site == peer else {
            throw Refusal(.wrongSite, "the hello names another site than the connection's key")
        }
        guard hello.alliance == alliance else { throw Refusal(.wrongAlliance, "the peer belongs to another alliance") }
        guard hello.versions.overlaps(Self.versions) else {
            let (own, its) = (Self.text(Self.versions), Self.text(hello.versions))
            throw Refusal(
                .noCommonVersion, "this node speaks protocol \(own) and the peer \(its): update the older one")
        }
    }

    private static func text(_ versions: ClosedRange<UInt64>) -> String {
        versions.lowerBound == versions.upperBound
            ? "\(versions.lowerBound)" : "\(versions.lowerBound) to \(versions.upperBound)"
    }

    /// Begins the exchange once both hellos are there: either nothing is to do, or the peer's vector says what it
    /// lacks.
    mutating func begin(_ own: OwnHello, _ hello: Hello, wasIntroduced: Bool) -> [Action] {
        let exchange = Exchange(own, hello, wasIntroduced: wasIntroduced)
        phase = .exchanging(exchange)
        return exchange.isResolving ? [.resolve(hello)] : finishIfDone()
    }

    /// Notes the vector of the peer's hello, or nil if it could not be read with this side's roster.
    package mutating func resolved(_ vector: Vector?) -> [Action] {
        guard case .exchanging(var exchange) = phase else { return [] }
        guard let vector else {
            exchange.askForVector()
            phase = .exchanging(exchange)
            return [.send(.vectorWanted)]
        }
        // A vector that is sent later than the hello may be of a later moment, and says nothing of this.
        // Nor where a side asks for what it lacks: then it may know already.
        guard vector != exchange.ownHeld || exchange.areHeadsEqual || exchange.asks else { return refuse(.fork) }
        exchange.beginStream(lackedBy: vector)
        phase = .exchanging(exchange)
        return [.stream(lackedBy: vector, scopes: nil)]
    }

    mutating func receivedVector(_ vector: Vector) throws(Refusal) -> [Action] {
        guard case .exchanging(var exchange) = phase else { throw .unexpected("a vector that nobody asked for") }
        try exchange.receivedVector(vector)
        phase = .exchanging(exchange)
        return [.stream(lackedBy: vector, scopes: nil)]
    }
}

extension Refusal {
    fileprivate static let fork = Refusal(
        .fork,
        """
        both sides hold as many changesets of everybody, and they are not the same: a feed went two ways, and the next \
        exchange looks for the last changeset that both have
        """)
}
