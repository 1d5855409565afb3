import ReplicaModel
import Testing

@testable import SyncProtocol

@Suite("What a bye and a failure come to")
struct FarewellTests {
    private func site(_ number: UInt8) throws -> SiteID { try #require(SiteID(Array(repeating: number, count: 32))) }

    @Test("A bye before all was received ends a session, and does not end it as done")
    func early() throws {
        let alliance = try site(9).key
        var session = Session(
            isDialler: false, site: try site(1), peer: try site(2), alliance: alliance, trust: .member, now: 0)
        #expect(session.started() == [.sendHello])
        _ = session.helloSent(heads: try site(7).key, held: [:])
        #expect(session.received(.bye(.done), at: 1) == [.end(.bye(.done))])
    }

    @Test("A peer that failed rests for the interval, and each failure more doubles that, up to its jitter")
    func rests() {
        var schedule = DialSchedule(interval: 10_000)
        var generator = SystemRandomNumberGenerator()
        var least: Int64 = 8_750
        for _ in 0..<4 {
            schedule.tried("p", hasFailed: true, at: 0, using: &generator)
            #expect(!schedule.isDue("p", at: least - 1))
            #expect(schedule.isDue("p", at: least * 9 / 7))
            least *= 2
        }
        schedule.tried("p", hasFailed: false, at: 0, using: &generator)
        #expect(schedule.isDue("p", at: 10_000))
    }

    @Test(
        "A machine that woke dials everybody within a second, however often that failed before, and rests shortly after"
    )
    func woke() {
        var schedule = DialSchedule(interval: 86_400_000)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<12 { schedule.tried("p", hasFailed: true, at: 0, using: &generator) }
        schedule.tried("q", hasFailed: false, at: 0, using: &generator)
        schedule.woke(at: 5_000, using: &generator)
        #expect(schedule.isDue("p", at: 6_000))
        #expect(schedule.isDue("q", at: 6_000))
        schedule.tried("p", hasFailed: true, at: 6_000, using: &generator)
        #expect(schedule.isDue("p", at: 7_125))
        schedule.parted("p", at: 10_000, using: &generator)
        schedule.woke(at: 9_000, using: &generator)
        #expect(schedule.isDue("p", at: 10_000))
    }

    @Test("A peer that left, or whose link was lost, has parted; one that was refused has not")
    func parting() {
        #expect(SessionEnd.done.isParting)
        #expect(SessionEnd.bye(.stopping).isParting)
        #expect(SessionEnd.refused(Refusal(.timeout, "s")).isParting)
        #expect(SessionEnd.refusedByPeer(Refusal(.timeout, "s")).isParting)
        #expect(!SessionEnd.refused(Refusal(.badFrame, "s")).isParting)
        #expect(!SessionEnd.refusedByPeer(Refusal(.retired, "s")).isParting)
    }
}
