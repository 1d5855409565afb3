/// The changes that an exchange with a peer would bring.
public struct PreviewReport: Sendable {
    /// A row that what comes in would change.
    public struct RowChange: Sendable {
        public let row: RowName
        /// Nil where there is no such row.
        public let before: [Identifier: Value]?
        public let after: [Identifier: Value]?

        public init(row: RowName, before: [Identifier: Value]?, after: [Identifier: Value]?) {
            self.row = row
            self.before = before
            self.after = after
        }
    }

    /// Changesets that this side lacks, in the order in which they would come, and that the peer lacks.
    public let incoming: [ChangesetReport]
    public let outgoing: [ChangesetReport]
    /// Rows that would be changed here, ascending.
    public let changes: [RowChange]
    /// The conflicts that would be listed here and are not.
    public let conflicts: [ConflictReport]
    /// The conflicts that are listed here and would not be.
    public let settled: [ConflictReport]

    public init(
        incoming: [ChangesetReport], outgoing: [ChangesetReport], changes: [RowChange], conflicts: [ConflictReport],
        settled: [ConflictReport]
    ) {
        self.incoming = incoming
        self.outgoing = outgoing
        self.changes = changes
        self.conflicts = conflicts
        self.settled = settled
    }
}
