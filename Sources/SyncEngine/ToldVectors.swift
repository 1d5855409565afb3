import ReplicaModel

/// What one side has told the other that it holds and applied, so that an ack names only what is new: a vector of a
/// hundred sites would cost more than most changes.
struct ToldVectors {
    private var held: Vector
    /// Of feeds of which the applied seq was named; of others it is presumed to be what is held.
    private var applied: Vector = [:]

    /// - Parameter held: as the hello said.
    init(held: Vector) { self.held = held }

    /// What an ack has to name, which is told from then on.
    mutating func advance(to held: Vector, _ applied: Vector) -> (held: Vector, applied: Vector) {
        // What was found altered meanwhile is told by the next hello: within a session nobody's vector shrinks.
        let newHeld = held.filter { self.held[$0.key] ?? 0 < $0.value }
        self.held.merge(newHeld) { $1 }
        var newApplied: Vector = [:]
        for (feed, seq) in held {
            let now = applied[feed] ?? 0
            if now != self.applied[feed] ?? seq { newApplied[feed] = now }
        }
        self.applied.merge(newApplied) { $1 }
        return (newHeld, newApplied)
    }
}
