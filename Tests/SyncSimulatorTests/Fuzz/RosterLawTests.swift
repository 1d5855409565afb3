import Testing

@testable import SyncSimulator

@Suite("The law of the roster")
struct RosterLawTests {
    @Test("What a replica makes of rights that end, of those who wait and of releases is what the specification says")
    func corpus() {
        var seen = RosterWidth()
        for seed in [2, 24, 58, 104, 148, 186] {
            var random = SeededGenerator(seed: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15)
            let played = RosterRun.play(random.bytes(1_500))
            #expect(played.violation == nil, "seed \(seed)")
            seen = seen.joined(with: played.seen)
        }
        #expect(seen.quarantined > 0)
        #expect(seen.pending > 0)
        #expect(seen.retired > 0)
        #expect(seen.released > 0)
        #expect(seen.shown > 0)
        #expect(seen.void > 0)
    }
}
