/// A place in the list of conflicts: of each table the rows by key, then those that are equal in a UNIQUE.
package struct ConflictPlace: Hashable, Sendable {
    /// The row of the report.
    package let row: RowName
    /// Whether the report is of rows that are equal in a UNIQUE.
    package let isDuplicate: Bool

    package init(row: RowName, isDuplicate: Bool) {
        self.row = row
        self.isDuplicate = isDuplicate
    }
}
