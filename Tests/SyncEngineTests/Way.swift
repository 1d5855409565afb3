import ReplicaModel
import ReplicaStore
import SyncWire

/// The way that a feed went: a copy of it goes on as another.
struct Way {
    let key: SigningKey
    let scope = Scope.alliance
    var seq: UInt64 = 0
    var previous = Bytes32.zero
    /// The context of the first changeset.
    let context: Context
    let time: Int64

    /// - Parameter seen: what this changeset has seen beyond the one before.
    mutating func next(_ id: String, seen: Context = [:]) throws -> IncomingChangeset {
        try next([id], values: [id], seen: seen)
    }

    /// Eight rows, in several chunks.
    mutating func nextLarge(_ id: String) throws -> IncomingChangeset {
        try next((0..<8).map { "\(id) \($0)" }, values: (0..<8).map { String(repeating: "\($0)", count: 30_000) })
    }

    private mutating func next(
        _ ids: [String], values: [String], seen: Context = [:]
    ) throws -> IncomingChangeset {
        var operations = OperationWriter()
        operations.beginTable(name: "t", key: ["id"], valueColumns: ["a", "b"])
        var chunks: [[UInt8]] = []
        for (id, value) in zip(ids, values) {
            operations.insert(key: [.text(id)], values: [.text(value), .null])
            chunks += operations.takeFullChunks()
        }
        if let last = operations.finish() { chunks.append(last) }
        let sealed = key.seal(
            ChangesetHeader(
                feed: FeedID(site: key.site, incarnation: .first, scope: scope), seq: seq + 1, previous: previous,
                stamp: Stamp(milliseconds: time + Int64(seq)),
                contextAdvance: seq == 0 ? context.merging(seen) { $1 } : seen,
                operationCount: UInt64(ids.count), chunkHashes: chunks.map { ContentHash.of($0) }))
        (seq, previous) = (seq + 1, sealed.hash)
        return IncomingChangeset(
            header: try UnverifiedHeader(bytes: sealed.bytes, signature: sealed.signature), chunks: chunks)
    }

    mutating func next(_ ids: [String]) throws -> [IncomingChangeset] { try ids.map { try next($0) } }
}
