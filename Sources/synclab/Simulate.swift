import ArgumentParser
import Foundation
import SyncSimulator

struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs worlds in which everything goes wrong, each from its seed.",
        discussion: """
            Stops at the first seed that breaks a rule, says which rule and how, and how to repeat it; says how many \
            steps a second were simulated, and, of \
            more than one world, what there was in them and how often it happened. The same seed gives the same trace \
            hash on every machine. Exit status 1 \
            if a rule was broken, or if in a thousand worlds or more something never happened that worlds are to have.

            Of a seed that fails it is tried what can be left out of its world while the same rule is broken: the \
            command that is printed then repeats the \
            smaller world. With --keep a folder remembers the seeds that failed, which are run first the next time \
            until they pass, and which seed comes \
            next, so that a campaign that was ended goes on.

            EXAMPLE
              synclab simulate --keep worlds --count 100000 --keep-going
              synclab simulate --seed 7 --count 1000
              synclab simulate --seed 7 --verbose
            """)

    @Option(help: "The first seed; drawn at random if it is not given.") var seed: UInt64?
    @Option(help: "How many seeds, one after the other.") var count: UInt64 = 1
    @Option(help: "How many at once; as many as there are processors if it is not given.") var jobs: Int?
    @Flag(help: "Print everything that happens; of one seed.") var verbose = false
    @Flag(help: "Go on after a failure.") var keepGoing = false
    @Option(help: ArgumentHelp("Remember here what failed, and where to go on.", valueName: "folder")) var keep: String?
    @Option(
        help: ArgumentHelp("Leave these faults, hands and statements out of the worlds.", valueName: "kind,kind"),
        transform: { Set($0.split(separator: ",").map(String.init)) })
    var without: Set<String> = []
    @Option(help: ArgumentHelp("Let nodes do no more than so many things in all.", valueName: "number")) var acts: Int?
    @Flag(inversion: .prefixedNo, help: "Try to make the world of a seed that fails smaller.") var shrink = true

    private var reduction: Reduction { Reduction(without: without, actCount: acts) }

    func validate() throws {
        guard reduction.unknown.isEmpty, acts ?? 1 > 0 else {
            throw ValidationError(
                "no world has \(reduction.unknown.joined(separator: ", ")), or --acts is no number of acts")
        }
        guard without.isEmpty && acts == nil || count == 1 else {
            throw ValidationError("--without and --acts are of one world")
        }
        guard count > 0, !verbose || count == 1 else {
            throw ValidationError("--count is at least 1, and exactly 1 with --verbose")
        }
    }

    func run() async throws {
        let kept = try keep.map { try KeptSeeds(folder: $0) }
        let first = seed ?? kept?.next ?? UInt64.random(in: 0...UInt64(UInt32.max))
        CrashNote.install()
        try runAgain(kept)
        print(count == 1 ? "seed \(first)" : "seeds \(first) to \(first &+ (count - 1))")
        // It is read even if the process does not live to its end.
        fflush(nil)
        let clock = ContinuousClock()
        let began = clock.now
        let tally = count == 1 ? one(first) : await many(first, kept)
        let passed = clock.now - began
        let seconds = Double(passed.components.seconds) + Double(passed.components.attoseconds) / 1e18
        if count == 1 { tally.failures.forEach(tell) }
        print(
            """
            \(tally.seeds) seeds, \(tally.steps) steps in \(Int(seconds)) s, \
            \(Int(Double(tally.steps) / max(seconds, 0.001))) a second; \(tally.failures.count) failed
            """
        )
        if count > 1 { print(tally.width.table) }
        let absent = tally.seeds >= UInt64(Width.worldsMin) ? tally.width.absent : []
        if !absent.isEmpty { print("never happened in \(tally.seeds) worlds: \(absent.joined(separator: ", "))") }
        if !tally.failures.isEmpty || !absent.isEmpty { throw ExitCode(1) }
    }

    private func one(_ seed: UInt64) -> Campaign.Tally {
        let printing: (@Sendable (String) -> Void)? = verbose ? { @Sendable (line: String) in print(line) } : nil
        CrashNote.begins(seed)
        let outcome = Simulation(seed: seed, reduction: reduction).run(printing: printing)
        print("seed \(seed): \(outcome.steps) steps, trace hash \(String(outcome.traceHash, radix: 16))")
        var tally = Campaign.Tally()
        tally.add(outcome, of: seed)
        return tally
    }

    private func tell(_ failure: Campaign.Failure) {
        print("seed \(failure.seed) breaks the rule of \(failure.violation.rule): \(failure.violation.sentence)")
        fflush(nil)
        let reduction =
            shrink && reduction == Reduction()
            ? Reduction.least(of: failure.seed, breaking: failure.violation.rule) : reduction
        let without = reduction.without.isEmpty ? "" : " --without \(reduction.without.sorted().joined(separator: ","))"
        let acts = reduction.actCount.map { " --acts \($0)" } ?? ""
        print("  repeat it with: synclab simulate --seed \(failure.seed)\(without)\(acts) --verbose")
        fflush(nil)
    }

    /// Seeds that failed before come first: one that passes now is forgotten.
    private func runAgain(_ kept: KeptSeeds?) throws {
        guard let kept, seed == nil else { return }
        for seed in kept.failed {
            CrashNote.begins(seed)
            let violation = Simulation(seed: seed).run().violation
            print(
                """
                seed \(seed), which failed before, \
                \(violation.map { "still breaks the rule of \($0.rule): \($0.sentence)" } ?? "passes now")
                """
            )
            if violation == nil { kept.passed(seed) }
        }
        guard kept.failed.isEmpty || keepGoing else { throw ExitCode(1) }
    }

    private func many(_ first: UInt64, _ kept: KeptSeeds?) async -> Campaign.Tally {
        var told = 0
        let campaign = Campaign(first: first, count: count, goesOn: keepGoing, begins: CrashNote.begins)
        let total = count
        return await campaign.run(jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount) { tally in
            // At once: the rest may take hours.
            tally.failures[told...].forEach {
                kept?.failed($0.seed)
                tell($0)
            }
            told = tally.failures.count
            if seed == nil { kept?.next = first &+ tally.finished }
            // On a terminal one line that changes, as people expect it; elsewhere now and then a line.
            guard isatty(2) != 0 || tally.seeds % 1_000 == 0 else { return }
            let end = isatty(2) != 0 ? "\r" : "\n"
            FileHandle.standardError.write(
                Data("\(tally.seeds) of \(total) seeds, \(tally.failures.count) failed\(end)".utf8))
        }
    }
}
