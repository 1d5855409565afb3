/// The limits of one changeset that is sealed, and how its rows are read.
package struct SealingLimits: Sendable {
    /// Chunks of a changeset: what needs more is sealed as several. No more than a header has room for.
    package var chunksMax = Int.max
    /// As many notes of one table, and of half its rows, have it read as a whole and sorted. Fewer are of rows whose
    /// pages the cache holds.
    package var notesToSort: Int64 = 50_000
}
