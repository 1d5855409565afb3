/// Runs many seeds, on as many threads as there are processors.
package struct Campaign: Sendable {
    package struct Failure: Hashable, Sendable {
        package let seed: UInt64
        package let violation: Violation

        package init(seed: UInt64, violation: Violation) {
            self.seed = seed
            self.violation = violation
        }
    }

    package struct Tally: Hashable, Sendable {
        package var seeds = 0
        /// The number of seeds from the first on that are done, with none left out between; later ones may be done too.
        package var finished: UInt64 = 0
        package var steps = 0
        /// The runs that broke a rule, in the order of their seeds.
        package var failures: [Failure] = []
        package var width = Width()

        package init() {}

        package mutating func add(_ outcome: Simulation.Outcome, of seed: UInt64) {
            seeds += 1
            steps += outcome.steps
            width.add(outcome.width)
            if let violation = outcome.violation { failures.append(Failure(seed: seed, violation: violation)) }
        }
    }

    package let first: UInt64
    package let count: UInt64
    /// Whether seeds are run that come after one that failed.
    package let goesOn: Bool

    private let begins: @Sendable (UInt64) -> Void

    /// - Parameter begins: called with each seed, on the thread that runs it.
    package init(first: UInt64, count: UInt64, goesOn: Bool, begins: @escaping @Sendable (UInt64) -> Void = { _ in }) {
        self.begins = begins
        self.first = first
        self.count = count
        self.goesOn = goesOn
    }

    /// Seeds that one thread runs before anybody hears of them.
    private static let batch: UInt64 = 50

    /// - Parameter progress: called after each batch with all that was run so far.
    package func run(jobs: Int, progress: (Tally) -> Void) async -> Tally {
        await withTaskGroup(of: (Range<UInt64>, Tally).self) { group in
            var whole = Tally()
            var next: UInt64 = 0
            var ahead: [UInt64: UInt64] = [:]
            func begin() {
                guard next < count, goesOn || whole.failures.isEmpty else { return }
                let offsets = next..<min(next + Self.batch, count)
                next = offsets.upperBound
                group.addTask { (offsets, part(offsets)) }
            }
            for _ in 0..<max(jobs, 1) { begin() }
            while let (offsets, part) = await group.next() {
                ahead[offsets.lowerBound] = offsets.upperBound
                while let end = ahead.removeValue(forKey: whole.finished) { whole.finished = end }
                whole.seeds += part.seeds
                whole.steps += part.steps
                whole.failures += part.failures
                whole.width.add(part.width)
                progress(whole)
                begin()
            }
            whole.failures.sort { $0.seed < $1.seed }
            return whole
        }
    }

    private func part(_ offsets: Range<UInt64>) -> Tally {
        var tally = Tally()
        for offset in offsets where goesOn || tally.failures.isEmpty {
            begins(first &+ offset)
            tally.add(Simulation(seed: first &+ offset).run(), of: first &+ offset)
        }
        return tally
    }
}
