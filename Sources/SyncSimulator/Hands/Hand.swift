/// A thing that a person does to a replica's schema by hand, in a desktop tool or a shell. A seed decides which of
/// these a world has; each is then often done.
package enum Hand: String, CaseIterable, Sendable {
    /// CREATE under another name with one thing changed, INSERT SELECT, DROP, RENAME: what desktop tools do to alter a
    /// table.
    case rebuild
    case dropTable
    /// DROP TABLE, and CREATE as it was.
    case dropAndCreate
    case renameTable
    /// ALTER TABLE RENAME, and CREATE under the old name.
    case renameAndCreate
    case renameColumn
    /// Two columns take each other's names.
    case swapColumns
    /// A column is dropped, after the triggers that name it.
    case dropColumn
    case dropTriggers
    case dropIndex
    case vacuum
    case ownIndex, ownView, ownTrigger, ownColumn, ownTable

    /// Whether what was written and is not sealed goes with the table: that is what DROP says.
    var losesWhatWaits: Bool { [.rebuild, .dropTable, .dropAndCreate, .dropColumn, .dropTriggers].contains(self) }

    /// Whether the table is there afterwards under its name, with its key, so that somebody may enter a row.
    var leavesTable: Bool {
        [
            .rebuild, .dropAndCreate, .renameAndCreate, .dropTriggers, .vacuum, .ownIndex, .ownColumn, .ownView,
            .ownTable,
        ].contains(self)
    }
}
