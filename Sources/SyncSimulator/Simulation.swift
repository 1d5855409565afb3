/// One run of a world from a seed.
public struct Simulation: Sendable {
    public struct Outcome: Hashable, Sendable {
        /// Things that happened.
        public let steps: Int
        /// The hash of all that happened: the same seed has the same, in every process.
        public let traceHash: UInt64
        /// Nil if every rule held.
        public let violation: Violation?
        /// The kinds of thing that the world had, and those that really happened in it.
        public let width: Width
    }

    public let seed: UInt64

    /// On disks that say that they have synced and have not: some rule must be broken sooner or later.
    public let hasLyingDisks: Bool

    /// The parts that the world has less of than its seed says.
    public let cut: Cut

    public init(seed: UInt64, hasLyingDisks: Bool = false, cut: Cut = Cut()) {
        self.seed = seed
        self.hasLyingDisks = hasLyingDisks
        self.cut = cut
    }

    /// - Parameter printing: called with each thing that happens.
    public func run(printing: (@Sendable (String) -> Void)? = nil) -> Outcome {
        let world = World(cut.scenario(Scenario(seed: seed)))
        world.course.trace.printing = printing
        if hasLyingDisks { for node in world.nodes { node.disk.isLyingAboutSync = true } }
        var violation: Violation?
        do { try world.run() } catch { violation = error }
        return Outcome(
            steps: world.course.trace.steps, traceHash: world.course.trace.hash, violation: violation,
            width: Width(planned: world.course.scenario.planned, times: world.course.happened))
    }
}
