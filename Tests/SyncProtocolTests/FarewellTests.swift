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

    @Test("Each failure more doubles the rest, up to its jitter")
    func rests() {
        var schedule = DialSchedule(interval: 10_000)
        var generator = SystemRandomNumberGenerator()
        var least: Int64 = 15_000
        for _ in 0..<4 {
            schedule.tried("p", hasFailed: true, at: 0, using: &generator)
            #expect(!schedule.isDue("p", at: least - 1))
            #expect(schedule.isDue("p", at: least * 4 / 3))
            least *= 2
        }
        schedule.tried("p", hasFailed: false, at: 0, using: &generator)
        #expect(schedule.isDue("p", at: 10_000))
    }
}
