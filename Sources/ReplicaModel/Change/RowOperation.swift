/// A thing that a changeset does to one row.
public struct RowOperation: Hashable, Sendable {
    /// An act on a row, with the values that it writes.
    public enum Action: Hashable, Sendable {
        /// A put of every column that the author's schema has, those of the key included. The columns are the others,
        /// by name.
        case insert([Identifier: Value])
        /// A put of these columns; of none where a person said that the row stays.
        case update([Identifier: Value])
        /// A delete: it kills the writes of the row that its author had seen, and no others.
        case delete
    }

    /// The name of the row's table, byte for byte as it was defined.
    public let table: Identifier
    /// The values of the key's columns, in the order of the key.
    public let key: [Value]
    /// The act on the row.
    public let action: Action

    /// Makes an operation of these parts. No schema is asked whether it fits.
    public init(table: Identifier, key: [Value], action: Action) {
        self.table = table
        self.key = key
        self.action = action
    }
}
