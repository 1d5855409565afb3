/// Many seeds, on as many threads as there are processors.
public struct Campaign: Sendable {
    public struct Failure: Hashable, Sendable {
        public let seed: UInt64
        public let violation: Violation

        public init(seed: UInt64, violation: Violation) {
            self.seed = seed
            self.violation = violation
        }
    }

    public struct Tally: Hashable, Sendable {
        public var seeds = 0
        public var steps = 0
        /// In the order of their seeds.
        public var failures: [Failure] = []

        public init() {}

        public mutating func add(_ outcome: Simulation.Outcome, of seed: UInt64) {
            seeds += 1
            steps += outcome.steps
            if let violation = outcome.violation { failures.append(Failure(seed: seed, violation: violation)) }
        }
    }

    public let first: UInt64
    public let count: UInt64
    /// Whether seeds are run that come after one that failed.
    public let goesOn: Bool

    public init(first: UInt64, count: UInt64, goesOn: Bool) {
        self.first = first
        self.count = count
        self.goesOn = goesOn
    }

    /// Each thread takes every `jobs`th seed.
    ///
    /// - Parameter failed: called with each failure when it happens.
    public func run(jobs: Int, failed: @escaping @Sendable (Failure) -> Void) async -> Tally {
        await withTaskGroup(of: Tally.self) { group in
            for job in 0..<max(jobs, 1) { group.addTask { part(UInt64(job), of: UInt64(max(jobs, 1)), failed: failed) } }
            var whole = Tally()
            for await part in group {
                whole.seeds += part.seeds
                whole.steps += part.steps
                whole.failures += part.failures
            }
            whole.failures.sort { $0.seed < $1.seed }
            return whole
        }
    }

    private func part(_ job: UInt64, of jobs: UInt64, failed: (Failure) -> Void) -> Tally {
        var tally = Tally()
        for offset in stride(from: job, to: count, by: UInt64.Stride(jobs)) {
            let outcome = Simulation(seed: first &+ offset).run()
            tally.add(outcome, of: first &+ offset)
            guard outcome.violation != nil, let failure = tally.failures.last else { continue }
            failed(failure)
            if !goesOn { break }
        }
        return tally
    }
}
