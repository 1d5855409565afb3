/// The outcome of taking changesets back, or of trying to.
public struct UndoReport: Sendable {
    /// A row that shows again what it showed before.
    public struct Restored: Sendable {
        /// The ways in which a row can be as it was.
        public enum Change: String, Sendable {
            /// A row that had been inserted, and is gone.
            case removed
            /// A row that had been deleted, and is there again.
            case broughtBack
            /// Columns of it had been written over.
            case changed
            /// A row that had been deleted by one and edited by another, and stays.
            case kept
        }

        /// The name of the row.
        public let row: RowName
        /// The way in which the row is as it was.
        public let change: Change
        /// The columns that show again what they showed; all beside the key's of a row that came back, none of one that
        /// is gone or stays.
        public let columns: [Identifier]
    }

    /// A row of which something stays, because somebody wrote over it since.
    public struct Kept: Sendable {
        /// The name of the row.
        public let row: RowName
        /// The columns that stay; none where somebody else deleted the row.
        public let columns: [Identifier]
        /// The writes that stand there now.
        public let by: [WriteReport]
    }

    /// A row that could not be put back.
    public struct Failed: Sendable {
        /// The name of the row.
        public let row: RowName
        /// The sentence that says what is in the way.
        public let reason: String
    }

    /// The feed and seq of the changeset that takes them back; nil where nothing was written.
    public package(set) var changeset: (feed: FeedID, seq: UInt64)?
    /// Rows that show again what they showed, by table and key.
    public let restored: [Restored]
    /// Rows of which something stays, by table and key.
    public let kept: [Kept]
    /// Rows that could not be put back, by table and key.
    public let failed: [Failed]

    package init(restored: [Restored], kept: [Kept], failed: [Failed]) {
        self.restored = restored
        self.kept = kept
        self.failed = failed
    }
}

extension UndoReport.Restored {
    package init(_ row: RowName, _ change: Change, _ columns: [Identifier]) {
        self.init(row: row, change: change, columns: columns)
    }
}

extension UndoReport.Kept {
    package init(_ row: RowName, _ columns: [Identifier], by: [WriteReport]) {
        self.init(row: row, columns: columns, by: by)
    }
}

extension UndoReport.Failed {
    package init(_ row: RowName, _ reason: String) { self.init(row: row, reason: reason) }
}
