import ArgumentParser
import SyncSimulator

struct Canary: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fails on purpose: the disks of these worlds say that they have synced, and have not.",
        discussion: """
            Exit status 1 is as it should be: a rule was broken and seen. Where the status is 0 the simulator sees \
            nothing any more.

            EXAMPLE
              synclab canary
            """)

    @Option(help: "The first seed.") var seed: UInt64 = 1

    func run() throws {
        for seed in seed..<seed + 200 {
            guard let violation = Simulation(seed: seed, hasLyingDisks: true).run().violation else { continue }
            print("seed \(seed) breaks the rule of \(violation.rule), as it should: \(violation.sentence)")
            throw ExitCode(1)
        }
        print("no seed of 200 saw that nothing was ever synced: the simulator is blind")
    }
}
