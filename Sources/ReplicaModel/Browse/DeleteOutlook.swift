/// The rows that a delete of one row would touch beside it, by the reference that leads to it.
package struct DeleteOutlook: Sendable {
    /// The rows of one reference.
    package struct Effect: Sendable {
        /// The table that refers, and the first column by which it does.
        package let table: Identifier
        package let column: Identifier
        /// What the reference says of a delete, as ``Reference/onDelete`` has it.
        package let onDelete: String
        package let count: Int

        package init(table: Identifier, column: Identifier, onDelete: String, count: Int) {
            self.table = table
            self.column = column
            self.onDelete = onDelete
            self.count = count
        }
    }

    /// The outlook for the rows of each reference that leads to the row, or to one that goes with it.
    package let effects: [Effect]
    /// Whether so many rows go along that it was not looked at what all of them take with them.
    package let isLeast: Bool
    /// The text that stays the same as long as the same rows would be touched in the same way.
    package let digest: String

    package init(effects: [Effect], isLeast: Bool, digest: String) {
        self.effects = effects
        self.isLeast = isLeast
        self.digest = digest
    }
}
