/// A thing that is told about one line of a spreadsheet while it is imported.
public enum ImportEvent: Sendable {
    /// The line, or one column of it, is not taken.
    case refused(Refused)
    /// The row is new, and looks like one that is there.
    case alike(line: Int, key: [Value], reason: String)
    /// A row that a dry run finds and that would be written; or one that is written, where that is asked for.
    case change(Change)
    /// News of the whole file that people should know.
    case notice(String)

    /// A line that is not taken, or a column of the file that is in no line.
    public struct Refused: Hashable, Sendable {
        /// The line of the file.
        public let line: Int
        /// The column of the table, or the header where there is no such column; nil where the whole line is meant.
        public let column: String?
        /// The value as the file has it; nil where none is meant.
        public let value: SheetCell?
        /// The reason in one sentence.
        public let reason: String

        /// Makes a refusal.
        public init(line: Int, column: String?, value: SheetCell?, reason: String) {
            self.line = line
            self.column = column
            self.value = value
            self.reason = reason
        }
    }

    /// A row that would be inserted or updated.
    public struct Change: Hashable, Sendable {
        /// The line of the file.
        public let line: Int
        /// The key of the row; empty where a default makes it when it is written.
        public let key: [Value]
        /// Whether the row is new.
        public let isInsert: Bool
        /// The cells that would change, in the order of the file's columns.
        public let cells: [Cell]

        /// A cell that would change.
        public struct Cell: Hashable, Sendable {
            /// The column of the table.
            public let column: String
            /// The value that is there; NULL in a new row.
            public let old: Value
            /// The value that would be there.
            public let new: Value

            /// Makes a cell.
            public init(column: String, old: Value, new: Value) {
                self.column = column
                self.old = old
                self.new = new
            }
        }

        /// Makes a change.
        public init(line: Int, key: [Value], isInsert: Bool, cells: [Cell]) {
            self.line = line
            self.key = key
            self.isInsert = isInsert
            self.cells = cells
        }
    }
}

/// The counts of what an import did, or would do.
public struct ImportReport: Sendable {
    /// Rows of the file that have any cell, without the header.
    public var rows = 0
    /// Rows that were not there.
    public var inserted = 0
    /// Rows of which some cells changed.
    public var changed = 0
    /// Rows that are there as the file has them.
    public var unchanged = 0
    /// Rows that were not taken.
    public var refused = 0
    /// Columns of the file that are in no row, for the table has no such column.
    public var unknownColumns = 0
    /// Whether nothing was written although something would have been: in a dry run, by `isStrict`, or because whoever
    /// had it done did not let it be kept.
    public var isTakenBack = false
    /// Whether `isStrict` lets nothing be written, as some line or column was refused. A dry run finds it too.
    public var isHeldBack = false
    /// The feed of the changeset, and its number; nil where none was made.
    public var changeset: (feed: FeedID, seq: UInt64)?

    /// Makes a report of nothing.
    public init() {}
}
