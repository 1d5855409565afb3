import ReplicaModel

/// The vectors that one side has told the other that it holds and applied, so that an ack names only what is new: a
/// vector of a hundred sites would cost more than most changes.
struct ToldVectors {
    private var held: Vector
    /// The applied seqs that were named, by feed; of other feeds the applied seq is presumed to be the held one.
    private var applied: Vector = [:]

    /// - Parameter held: as the hello said.
    init(held: Vector) { self.held = held }

    /// Whether a feed that was told of has another name now, because it went two ways: what is behind the last common
    /// changeset is of its branches.
    ///
    /// - Parameter isForked: whether a feed went two ways.
    func misnames(_ held: Vector, isForked: (FeedID) -> Bool) -> Bool {
        self.held.contains { feed, seq in seq > held[feed] ?? 0 && isForked(feed) }
    }

    /// Whether something was told of that is not here any more, because the replica was put back, or the disk altered
    /// it: the peer thinks that it is here, until another session begins.
    func exceeds(_ held: Vector) -> Bool { self.held.contains { feed, seq in seq > held[feed] ?? 0 } }

    /// Whether a branch of a feed was told of.
    func namesBranch(of feed: FeedID) -> Bool { held.keys.contains { $0.branch != nil && $0.base == feed } }

    /// The entries that an ack has to name, which are told from then on.
    ///
    /// - Parameter came: feeds of which something came since the last ack. They are named also where that was told: who
    ///   sent it had not heard of the feed when it was.
    mutating func advance(
        to held: Vector, _ applied: Vector, came: Set<FeedID> = []
    ) -> (held: Vector, applied: Vector) {
        // What was found altered meanwhile is told by the next hello: within a session nobody's vector shrinks.
        let newHeld = held.filter { feed, seq in
            let told = self.held[feed] ?? 0
            return told < seq || told == seq && came.contains(feed)
        }
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
