/// The limits of one changeset that is sealed, how its rows are read, and when what a transaction did is settled.
package struct SealingLimits: Sendable {
    /// The most chunks of a changeset: what needs more is sealed as several. No more than a header has room for.
    package var chunksMax = Int.max
    /// The least notes of one table that are read in the order in which they stand, with the rows beside them, and
    /// sorted here.
    package var notesToSort: Int64 = 2_000
    /// The least rows whose place in their table is not known for which the whole table is read, if they are an eighth
    /// of it. Fewer are looked up.
    package var rowsToScan: Int64 = 50_000
    /// The bytes that are sorted at once; what is more is kept in a temporary file.
    package var runBytes = 6 << 20
    /// The most rows that wait for references, UNIQUE and CHECK to be settled while a transaction goes on.
    package var dirtyRowsMax = 50_000

    /// Has few rows take all ways of bulk.
    package mutating func takeFewForMany() { (notesToSort, rowsToScan, runBytes, dirtyRowsMax) = (1, 3, 400, 3) }
}
