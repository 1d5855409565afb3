import ReplicaStore

/// SQL as a person types it.
public enum SQLText {
    /// Whether a text ends where a statement does: with a semicolon that stands in no text, comment or trigger.
    public static func isWhole(_ text: String) -> Bool { UserSQL.isWhole(text) }
}
