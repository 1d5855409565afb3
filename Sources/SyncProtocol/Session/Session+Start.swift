import ReplicaModel

extension Session {
    /// The connection stands and its TLS proved the peer's key.
    public mutating func started(joining request: JoinRequest? = nil) -> [Action] {
        guard peer != site else { return refuse(.wrongSite, "this address is that of this node itself") }
        var actions: [Action] = []
        if let request { actions.append(.send(.join(request))) }
        if knowsPeer {
            actions += sayHello()
        } else if isDialler {
            actions += knock()
        }
        return actions
    }

    mutating func sayHello() -> [Action] {
        guard !hasSentHello else { return [] }
        hasSentHello = true
        return [.sendHello]
    }

    mutating func knock() -> [Action] {
        guard !hasKnocked else { return [] }
        hasKnocked = true
        return [.send(.knock)]
    }

    /// The hello was composed with this digest of all held heads, and this vector of them.
    public mutating func helloSent(heads: Bytes32, held: Vector) -> [Action] {
        ownHeads = heads
        ownHeld = held
        return begin()
    }

    mutating func receivedKnock() -> [Action] {
        guard knowsPeer else {
            return refuse(.stranger, "neither side knows the other: sync with a member that knows both first")
        }
        guard !hasIntroduced else { return refuse(.unexpected, "a second knock in one session") }
        guard hello == nil else { return refuse(.unexpected, "a knock after the hello") }
        hasIntroduced = true
        isIntroducing = true
        return [.stream(lackedBy: [:], scopes: [.control])]
    }

    mutating func receivedJoin(_ request: JoinRequest) -> [Action] {
        guard !isDialler else { return refuse(.unexpected, "only a dialling side joins") }
        guard hello == nil, !hasSentHello || knowsPeer else { return refuse(.unexpected, "a join comes before the hello") }
        return [.redeem(request)]
    }

    /// The secret was good: the bearer is on the roster now.
    public mutating func redeemed() -> [Action] {
        knowsPeer = true
        return sayHello() + accepted()
    }

    /// Time passes. Silence is what is waited for: while this side works on what it got, or has not begun to wait, the peer owes it no word.
    ///
    /// - Parameters:
    ///   - now: of the clock that `init` was given.
    ///   - waitingSince: when this side began to wait for the peer's next word, by that clock; nil while it works on one.
    public mutating func tick(at now: Int64, waitingSince: Int64?) -> [Action] {
        guard !hasEnded else { return [] }
        lastHeard = max(lastHeard, waitingSince ?? now)
        // Even so a stranger cannot keep this side at work for ever.
        guard waitingSince != nil || !knowsPeer && now - began > Self.silenceMax else { return [] }
        return tick(at: now)
    }

    /// Time passes, all of it in waiting for the peer. `now` is of the clock that `init` was given.
    public mutating func tick(at now: Int64) -> [Action] {
        guard !hasEnded else { return [] }
        // A stranger has its time whatever it says meanwhile.
        guard knowsPeer else {
            return now - began > Self.strangerSilenceMax ? refuse(.stranger, "this node does not know the key that was shown") : []
        }
        return now - lastHeard > Self.silenceMax ? refuse(.timeout, "nothing was heard for \(Self.silenceMax / 1000) seconds") : []
    }
}
