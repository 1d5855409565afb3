/// The counts of a replica for a person who looks at it: what costs as much as there is to count is counted up to a
/// bound, and said to be more.
package struct ReplicaTally: Sendable {
    /// Rows of each table.
    package var rows: [Identifier: Int] = [:]
    /// Rows that are noted and not sealed, up to ``ReplicaTally/pendingMax`` of each table.
    package var pending = 0
    /// Whether a table has so many of them that they are not all counted: there are as many or more.
    package var isPendingLeast = false
    /// Changesets that are held and cannot be applied yet.
    package var waiting = 0
    /// Changesets that do not count.
    package var uncounted = 0
    /// Conflicts by kind and table.
    package var open: [Open: Int] = [:]
    /// Whether there are so many that each row counts once for each kind: there are as many or more.
    package var isLeast = false

    package init() {}

    /// Conflicts of one kind in one table.
    package struct Open: Hashable, Sendable {
        package let table: Identifier
        /// The kind, as ``ConflictReport/kindName``.
        package let kindName: String

        package init(table: Identifier, kindName: String) { (self.table, self.kindName) = (table, kindName) }
    }

    /// Conflicts of all kinds in all tables.
    package var conflicts: Int { open.values.reduce(0, +) }

    /// Rows of one table that are counted as not sealed.
    package static let pendingMax = 1000
    /// Rows with conflicts that are looked at one by one.
    package static let openMax = 500
}
