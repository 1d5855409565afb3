/// Runs a world from a seed.
package struct Simulation: Sendable {
    package struct Outcome: Hashable, Sendable {
        /// Things that happened.
        package let steps: Int
        /// The hash of all that happened: the same seed has the same, in every process.
        package let traceHash: UInt64
        /// Nil if every rule held.
        package let violation: Violation?
        /// The kinds of thing that the world had, and those that really happened in it.
        package let width: Width
    }

    package let seed: UInt64

    /// Whether disks say that they have synced and have not: some rule must be broken sooner or later.
    package let hasLyingDisks: Bool

    /// The parts that the world has less of than its seed says.
    package let reduction: Reduction

    package init(seed: UInt64, hasLyingDisks: Bool = false, reduction: Reduction = Reduction()) {
        self.seed = seed
        self.hasLyingDisks = hasLyingDisks
        self.reduction = reduction
    }

    /// - Parameter printing: called with each thing that happens.
    package func run(printing: (@Sendable (String) -> Void)? = nil) -> Outcome {
        let world = World(reduction.scenario(Scenario(seed: seed)))
        world.course.trace.printing = printing
        if hasLyingDisks { for node in world.nodes { node.disk.isLyingAboutSync = true } }
        var violation: Violation?
        do { try world.run() } catch { violation = error }
        return Outcome(
            steps: world.course.trace.steps, traceHash: world.course.trace.hash, violation: violation,
            width: Width(planned: world.course.scenario.planned, times: world.course.happened))
    }
}
