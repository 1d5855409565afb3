/// The changes that an exchange with a peer would bring.
public struct PreviewReport: Sendable {
    /// A row that what comes in would change.
    public struct RowChange: Sendable {
        /// The name of the row.
        public let row: RowName
        /// The values before; nil where there is no such row.
        public let before: [Identifier: Value]?
        /// The values of the columns beside the key, as they would be; nil where the row would be gone.
        public let after: [Identifier: Value]?

        package init(row: RowName, before: [Identifier: Value]?, after: [Identifier: Value]?) {
            self.row = row
            self.before = before
            self.after = after
        }
    }

    /// The changesets of the people's tables that would be applied here, in the order in which they would be: those
    /// that this side lacks, and those that wait here for them.
    public let incoming: [ChangesetReport]
    /// The changesets of the people's tables that the peer lacks and that were applied here, in the order in which they
    /// were.
    public let outgoing: [ChangesetReport]
    /// Rows that would be changed here, ascending.
    public let changes: [RowChange]
    /// The conflicts that would be listed here and are not.
    public let conflicts: [ConflictReport]
    /// The conflicts that are listed here and would not be.
    public let settled: [ConflictReport]

    package init(
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
