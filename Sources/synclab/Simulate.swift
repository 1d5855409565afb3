import ArgumentParser
import SyncSimulator

struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs worlds in which everything goes wrong, each from its seed, until a rule is broken.",
        discussion: """
            Prints each seed that fails, with the rule and how to repeat it, and how many steps a second were simulated. The same seed gives \
            the same trace hash on every machine. Exit status 1 if a rule was broken.

            EXAMPLE
              synclab simulate --seed 7 --verbose
            """)

    @Option(help: "The first seed; drawn at random if it is not given.") var seed: UInt64?
    @Option(help: "How many seeds, one after the other.") var count: UInt64 = 1
    @Flag(help: "Print everything that happens.") var verbose = false
    @Flag(help: "Go on after a failure.") var keepGoing = false

    func run() throws {
        let first = seed ?? UInt64.random(in: 0...UInt64(UInt32.max))
        print("seeds \(first) to \(first + count - 1)")
        let clock = ContinuousClock()
        let began = clock.now
        var (steps, failures) = (0, 0)
        let printing: (@Sendable (String) -> Void)? = verbose ? { @Sendable (line: String) in print(line) } : nil
        for seed in first..<first + count {
            let outcome = Simulation(seed: seed).run(printing: printing)
            steps += outcome.steps
            if count == 1 { print("seed \(seed): \(outcome.steps) steps, trace hash \(String(outcome.traceHash, radix: 16))") }
            if let violation = outcome.violation {
                failures += 1
                print("seed \(seed) breaks \(violation.rule): \(violation.sentence)\nrepeat it with: synclab simulate --seed \(seed) --verbose")
                if !keepGoing { break }
            }
        }
        let seconds = Double((clock.now - began).components.seconds) + Double((clock.now - began).components.attoseconds) / 1e18
        print("\(steps) steps in \(Int(seconds)) s, \(Int(Double(steps) / max(seconds, 0.001))) a second; \(failures) of \(count) seeds failed")
        if failures > 0 { throw ExitCode(1) }
    }
}
