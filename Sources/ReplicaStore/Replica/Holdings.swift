import ReplicaModel

/// Everything that a replica holds, as others are told, of one moment.
package struct Holdings: Sendable {
    package let held: Vector
    /// The heads of it, and those of scope control alone.
    package let heads: [FeedID: Head]
    package let control: [FeedID: Head]
    /// How many changesets are held and not applied.
    package let waiting: UInt64
    /// Whether the roster is what the control changesets come to that others are told of. Where it is not, equal heads
    /// say nothing of equal rosters.
    package let isRosterAsTold: Bool
}
