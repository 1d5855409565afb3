import ReplicaModel
import SyncProtocol
import SyncWire

/// A session to which a script happens, with surroundings that carry out its orders as `PeerSession` does.
struct SessionRun {
    private var script: FuzzScript
    private var session: Session
    private var law: SessionLaw
    private let words: FuzzWords
    private var now: Int64 = 0
    private var streams: [Bool] = []
    private var violation: String?

    /// The most events of a run: more show nothing new.
    private static let eventsMax = 200

    static func violation(by bytes: [UInt8]) -> String? {
        var run = SessionRun(FuzzScript(bytes))
        return run.play()
    }

    private init(_ script: FuzzScript) {
        var script = script
        let isDialler = script.bool()
        let isKnown = script.bool()
        words = FuzzWords(own: FuzzKeys.sites[0].site, peer: FuzzKeys.sites[1].site, alliance: .zero)
        session = Session(
            isDialler: isDialler, site: words.own, peer: words.peer, alliance: .zero,
            trust: isKnown ? .member : .stranger, now: 0)
        law = SessionLaw(isDialler: isDialler, isKnown: isKnown)
        self.script = script
    }

    private mutating func play() -> String? {
        let isJoining = law.isDialler && law.isKnown && script.bool()
        law.note(.started)
        carryOut(session.started(joining: isJoining ? words.join(&script) : nil))
        var events = 0
        while !script.isAtEnd, events < Self.eventsMax, violation == nil {
            step()
            events += 1
        }
        return violation
    }

    private mutating func step() {
        switch script.below(16) {
        case 0: tick()
        case 1, 2: streamed()
        case 3:
            law.note(.stopped)
            carryOut(session.stop(script.pick([.stopping, .duplicate])))
        case 4:
            law.note(.stopped)
            carryOut(session.refuse(script.pick(ErrorCode.allCases), "fuzz"))
        case 5:
            law.note(.holds)
            carryOut(session.holds(words.vector(&script)))
        case 6: if let message = try? MessageCodec.decode(script.run()) { receive(message) }
        default: receive(words.message(&script))
        }
    }

    private mutating func tick() {
        now += Int64(script.byte()) * 500
        law.note(.ticked)
        carryOut(session.tick(at: now))
    }

    private mutating func receive(_ message: Message) {
        law.note(.received(message))
        carryOut(session.received(message, at: now))
    }

    private mutating func streamed() {
        guard let isIntroduction = streams.popLast() else { return }
        law.note(.streamed(isIntroduction: isIntroduction))
        carryOut(session.streamed(isIntroduction: isIntroduction, reaches: words.vector(&script)))
    }

    /// Carries out orders one by one: the session is told what an order came to before the next is carried out.
    private mutating func carryOut(_ actions: [Session.Action]) {
        var rest = actions[...]
        while violation == nil, let action = rest.popFirst() {
            violation = law.violation(by: action)
            rest = (answer(action) + rest)[...]
        }
    }

    private mutating func answer(_ action: Session.Action) -> [Session.Action] {
        switch action {
        case .sendHello:
            let heads = words.digest(&script)
            let stays = script.bool()
            law.note(.helloSent(heads: heads, stays: stays))
            return session.helloSent(heads: heads, held: words.vector(&script), stays: stays)
        case .resolve(let hello):
            law.note(.resolved)
            guard case .full(let vector) = hello.held else {
                return session.resolved(script.bool() ? words.vector(&script) : nil)
            }
            return session.resolved(vector)
        case .stream(_, let scopes): streams = [scopes != nil]
        case .push: streams = [false]
        case .take(_, let isLast, _): return took(isLast: isLast)
        case .acknowledge:
            law.note(.acknowledged)
            return session.acknowledged()
        case .redeem:
            guard script.bool() else { return session.refuse(.badInvitation, "fuzz") }
            law.note(.redeemed)
            return session.redeemed()
        case .send, .sendVector, .record, .settled, .end: break
        }
        return []
    }

    private mutating func took(isLast: Bool) -> [Session.Action] {
        switch script.below(4) {
        case 0: return session.refuse(.badChangeset, "fuzz")
        case 1 where !isLast: return []
        default:
            // Of a member nothing is proven anew.
            let isKnown = law.isKnown || script.bool()
            law.note(.taken(isLast: isLast, isKnown: isKnown))
            return session.taken(isLast: isLast, trust: isKnown ? .member : .stranger)
        }
    }
}
