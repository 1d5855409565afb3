/// Whether a changeset counts. One that does not is kept, chained, relayed and covered by vectors like any other, and
/// changes nothing.
public enum Standing: Hashable, Sendable {
    /// A changeset without fault, whose operations are part of what tables, roster and schema come to.
    case counts
    /// Ill-formed by the schema, or without the right by the roster, that follow from its own context. The sentence
    /// says which.
    case void(String)
    /// A changeset beyond a cut. The sentence says whose.
    case quarantined(String)
}
