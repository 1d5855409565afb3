/// One run of a world from a seed.
public struct Simulation: Sendable {
    public struct Outcome: Hashable, Sendable {
        /// Things that happened.
        public let steps: Int
        /// Of all that happened: the same seed has the same, in every process.
        public let traceHash: UInt64
        /// Nil if every rule held.
        public let violation: Violation?
    }

    public let seed: UInt64

    public init(seed: UInt64) { self.seed = seed }

    /// - Parameter printing: called with each thing that happens.
    public func run(printing: (@Sendable (String) -> Void)? = nil) -> Outcome {
        let world = World(Scenario(seed: seed))
        world.trace.printing = printing
        var violation: Violation?
        do { try world.run() } catch { violation = error }
        return Outcome(steps: world.trace.steps, traceHash: world.trace.hash, violation: violation)
    }
}
