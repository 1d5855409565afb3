/// One thing that a changeset does to one row.
public struct RowOperation: Hashable, Sendable {
    public enum Action: Hashable, Sendable {
        /// A put of every column that the author's schema has, those of the key included. The columns are the others,
        /// by name.
        case insert([Identifier: Value])
        /// A put of these columns; of none where a person said that the row stays.
        case update([Identifier: Value])
        case delete
    }

    public let table: Identifier
    /// The values of the key's columns, in the order of the key.
    public let key: [Value]
    public let action: Action

    public init(table: Identifier, key: [Value], action: Action) {
        self.table = table
        self.key = key
        self.action = action
    }
}
