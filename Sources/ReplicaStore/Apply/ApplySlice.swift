import ReplicaModel

/// How much is applied in one transaction, and how much was: whoever applies must not hold the write lock for long.
package struct ApplySlice: Sendable {
    /// The most that is applied in one transaction of what was held before, by weight. What is left is held, waits for
    /// nothing, and is applied by whoever applies next.
    package var weightMax = Int.max
    /// Control changesets are applied however many are ready: a site is judged by what they come to, and what it shows
    /// is kept as a whole or not at all.
    var hasAllOfControl = false
    /// The weight of all that was applied since the file was opened.
    package internal(set) var applied = 0
    /// Whether something is left that could be applied.
    package internal(set) var isLeft = false

    /// The cost of applying a changeset, reckoned in the time that one operation takes: its header, its signature and
    /// its place in the log cost as much whatever is in it, and the bytes of its chunks cost something too.
    package static func weight(of header: ChangesetHeader) -> Int {
        let chunks = header.chunkHashes.count
        // Who claims more operations than there is room for has written nonsense.
        let operations = min(Int(clamping: header.operationCount), chunks * operationsOfChunkMax)
        return weightOfChangeset + operations + max(0, chunks - 1) * weightOfChunk
    }

    private static let weightOfChangeset = 8
    private static let weightOfChunk = 32
    private static let operationsOfChunkMax = 1 << 15
}
