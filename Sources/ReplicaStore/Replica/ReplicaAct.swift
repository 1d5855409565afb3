/// The acts of a replica of which whoever holds it may want to know how long they take.
package enum ReplicaAct: Hashable, Sendable {
    /// Sealing: what people wrote becomes a changeset.
    case seal
    /// Folding: what came from others is applied, once what was pending is sealed.
    case fold
}
