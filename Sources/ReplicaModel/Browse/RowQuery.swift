/// The choice of rows that one page of a table shows.
package struct RowQuery: Sendable {
    /// The place of a row in the order of a page.
    package struct Position: Hashable, Sendable {
        /// The row's value in the column by which the page is sorted; nil where it is sorted by key.
        package let sort: Value?
        /// The row's key.
        package let key: [Value]

        package init(sort: Value?, key: [Value]) {
            self.sort = sort
            self.key = key
        }
    }

    /// The table whose rows are shown.
    package let table: Identifier
    /// The columns that are given of each row, behind those of its key.
    package var columns: [Identifier] = []
    /// Words that a row has to have, each in some column of `searched`, whatever their case and width.
    package var words: [String] = []
    /// The columns in which the words are looked for.
    package var searched: [Identifier] = []
    /// Columns that have to hold these values, as texts.
    package var filters: [(column: Identifier, text: String)] = []
    /// The column by which rows are sorted before the key; nil for the key alone.
    package var sort: Identifier?
    /// Whether the greatest comes first.
    package var isDescending = false
    /// The row behind which the page begins; nil for the first page.
    package var position: Position?
    /// Whether the page ends before `position` instead.
    package var isBackward = false
    /// The most rows that are given.
    package var rowsMax = 50

    package init(table: Identifier) { self.table = table }
}

/// A page of a table.
package struct RowPage: Sendable {
    /// A row of a page.
    package struct Row: Sendable {
        /// The row's key.
        package let key: [Value]
        /// The values of the columns that were asked for.
        package let values: [Value]
        /// The row's place in the order of the page.
        package let position: RowQuery.Position

        package init(key: [Value], values: [Value], position: RowQuery.Position) {
            self.key = key
            self.values = values
            self.position = position
        }
    }

    /// The rows, in the order of the page.
    package var rows: [Row] = []
    /// Whether there are more rows in the direction in which was read.
    package var hasMore = false
    /// The row that was looked at last, where time was up before the page was full; nil where it was not.
    package var pausedAt: RowQuery.Position?
    /// Rows that were looked at.
    package var lookedAt = 0

    package init() {}
}

/// The rows of one table that refer to a row.
package struct ReferrerReport: Sendable {
    /// The table that refers, and the column of it; the first where there are several.
    package let table: Identifier
    package let column: Identifier
    /// The first of the rows, by key.
    package let rows: [RowPage.Row]
    /// Whether there are more.
    package let hasMore: Bool
    /// Whether the rows were not looked for: no index leads to them, and the table is large.
    package let isUnknown: Bool

    package init(
        table: Identifier, column: Identifier, rows: [RowPage.Row], hasMore: Bool, isUnknown: Bool = false
    ) {
        self.table = table
        self.column = column
        self.rows = rows
        self.hasMore = hasMore
        self.isUnknown = isUnknown
    }
}

/// A write of a person into one row.
package enum RowEdit: Sendable {
    /// Enter a row with these values; every other column has its default.
    case insert([Identifier: Value])
    /// Write these columns, unless the row has changed since it had `version`.
    case update(key: [Value], [Identifier: Value], version: String)
    /// Delete the row, unless it has changed since it had `version`, or the rows that it would touch are others than
    /// those of the ``DeleteOutlook`` whose digest is `outlook`.
    case delete(key: [Value], version: String, outlook: String)
}

/// The outcome of a write into one row.
package enum RowEditOutcome: Sendable {
    /// The write was done, of the row with this key.
    case written(key: [Value])
    /// The row has changed since, and nothing was written.
    case changedSince
    /// A row that there is no more: nothing was written.
    case gone
}
