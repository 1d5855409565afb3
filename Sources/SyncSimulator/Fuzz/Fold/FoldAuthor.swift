import ReplicaModel
import ReplicaStore
import SyncWire

/// A changeset as it is sent, and as the definition takes it.
struct FoldChangeset {
    let incoming: IncomingChangeset
    let defined: SpecifiedChangeset
    /// The number of each author's changesets that this changeset has seen, by the author's number.
    let seen: [Int]
}

/// Writer of rows, without a replica: what it has seen is a number for each author.
struct FoldAuthor {
    let key: SigningKey
    let feed: FeedID
    /// Milliseconds that its clock is ahead.
    let skew: Int64
    var seen: [Int]
    private(set) var sealed: [FoldChangeset] = []
    var pending: [RowName: RowOperation] = [:]
    private var toldBefore: [Int]

    init(key: SigningKey, incarnation: Incarnation, skew: Int64, authors: Int) {
        self.key = key
        self.skew = skew
        feed = FeedID(site: key.site, incarnation: incarnation, scope: .alliance)
        seen = Array(repeating: 0, count: authors)
        toldBefore = seen
    }

    /// Seals what is pending.
    ///
    /// - Parameter authors: all of them, of which this is one.
    mutating func seal(at tick: Int64, among authors: [FoldAuthor], number: Int) {
        let chunks = OperationCodec.encode(Array(pending.values), tables: FoldTables.items)
        let header = ChangesetHeader(
            feed: feed, seq: UInt64(sealed.count + 1), previous: sealed.last?.defined.hash ?? .zero,
            stamp: Stamp(milliseconds: FoundedReplica.now + skew + tick),
            contextAdvance: advance(among: authors, number: number),
            operationCount: UInt64(pending.count), chunkHashes: chunks.map { ContentHash.of($0) })
        let signed = key.seal(header)
        guard let read = try? UnverifiedHeader(bytes: signed.bytes, signature: signed.signature) else {
            preconditionFailure("what was sealed can be read")
        }
        seen[number] = sealed.count
        let defined = SpecifiedChangeset(
            id: .init(feed: feed, seq: header.seq), hash: read.hash, stamp: header.stamp,
            context: Dictionary(uniqueKeysWithValues: zip(authors.map(\.feed), seen.map { UInt64($0) })),
            operations: Array(pending.values), isVoid: pending.values.contains(where: FoldTables.isIllFormed))
        sealed.append(
            FoldChangeset(incoming: IncomingChangeset(header: read, chunks: chunks), defined: defined, seen: seen))
        toldBefore = seen
        seen[number] = sealed.count
        pending = [:]
    }

    /// Whether this author has seen the row inserted, or has inserted it: then it may be updated.
    func knows(_ row: RowName, among authors: [FoldAuthor]) -> Bool {
        let seen = zip(authors, seen).flatMap { author, count in
            author.sealed.prefix(count).flatMap(\.defined.operations)
        }
        return seen.contains { operation in
            guard case .insert = operation.action else { return false }
            return operation.table == row.table && operation.key == row.key
        }
    }

    private func advance(among authors: [FoldAuthor], number: Int) -> Context {
        var advance = sealed.isEmpty ? FoundedReplica.template.control : [:]
        for (index, author) in authors.enumerated() where index != number && seen[index] > toldBefore[index] {
            advance[author.feed] = Head(
                seq: UInt64(seen[index]), hash: HashPrefix(author.sealed[seen[index] - 1].defined.hash))
        }
        return advance
    }
}
