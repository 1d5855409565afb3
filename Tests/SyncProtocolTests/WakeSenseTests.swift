import SyncProtocol
import Testing

@Suite("What this machine notices of sleep and of networks")
struct WakeSenseTests {
    private func look(_ elapsed: Int64, wall: Int64? = nil, _ addresses: Set<String> = ["10.0.0.1"]) -> WakeSense.Look {
        WakeSense.Look(elapsed: elapsed, wall: wall ?? elapsed + 1_000_000, addresses: addresses)
    }

    @Test(
        "A rest that lasted much longer was a sleep, by whichever clock knows of it; one that was a little late was not"
    )
    func sleep() {
        var sense = WakeSense(look(0))
        #expect(sense.looked(look(1_000)) == nil)
        #expect(sense.looked(look(7_000)) == nil)
        #expect(sense.looked(look(13_001)) == .slept(milliseconds: 6_001))
        #expect(sense.looked(look(14_001)) == nil)
        #expect(sense.looked(look(15_001, wall: 1_114_001)) == .slept(milliseconds: 100_000))
        #expect(sense.looked(look(16_001, wall: 0)) == nil, "a clock that was put back is no sleep")
    }

    @Test("Other addresses are another network, once")
    func addresses() {
        var sense = WakeSense(look(0))
        #expect(sense.looked(look(1_000, ["10.0.0.2"])) == .moved)
        #expect(sense.looked(look(2_000, ["10.0.0.2"])) == nil)
        #expect(sense.looked(look(3_000, [])) == .moved)
        #expect(sense.looked(look(9_500, ["10.0.0.1"])) == .slept(milliseconds: 6_500))
        #expect(sense.looked(look(10_500, ["10.0.0.1"])) == nil)
    }

    @Test("A doubted peer is gone where its machine acknowledged nothing since, and one that has no room is not")
    func doubt() {
        func state(_ silence: Int64, isOwed: Bool = false, isAtHome: Bool = true) -> LinkState {
            LinkState(silence: silence, isOwed: isOwed, isAtHome: isAtHome)
        }
        #expect(state(40_000).isGone(doubtedFor: 3_000, isStanding: true))
        #expect(!state(40_000).isGone(doubtedFor: 2_999, isStanding: true))
        #expect(!state(2_990).isGone(doubtedFor: 3_000, isStanding: true))
        #expect(!state(3_004).isGone(doubtedFor: 3_000, isStanding: true), "the clock of the network is coarse")
        #expect(!state(40_000).isGone(doubtedFor: 3_000, isStanding: false))
        #expect(state(40_000, isOwed: true).isGone(doubtedFor: 3_000, isStanding: false))
        #expect(state(40_000, isAtHome: false).isGone(doubtedFor: 3_000, isStanding: false))
        #expect(!state(2_000, isOwed: true, isAtHome: false).isGone(doubtedFor: 3_000, isStanding: false))
        #expect(state(15_000, isOwed: true).isSilent)
        #expect(!state(14_999, isOwed: true).isSilent)
        #expect(!state(600_000).isSilent)
    }
}
