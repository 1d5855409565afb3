import Testing

@testable import SyncSimulator

@Suite("Worlds in which everything goes wrong")
struct SeedTests {
    @Test("Whatever goes wrong, every rule holds, and in the end all is the same everywhere", arguments: UInt64(0)..<100)
    func fresh(seed: UInt64) {
        let outcome = Simulation(seed: seed).run()
        #expect(outcome.violation == nil, "seed \(seed)")
        #expect(outcome.steps > 0)
    }

    /// Seeds that once failed, by what was wrong.
    static let kept: [(bug: String, seed: UInt64)] = [
        ("a row that came back showed NULL in a column that nobody had written, and not its default", 101_635),
        ("a replica that was put back signed a dot twice, for its witness had not named an incarnation that had sealed nothing", 90_080_791),
        ("people committed a reference to nothing that the database had forgotten to count", 90_099_853),
        ("a replica that was put back sealed the same bytes again, and the world took them for nothing sealed", 110_062_646),
    ]

    @Test("What once went wrong does not any more", arguments: kept)
    func keptSeed(bug: String, seed: UInt64) {
        #expect(Simulation(seed: seed).run().violation == nil, "\(bug)")
    }

    @Test("The same seed does the same, and another seed another thing")
    func same() {
        let one = Simulation(seed: 11).run()
        #expect(Simulation(seed: 11).run() == one)
        #expect(Simulation(seed: 12).run().traceHash != one.traceHash)
    }

    @Test("On disks that lie about syncing some seed fails")
    func canary() {
        #expect((UInt64(1)...30).contains { Simulation(seed: $0, hasLyingDisks: true).run().violation != nil })
    }

    @Test("A campaign runs each of its seeds, and says how far it is")
    func campaign() async {
        var heard: [Int] = []
        let tally = await Campaign(first: 30, count: 3, goesOn: true).run(jobs: 2) { heard.append($0.seeds) }
        #expect(tally.seeds == 3 && tally.failures.isEmpty && heard.last == 3)
        #expect(tally.steps == (UInt64(30)...32).reduce(0) { $0 + Simulation(seed: $1).run().steps })
    }
}
