import ReplicaModel
import Testing

@testable import SyncProtocol

@Suite("The session, event by event")
struct SessionTests {
    private static func site(_ number: UInt8) -> SiteID {
        guard let site = SiteID([UInt8](repeating: number, count: 32)) else { preconditionFailure("32 bytes") }
        return site
    }

    private static func digest(_ number: UInt8) -> Bytes32 { site(number).key }

    private let alliance = Self.digest(9)
    private let feed = FeedID(site: Self.site(1), incarnation: .first, scope: .alliance)

    private func session(dials: Bool = true, trust: PeerTrust = .member) -> Session {
        Session(isDialler: dials, site: Self.site(1), peer: Self.site(2), alliance: alliance, trust: trust, now: 0)
    }

    private func hello(
        versions: ClosedRange<UInt64> = 1...1, alliance: Bytes32? = nil, site: UInt8 = 2, heads: UInt8 = 7,
        held: Vector = [:]
    ) -> Message {
        .hello(
            Hello(
                versions: versions, alliance: alliance ?? self.alliance, site: Self.site(site), incarnation: .first,
                software: "test",
                wallClock: 0, frameBytesMax: 1 << 20, scopes: [.control, .alliance], controlDigest: Self.digest(3),
                headsDigest: Self.digest(heads), held: .full(held), unfinished: []))
    }

    /// Hellos were exchanged and differ; this side's stream is ordered.
    private func open(
        dials: Bool = true, held: Vector = [:],
        own: Vector = [FeedID(site: site(3), incarnation: .first, scope: .control): 1]
    ) -> Session {
        var session = session(dials: dials)
        _ = session.started()
        _ = session.helloSent(heads: Self.digest(6), held: own)
        _ = session.received(hello(held: held), at: 0)
        _ = session.resolved(held)
        return session
    }

    private func refusal(_ actions: [Session.Action]) -> ErrorCode? {
        for case .end(let end) in actions { return end.ownRefusal }
        return nil
    }

    @Test("Who is known is greeted at once, whoever dialled", arguments: [true, false])
    func greeting(dials: Bool) {
        var session = session(dials: dials)
        #expect(session.started() == [.sendHello])
    }

    @Test("Equal digests: the dialling side says bye, and nothing is streamed")
    func nothingToDo() {
        var dialler = session()
        _ = dialler.started()
        #expect(dialler.helloSent(heads: Self.digest(7), held: [:]).isEmpty)
        #expect(dialler.received(hello(heads: 7), at: 1) == [.send(.bye(.done)), .end(.done)])
        var listener = session(dials: false)
        _ = listener.started()
        _ = listener.helloSent(heads: Self.digest(7), held: [:])
        #expect(listener.received(hello(heads: 7), at: 1).isEmpty)
        #expect(listener.received(.bye(.done), at: 2) == [.end(.done)])
    }

    @Test("The dialling side says bye once both streams have ended and both ends are acknowledged")
    func exchange() {
        var session = open()
        #expect(session.streamed(isIntroduction: false, reaches: [feed: 3]).isEmpty)
        #expect(
            session.received(.changes(bytes: [1], isLast: true), at: 1) == [
                .take([1], isLast: true, trust: .member)
            ])
        #expect(session.taken(isLast: true, trust: .member) == [.acknowledge])
        #expect(session.acknowledged().isEmpty)
        #expect(
            session.received(.ack(held: [feed: 2], applied: [:]), at: 2).count == 1, "not yet all that was streamed")
        let last = session.received(.ack(held: [feed: 3], applied: [:]), at: 3)
        #expect(last == [.record(held: [feed: 3], applied: [feed: 3]), .send(.bye(.done)), .end(.done)])
        #expect(session.received(.ping, at: 4).isEmpty, "a session that has ended says nothing more")
    }

    @Test("What was held and not applied is told apart")
    func applied() {
        var session = open()
        #expect(
            session.received(.ack(held: [feed: 5], applied: [feed: 4]), at: 1) == [
                .record(held: [feed: 5], applied: [feed: 4])
            ])
    }

    @Test("A vector that shrinks within a session is an error")
    func shrinking() {
        var session = open(held: [feed: 5])
        #expect(refusal(session.received(.ack(held: [feed: 4], applied: [:]), at: 1)) == .shrinkingVector)
    }

    @Test("No protocol version in common is an error that names both")
    func versions() {
        var session = session()
        _ = session.started()
        let actions = session.received(hello(versions: 2...3), at: 1)
        #expect(refusal(actions) == .noCommonVersion)
        guard case .send(.error(_, let sentence))? = actions.first else {
            Issue.record("an error is sent")
            return
        }
        #expect(sentence.contains("protocol 1"))
        #expect(sentence.contains("2 to 3"))
    }

    @Test(
        "Another alliance, another site than the key, a hello too many, an ack and changes too early: each has its name"
    )
    func unexpected() {
        var other = session()
        #expect(refusal(other.received(hello(alliance: Self.digest(8)), at: 1)) == .wrongAlliance)
        var mask = session()
        #expect(refusal(mask.received(hello(site: 3), at: 1)) == .wrongSite)
        var twice = open()
        #expect(refusal(twice.received(hello(), at: 1)) == .unexpected)
        var early = session()
        #expect(refusal(early.received(.ack(held: [:], applied: [:]), at: 1)) == .unexpected)
        var hasty = session()
        #expect(refusal(hasty.received(.changes(bytes: [], isLast: true), at: 1)) == .unexpected)
        var late = open()
        _ = late.taken(isLast: true, trust: .member)
        #expect(
            late.received(.changes(bytes: [2], isLast: true), at: 1) == [
                .take([2], isLast: true, trust: .member)
            ], "what is sealed later follows")
        var mirror = Session(
            isDialler: true, site: Self.site(1), peer: Self.site(1), alliance: alliance, trust: .member, now: 0)
        #expect(refusal(mirror.started()) == .wrongSite)
    }

    @Test(
        "A listening side tells a stranger nothing, asks it to show itself once it spoke, and lets it in after its control changesets"
    )
    func stranger() {
        var session = session(dials: false, trust: .stranger)
        #expect(session.started().isEmpty)
        #expect(session.received(hello(), at: 1) == [.send(.knock)])
        #expect(
            session.received(.changes(bytes: [1], isLast: true), at: 2) == [
                .take([1], isLast: true, trust: .stranger)
            ])
        #expect(session.taken(isLast: true, trust: .member) == [.sendHello])
    }

    @Test("A stranger that cannot show that it belongs is refused by name")
    func refusedStranger() {
        var session = session(dials: false, trust: .stranger)
        _ = session.started()
        #expect(
            refusal(session.received(.changes(bytes: [1], isLast: false), at: 1)) == .stranger,
            "nobody asked for changes")
        var second = self.session(dials: false, trust: .stranger)
        _ = second.received(hello(), at: 1)
        _ = second.received(.changes(bytes: [1], isLast: true), at: 2)
        #expect(refusal(second.taken(isLast: true, trust: .stranger)) == .stranger)
        var knocked = self.session(dials: false, trust: .stranger)
        #expect(refusal(knocked.received(.knock, at: 1)) == .stranger, "neither knows the other")
    }

    @Test("A stranger shows at most a mebibyte, and has ten seconds")
    func strangerLimits() {
        var session = session(dials: false, trust: .stranger)
        _ = session.received(hello(), at: 0)
        let piece = [UInt8](repeating: 0, count: 1 << 16)
        for _ in 0..<16 { #expect(refusal(session.received(.changes(bytes: piece, isLast: false), at: 0)) == nil) }
        #expect(refusal(session.received(.changes(bytes: [0], isLast: false), at: 0)) == .tooMuch)
        var silent = self.session(dials: false, trust: .stranger)
        _ = silent.received(.ping, at: Session.strangerSilenceMax - 1)
        #expect(silent.tick(at: Session.strangerSilenceMax).isEmpty)
        #expect(refusal(silent.tick(at: Session.strangerSilenceMax + 1)) == .stranger)
    }

    @Test("Who knocks and is known is shown all control changesets, once")
    func introduction() {
        var session = session()
        _ = session.started()
        #expect(session.received(.knock, at: 1) == [.stream(lackedBy: [:], scopes: [.control])])
        #expect(session.streamed(isIntroduction: true, reaches: [:]).isEmpty)
        #expect(refusal(session.received(.knock, at: 2)) == .unexpected)
    }

    @Test(
        "A stranger that says hello is told nothing for a vector or an ack that nobody asked for",
        arguments: [true, false])
    func strangersVector(dials: Bool) {
        var session = session(dials: dials, trust: .stranger)
        _ = session.started()
        _ = session.received(hello(), at: 1)
        #expect(refusal(session.received(.vector([feed: 1]), at: 2)) == .unexpected)
        var other = self.session(dials: dials, trust: .stranger)
        _ = other.started()
        _ = other.received(hello(), at: 1)
        #expect(refusal(other.received(.ack(held: [feed: 1], applied: [:]), at: 2)) == .unexpected)
    }

    @Test("What a peer lacks is streamed once, and never within another stream")
    func streams() {
        var twice = open()
        #expect(refusal(twice.received(.vector([:]), at: 1)) == .unexpected, "the hello had the vector")
        var late = open()
        #expect(refusal(late.received(.knock, at: 1)) == .unexpected, "who said hello knows this side")
        var hasty = session()
        _ = hasty.started()
        _ = hasty.helloSent(heads: Self.digest(6), held: [:])
        _ = hasty.received(.knock, at: 1)
        #expect(refusal(hasty.received(hello(), at: 2)) == .unexpected, "the introduction has not ended")
    }

    @Test("A dialling side that does not know the key that answered knocks")
    func knocking() {
        var session = session(trust: .stranger)
        #expect(session.started() == [.send(.knock)])
    }

    @Test("A peer that is silent for a minute is given up, and every word of it counts as life")
    func silence() {
        var session = open()
        #expect(session.tick(at: Session.silenceMax).isEmpty)
        _ = session.received(.ping, at: Session.silenceMax)
        #expect(session.tick(at: 2 * Session.silenceMax).isEmpty)
        #expect(refusal(session.tick(at: 2 * Session.silenceMax + 1)) == .timeout)
        #expect(session.tick(at: 9 * Session.silenceMax).isEmpty, "it ends once")
    }

    @Test("While this side works on what it got, and before it waits again, the peer owes it no word")
    func ownWork() {
        var session = open()
        #expect(session.tick(at: 5 * Session.silenceMax, waitingSince: nil).isEmpty)
        #expect(session.tick(at: 9 * Session.silenceMax, waitingSince: 9 * Session.silenceMax - 1).isEmpty)
        #expect(session.tick(at: 10 * Session.silenceMax - 1, waitingSince: 9 * Session.silenceMax - 1).isEmpty)
        #expect(
            refusal(session.tick(at: 10 * Session.silenceMax, waitingSince: 9 * Session.silenceMax - 1)) == .timeout)
        var stranger = self.session(dials: false, trust: .stranger)
        #expect(stranger.tick(at: Session.strangerSilenceMax + 1, waitingSince: nil).isEmpty)
        #expect(
            refusal(stranger.tick(at: Session.silenceMax + 1, waitingSince: nil)) == .stranger,
            "it does not keep this side at work for ever")
    }

    @Test("A vector is asked for once both hellos are there, and a join comes before the hello")
    func order() {
        var early = session()
        _ = early.started()
        _ = early.helloSent(heads: Self.digest(6), held: [:])
        #expect(refusal(early.received(.vectorWanted, at: 0)) == .unexpected)
        var late = session(dials: false)
        _ = late.started()
        _ = late.received(hello(), at: 0)
        let request = JoinRequest(alliance: alliance, secret: [UInt8](repeating: 1, count: 16), name: "n")
        #expect(refusal(late.received(.join(request), at: 0)) == .unexpected)
        var again = session(dials: false)
        _ = again.started()
        #expect(again.received(.join(request), at: 0) == [.redeem(request)], "a member may show its secret again")
    }

    @Test("What was said of feeds that this side does not know is forgotten, and the rest is not")
    func forgetting() {
        let other = FeedID(site: Self.site(8), incarnation: .first, scope: .alliance)
        var session = open(held: [feed: 1, other: 9])
        session.forget { $0 == feed }
        #expect(
            session.received(.ack(held: [:], applied: [:]), at: 1) == [.record(held: [feed: 1], applied: [feed: 1])])
    }

    @Test(
        "Who has as many changesets of everybody and not the same ones is a copy that went its own way: a fork, named on both sides"
    )
    func fork() {
        var session = session()
        _ = session.started()
        _ = session.helloSent(heads: Self.digest(6), held: [feed: 2])
        #expect(session.received(hello(heads: 7, held: [feed: 2]), at: 1).count == 1)
        #expect(refusal(session.resolved([feed: 2])) == .fork)
    }

    @Test("A vector that this side's roster cannot read is asked for in full")
    func vectorWanted() {
        var session = session()
        _ = session.started()
        _ = session.helloSent(heads: Self.digest(6), held: [:])
        guard case .resolve? = session.received(hello(), at: 1).first else {
            Issue.record("the vector is to be read")
            return
        }
        #expect(session.resolved(nil) == [.send(.vectorWanted)])
        #expect(session.received(.vector([feed: 2]), at: 2) == [.stream(lackedBy: [feed: 2], scopes: nil)])
        #expect(refusal(session.received(.vector([:]), at: 3)) == .unexpected, "it is told once")
    }

    @Test("A vector that is told after an ack is no less than it")
    func shrinkingAnswer() {
        var session = session()
        _ = session.started()
        _ = session.helloSent(heads: Self.digest(6), held: [:])
        _ = session.received(hello(), at: 1)
        _ = session.resolved(nil)
        _ = session.received(.ack(held: [feed: 2], applied: [:]), at: 2)
        var same = session
        #expect(same.received(.vector([feed: 2]), at: 3) == [.stream(lackedBy: [feed: 2], scopes: nil)])
        #expect(refusal(session.received(.vector([feed: 1]), at: 3)) == .shrinkingVector)
    }

    @Test("A peer's refusal ends the session with its name and sentence")
    func refused() {
        var session = open()
        #expect(
            session.received(.error(code: .fork, sentence: "s"), at: 1) == [.end(.refusedByPeer(Refusal(.fork, "s")))])
    }
}

@Suite("When to dial whom")
struct DialScheduleTests {
    @Test(
        "A peer that answers is dialled by the interval; one that fails ever more rarely, never more than five minutes apart",
        arguments: 0..<50)
    func rests(seed: Int) {
        var generator = Counting(state: UInt64(seed))
        var schedule = DialSchedule(interval: 10_000)
        #expect(schedule.isDue("p", at: 0))
        schedule.tried("p", hasFailed: false, at: 0, using: &generator)
        #expect(!schedule.isDue("p", at: 7_000))
        #expect(schedule.isDue("p", at: 10_000))
        var now: Int64 = 10_000
        for _ in 0..<20 {
            schedule.tried("p", hasFailed: true, at: now, using: &generator)
            #expect(schedule.isDue("p", at: now + DialSchedule.restMax))
            now += DialSchedule.restMax
        }
        #expect(schedule.isDue("other", at: 0))
    }

    private struct Counting: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }
}
