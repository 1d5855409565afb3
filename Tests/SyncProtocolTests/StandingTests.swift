import ReplicaModel
import Testing

@testable import SyncProtocol

@Suite("A session that stays once all is exchanged")
struct StandingTests {
    private static func site(_ number: UInt8) -> SiteID {
        guard let site = SiteID([UInt8](repeating: number, count: 32)) else { preconditionFailure("32 bytes") }
        return site
    }

    private let feed = FeedID(site: Self.site(1), incarnation: .first, scope: .alliance)
    private let other = FeedID(site: Self.site(3), incarnation: .first, scope: .alliance)

    private func hello(heads: UInt8, stays: Bool, scopes: [Scope] = [.control, .alliance]) -> Message {
        .hello(
            Hello(
                versions: 1...1, alliance: Self.site(9).key, site: Self.site(2), incarnation: .first, software: "test",
                wallClock: 0, frameBytesMax: 1 << 20, scopes: scopes, controlDigest: Self.site(8).key,
                headsDigest: Self.site(heads).key, held: .full([feed: 4]), unfinished: [], stays: stays))
    }

    /// A session in which both sides hold the same at their hellos.
    private func equal(
        dials: Bool = true, stays: Bool = true, peerStays: Bool = true, scopes: [Scope] = [.control, .alliance]
    ) -> (session: Session, last: [Session.Action]) {
        var session = Session(
            isDialler: dials, site: Self.site(1), peer: Self.site(2), alliance: Self.site(9).key, trust: .member, now: 0
        )
        _ = session.started()
        _ = session.helloSent(heads: Self.site(7).key, held: [feed: 4], stays: stays)
        let last = session.received(hello(heads: 7, stays: peerStays, scopes: scopes), at: 0)
        return (session, last)
    }

    @Test("Stays only where both say so; else the dialling side says bye as ever")
    func both() {
        for dials in [true, false] {
            let (session, last) = equal(dials: dials)
            #expect(last == [.settled])
            #expect(session.isStanding)
        }
        for (stays, peerStays) in [(true, false), (false, true)] {
            let (session, last) = equal(stays: stays, peerStays: peerStays)
            #expect(last == [.send(.bye(.done)), .end(.done)])
            #expect(!session.isStanding)
        }
    }

    @Test("Pushes what this side comes to hold, once, and stands again when it is acknowledged")
    func push() {
        var (session, _) = equal()
        #expect(session.holds([feed: 4]).isEmpty)
        #expect(session.holds([feed: 5]) == [.push(lackedBy: [feed: 4])])
        #expect(!session.isStanding)
        #expect(session.holds([feed: 6]).isEmpty, "one stream at a time")
        #expect(session.streamed(isIntroduction: false, reaches: [feed: 5]).isEmpty)
        #expect(session.holds([feed: 5]).isEmpty)
        let acked = session.received(.ack(held: [feed: 5], applied: [:]), at: 1)
        #expect(acked == [.record(held: [feed: 5], applied: [feed: 5]), .settled])
        #expect(session.holds([feed: 6]) == [.push(lackedBy: [feed: 5])])
    }

    @Test("What was pushed before more was is still to be acknowledged: until then the peer is not said to hold it")
    func pushedTwice() {
        var (session, _) = equal()
        _ = session.holds([feed: 5])
        _ = session.streamed(isIntroduction: false, reaches: [feed: 5])
        #expect(session.holds([feed: 5, other: 1]) == [.push(lackedBy: [feed: 5])])
        _ = session.streamed(isIntroduction: false, reaches: [:])
        let empty = session.received(.ack(held: [:], applied: [:]), at: 1)
        #expect(!empty.contains(.settled))
        #expect(!session.isStanding)
        #expect(session.received(.ack(held: [feed: 5], applied: [:]), at: 2).last == .settled)
    }

    @Test("A peer is not believed that it applied more than it holds")
    func appliedMore() {
        var (session, _) = equal()
        let told = session.received(.ack(held: [other: 2], applied: [feed: 1 << 40, other: 1 << 40]), at: 1)
        #expect(told.first == .record(held: [other: 2], applied: [feed: 4, other: 2]))
    }

    @Test("What could not be given is not offered again and again")
    func offered() {
        var (session, _) = equal()
        #expect(session.holds([feed: 4, other: 1]).count == 1)
        _ = session.streamed(isIntroduction: false, reaches: [:])
        #expect(session.received(.ack(held: [:], applied: [:]), at: 1).last == .settled)
        #expect(session.holds([feed: 4, other: 1]).isEmpty)
        #expect(session.holds([feed: 4, other: 2]) == [.push(lackedBy: [feed: 4])])
    }

    @Test("Parts where this side holds less than it streamed, for it was put back")
    func less() {
        var (session, _) = equal()
        _ = session.holds([feed: 5])
        _ = session.streamed(isIntroduction: false, reaches: [feed: 5])
        #expect(session.received(.ack(held: [feed: 5], applied: [:]), at: 1).last == .settled)
        #expect(session.holds([feed: 4]) == [.send(.bye(.done)), .end(.done)])
    }

    @Test("What the peer pushes is taken and acknowledged, and not sent back")
    func taken() {
        var (session, _) = equal()
        let changes = Message.changes(bytes: [1], isLast: true)
        #expect(session.received(changes, at: 1) == [.take([1], isLast: true, trust: .member)])
        #expect(!session.isStanding)
        #expect(session.taken(isLast: true, trust: .member, came: [other: 3]) == [.acknowledge])
        #expect(session.acknowledged() == [.settled])
        #expect(session.holds([feed: 4, other: 3]).isEmpty)
        #expect(session.holds([feed: 4, other: 4]) == [.push(lackedBy: [feed: 4, other: 3])])
    }

    @Test("Nothing of a scope is pushed for which the peer did not ask")
    func scopes() {
        var (session, _) = equal(scopes: [.control])
        #expect(session.holds([feed: 9]).isEmpty)
    }

    @Test("Says ping once a minute, and gives the peer up after two and a half; while it streams, as any session")
    func silence() {
        var (session, _) = equal()
        #expect(session.pingEvery == 60_000)
        #expect(session.tick(at: 150_000).isEmpty)
        var streaming = session
        _ = streaming.received(.ping, at: 150_000)
        _ = streaming.holds([feed: 5])
        #expect(streaming.pingEvery == Session.pingEvery)
        #expect(streaming.tick(at: 150_000 + Session.silenceMax + 1).count == 2)
        guard case .end(.refused(let refusal))? = session.tick(at: 150_001).last, refusal.code == .timeout else {
            Issue.record("a peer that is silent is given up")
            return
        }
        #expect(refusal.sentence.contains("150 seconds"))
        #expect(2 * Session.standingPingEvery <= Session.standingSilenceMax)
    }

    @Test("Where it stands a bye of any reason ends it as done; in the midst of a push it does not")
    func farewell() {
        for reason in [ByeReason.done, .duplicate, .stopping] {
            var (session, _) = equal()
            #expect(session.received(.bye(reason), at: 1) == [.end(.done)])
            var (pushing, _) = equal()
            _ = pushing.holds([feed: 5])
            #expect(pushing.received(.bye(reason), at: 1) == [.end(.bye(reason))])
        }
        var (session, _) = equal(dials: false)
        #expect(session.part() == [.send(.bye(.done)), .end(.done)])
        var (pushing, _) = equal()
        _ = pushing.holds([feed: 5])
        #expect(pushing.part().isEmpty)
    }

    @Test(
        "A peer with which a session stood is dialled again within a second, and rests after failures are short at first"
    )
    func parted() {
        var schedule = DialSchedule(interval: 86_400_000)
        var generator = SystemRandomNumberGenerator()
        schedule.tried("p", hasFailed: false, at: 0, using: &generator)
        schedule.parted("p", at: 0, using: &generator)
        #expect(!schedule.isDue("p", at: 99))
        #expect(schedule.isDue("p", at: 1_000))
        var rest: Int64 = 1_000
        for _ in 0..<12 {
            schedule.tried("p", hasFailed: true, at: 0, using: &generator)
            #expect(schedule.isDue("p", at: min(rest * 9 / 8, DialSchedule.restMax)))
            #expect(!schedule.isDue("p", at: min(rest, DialSchedule.restMax) * 7 / 8 - 1))
            rest *= 2
        }
        schedule.tried("p", hasFailed: false, at: 0, using: &generator)
        #expect(!schedule.isDue("p", at: 3_600_000))
    }

    @Test("A person's writes are pushed at once; a program that writes without end makes two changesets a second")
    func pace() {
        var pace = PushPace(at: 0)
        for number in 1...50 { #expect(pace.rest(after: Int64(number) * 1_000) == PushPace.least) }
        var (now, count) = (Int64(60_000), 0)
        while now < 660_000 {
            now += pace.rest(after: now)
            count += 1
        }
        #expect(count <= 200 + 600 * 2 + 2)
        #expect(count >= 600 * 2)
    }
}
