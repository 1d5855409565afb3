import Testing

@testable import SyncSimulator

@Suite("Worlds in which everything goes wrong")
struct SeedTests {
    @Test("Whatever goes wrong, every rule holds, and in the end all is the same everywhere", arguments: UInt64(0)..<60)
    func fresh(seed: UInt64) {
        let outcome = Simulation(seed: seed).run()
        #expect(outcome.violation == nil, "seed \(seed)")
        #expect(outcome.steps > 0)
    }

    /// Seeds that once failed in the worlds of now, by what was wrong. What a seed found in narrower worlds has a test
    /// of its own elsewhere.
    static let kept: [(bug: String, seed: UInt64)] = [
        (
            "a row that OR REPLACE took by a UNIQUE left a reference to it until the next sealing, and the rule knew no reason for it",
            300_000_374
        ),
        (
            "a vector that was written by roster was read by the roster of a node whose disk had altered the newest of it",
            390_002_368
        ),
        (
            "what is whole behind what a disk altered was given to nobody, also where only that was lacking",
            410_003_310
        ),
        (
            "a site whose disk had altered an earlier control changeset could not show the one that admits it",
            410_004_238
        ),
        (
            "a vector that was asked for said less than the hello, and what came then was never acknowledged",
            500_016_404
        ),
        (
            "SQLite left a reference without its row, where a row took the key of the one to which it refers",
            500_008_615
        ),
        (
            "a member was a stranger to whoever held its admission and lacked what that had seen, which it showed",
            600_003_932
        ),
        (
            "the world let a link say again what asks to be let in, and nobody whose secret was shown so asked for another",
            600_017_631
        ),
        (
            "a history left out a version whose key the disk had altered, for what does not have the key was not looked at",
            700_007_570
        ),
        (
            "a member was a stranger for good to whoever could seal nothing without what its disk had altered, which only the stranger had",
            900_017_516
        ),
    ]

    /// The same of worlds in which sessions may stay and rights end.
    static let keptStanding: [(bug: String, seed: UInt64)] = [
        (
            "a push behind what the disk had altered was never acknowledged, where what is before it had not come from that peer",
            900_014_920
        ),
        (
            "the world held an update void whose author had seen the row's insert, which did not count",
            990_000_742
        ),
        (
            "the rule took a row that came and went between two seals for one that its author had deleted",
            993_013_428
        ),
        (
            "a row that OR REPLACE took by a partial UNIQUE was deleted for nobody else, for NEW has not its columns' affinity",
            997_000_928
        ),
        (
            "a file of which nothing could be taken, for the disk had altered something, was said to be taken whole",
            997_002_165
        ),
        (
            "a damaged name of a changeset in the list of definitions ended the program",
            998_002_665
        ),
        (
            "a part of one way of a feed, named by its number, kept another way from coming for good",
            1_005_004_824
        ),
        (
            "a large changeset behind what joined nothing ended a session as a gap, where its feed went two ways",
            1_005_005_284
        ),
        (
            "two sides asked each other for their vectors for good, and neither saw that a feed of control went two ways",
            1_007_001_244
        ),
        (
            "who wrote a row was told otherwise by a replica and by its log, of which the one knew another way of the feed",
            1_008_010_850
        ),
        (
            "what was pushed and not acknowledged was forgotten once more was pushed, and the peer was said to hold it",
            1_009_003_643
        ),
        (
            "what a side sent was acknowledged by the names of branches that the other had learnt meanwhile, and both waited",
            1_013_000_014
        ),
        (
            "whoever was admitted on another way of a feed of control was a stranger, before that way was looked for",
            1_014_005_086
        ),
    ]

    @Test("What once went wrong does not any more", arguments: kept)
    func keptSeed(bug: String, seed: UInt64) {
        // They were found before sessions stayed.
        let simulation = Simulation(seed: seed, reduction: Reduction(without: [Fault.standingSessions.rawValue]))
        #expect(simulation.run().violation == nil, "\(bug)")
    }

    @Test("What once went wrong while sessions stayed or rights ended does not any more", arguments: keptStanding)
    func keptStandingSeed(bug: String, seed: UInt64) {
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

    @Test("What is left out of a world is not in it, and the same rule is broken in the least that still breaks it")
    func least() throws {
        let whole = Scenario(seed: 3)
        let reduction = Reduction(without: Set(whole.faults.map(\.rawValue)).union(["insert"]), actCount: 5)
        #expect(reduction.scenario(whole).faults.isEmpty)
        #expect(reduction.scenario(whole).actCount == 5)
        #expect(!reduction.scenario(whole).statementKinds.contains(.insert))
        #expect(!reduction.scenario(whole).statementKinds.isEmpty)
        #expect(
            Reduction(without: ["crashes", "nothing such", "deferredReference"]).unknown == [
                "deferredReference", "nothing such",
            ])
        // Nothing is broken, so nothing can be left out. In a small world, for it runs once without each thing that it
        // has.
        let small = try #require(
            (UInt64(1)...1_000).first {
                Scenario(seed: $0).actCount < 25 && Scenario(seed: $0).faults.count < 5
                    && Scenario(seed: $0).hands.isEmpty
            })
        #expect(Reduction.least(of: small, breaking: "no such rule") == Reduction())
    }

    @Test("A campaign runs each of its seeds, and says how far it is")
    func campaign() async {
        var heard: [Int] = []
        let tally = await Campaign(first: 30, count: 3, goesOn: true).run(jobs: 2) { heard.append($0.seeds) }
        #expect(tally.seeds == 3)
        #expect(tally.finished == 3)
        #expect(tally.failures.isEmpty)
        #expect(heard.last == 3)
        #expect(tally.steps == (UInt64(30)...32).reduce(0) { $0 + Simulation(seed: $1).run().steps })
    }

    @Test(
        "A seed gives one world, whatever SQLite draws at random for defaults that people defined",
        arguments: [380_000_004, 380_000_026] as [UInt64])
    func repeated(seed: UInt64) { #expect(Simulation(seed: seed).run() == Simulation(seed: seed).run()) }
}
