import ReplicaModel
import ReplicaSchema

/// The whole of what a replica holds, as others are told, of one moment.
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

extension ReplicaState {
    /// The whole of what is held, as others are told.
    var holdings: Holdings {
        Holdings(
            held: soundVector, heads: heads(scope: nil), control: heads(scope: .control),
            waiting: feeds.reduce(0) { $0 + $1.held - $1.applied }, isRosterAsTold: isRosterAsTold)
    }

    /// The replicated schema as this replica has it.
    var schema: Schema { Schema(tables: tables.map(\.definition), indexes: indexes.map(\.definition)) }
}
