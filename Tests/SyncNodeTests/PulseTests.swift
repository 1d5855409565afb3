import SyncProtocol
import Testing

@testable import SyncNode

@Suite("Who speaks and who waits in a session")
struct PulseTests {
    @Test("A side says ping when it has said nothing for a while, from its first word to its last")
    func pings() {
        let pulse = Pulse()
        #expect(
            !pulse.owesPing(at: 100 * Session.pingEvery),
            "a stranger is told nothing before the session has a word for it")
        pulse.spoke(at: 1_000)
        #expect(!pulse.owesPing(at: 1_000 + Session.pingEvery - 1))
        #expect(pulse.owesPing(at: 1_000 + Session.pingEvery))
        // Whatever this side works on meanwhile.
        pulse.works()
        #expect(pulse.owesPing(at: 1_000 + Session.pingEvery))
        pulse.spoke(at: 50_000)
        #expect(!pulse.owesPing(at: 50_000 + Session.pingEvery - 1))
        pulse.ended()
        #expect(!pulse.owesPing(at: 100 * Session.pingEvery))
    }

    @Test("The peer is waited for from when this side has done with its last frame")
    func waiting() {
        let pulse = Pulse()
        #expect(pulse.waitingSince == nil)
        pulse.waits(at: 5)
        #expect(pulse.waitingSince == 5)
        pulse.works()
        #expect(pulse.waitingSince == nil)
        pulse.waits(at: 90_000)
        #expect(pulse.waitingSince == 90_000)
    }

    @Test("Four pings go in the time after which a peer is given up")
    func often() {
        #expect(4 * Session.pingEvery <= Session.silenceMax)
    }
}
