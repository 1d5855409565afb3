import ReplicaStore

/// Measures how long the acts of a replica take. Used on the node's thread alone.
final class ActClock {
    private let metrics: NodeMetrics
    /// The beginnings of acts that have not ended, the innermost last.
    private var begun: [Int64] = []
    /// The count of what was applied when it was told last.
    private var applied = ChangeCount()

    init(_ metrics: NodeMetrics) { self.metrics = metrics }

    /// Notes when an act of `replica` begins and ends. A replica has one clock.
    func watch(_ replica: Replica) {
        replica.onAct = { [self] act, isBegun in
            let now = Clocks.microseconds
            if isBegun { return begun.append(now) }
            guard let start = begun.popLast() else { return }
            metrics.lasted(act, microseconds: now - start)
        }
    }

    /// Tells what `replica` has applied since this was told last.
    func tellApplied(_ replica: Replica) {
        let now = replica.applied
        metrics.applied(now.since(applied))
        applied = now
    }
}
