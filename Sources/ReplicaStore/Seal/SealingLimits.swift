/// The limits of one changeset that is sealed, and how its rows are read.
package struct SealingLimits: Sendable {
    /// The most chunks of a changeset: what needs more is sealed as several. No more than a header has room for.
    package var chunksMax = Int.max
    /// The least notes of one table that have it read as a whole and sorted, if they are of half its rows. Fewer are of
    /// rows whose pages the cache holds.
    package var notesToSort: Int64 = 50_000
}
