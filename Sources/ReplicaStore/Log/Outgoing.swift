import ReplicaModel
import SyncWire

/// What a peer lacks, in the order in which it is sent: control first, then what this replica applied in the order in which it
/// did, then what it only holds, feed by feed. The cost is that of what differs.
public final class Outgoing {
    /// One step of the stream.
    public enum Item {
        /// `skipped` first chunks are left out, because the peer has them.
        case header([UInt8], signature: [UInt8], skipped: Int)
        case chunk([UInt8])
    }

    private struct Pending {
        let feed: FeedOrdinal
        var seq: UInt64
        let last: UInt64
        let isControl: Bool
        /// Nil for what waits for its context.
        var position: Int64?

        /// Control before the rest, applied before held, then by position or feed.
        var order: (Int, Int, Int64, Int) { (isControl ? 0 : 1, position == nil ? 1 : 0, position ?? 0, feed.number) }
    }

    private let replica: Replica
    private let unfinished: [UnfinishedChangeset]
    private var pending: [Pending] = []
    private var present: (changeset: LoggedChangeset, next: Int)?
    /// Changesets given so far, and in all.
    public private(set) var sent: UInt64 = 0
    public let total: UInt64
    /// What the peer holds once it has taken everything.
    public let reaches: Vector

    /// - Parameters:
    ///   - scopes: only feeds of these; nil for all.
    ///   - unfinished: of which the peer has some chunks.
    ///   - isForPeer: what the disk altered, and what is behind it, is left out.
    init(
        replica: Replica, peer: Vector, scopes: Set<Scope>?, unfinished: [UnfinishedChangeset], isForPeer: Bool = true
    ) throws(StoreError) {
        self.replica = replica
        self.unfinished = unfinished
        var total: UInt64 = 0
        var reaches = peer
        for feed in replica.state.feeds where scopes?.contains(feed.id.scope) ?? true {
            // Whoever knows better than this replica would take it for one that passes on what strangers write.
            guard replica.state.roster.record(of: feed.id.site) != nil else { continue }
            let has = peer[feed.id] ?? 0
            let last = isForPeer ? replica.state.soundHead(of: feed).seq : feed.held
            guard last > has else { continue }
            total += last - has
            reaches[feed.id] = last
            pending.append(Pending(feed: feed.ordinal, seq: has + 1, last: last, isControl: feed.id.scope == .control))
        }
        self.total = total
        self.reaches = reaches
        for index in pending.indices { pending[index].position = try position(of: pending[index]) }
    }

    /// The next step; nil when all was given.
    ///
    /// - Throws: `spoilt` where the log has something else than its author signed, which no peer is given; it is noted, and the next stream ends before it.
    public func next() throws(StoreError) -> Item? {
        if let (changeset, number) = present {
            let hashes = changeset.header.chunkHashes
            if number < hashes.count {
                present?.next += 1
                guard let bytes = try replica.chunkIfThere(body: changeset.body, number: number), ContentHash.of(bytes) == hashes[number] else {
                    throw try spoilt(changeset.dot)
                }
                return .chunk(bytes)
            }
            present = nil
        }
        guard let index = pending.indices.min(by: { pending[$0].order < pending[$1].order }) else { return nil }
        let feed = pending[index]
        let row = try replica.statement("SELECT header, signature, hash, body FROM caravan_changeset WHERE feed = ?1 AND seq = ?2").first([
            .integer(Int64(feed.feed.number)), .integer(Int64(feed.seq)),
        ])
        guard let row else { throw .damaged("the log of \(replica.path) lacks a changeset that it holds") }
        guard let read = sound(row, of: feed), case .integer(let body) = row[3] else { throw try spoilt(Dot(feed: feed.feed, seq: feed.seq)) }
        let known = unfinished.first { $0.feed == read.header.feed && $0.seq == read.header.seq }?.chunks ?? 0
        let skipped = Int(min(known, UInt64(read.header.chunkHashes.count)))
        present = (LoggedChangeset(dot: Dot(feed: feed.feed, seq: feed.seq), header: read.header, hash: read.hash, body: body), skipped)
        try advance(index)
        sent += 1
        return .header(read.bytes, signature: read.signature, skipped: skipped)
    }

    /// A header as its author signed it; nil if it is not. The signature of the last vouches for all before it.
    private func sound(_ row: [Value], of feed: Pending) -> UnverifiedHeader? {
        guard case .blob(let header) = row[0], case .blob(let signature) = row[1],
            let read = try? UnverifiedHeader(bytes: header, signature: signature), row[2] == .blob(read.hash.bytes)
        else { return nil }
        return feed.seq < feed.last || read.isSigned ? read : nil
    }

    private func spoilt(_ dot: Dot) throws(StoreError) -> StoreError {
        let feed = replica.state.feed(dot.feed).id
        try replica.noteSpoilt([dot])
        return .spoilt(feed: feed, seq: dot.seq)
    }

    private func advance(_ index: Int) throws(StoreError) {
        guard pending[index].seq < pending[index].last else {
            pending.remove(at: index)
            return
        }
        pending[index].seq += 1
        pending[index].position = try position(of: pending[index])
    }

    private func position(of feed: Pending) throws(StoreError) -> Int64? {
        let row = try replica.statement("SELECT position FROM caravan_changeset WHERE feed = ?1 AND seq = ?2").first([
            .integer(Int64(feed.feed.number)), .integer(Int64(feed.seq)),
        ])
        guard case .integer(let position)? = row?.first else { return nil }
        return position
    }
}

extension Replica {
    /// What a peer with this held vector lacks, as of now.
    public func outgoing(
        lackedBy peer: Vector, scopes: Set<Scope>? = nil, unfinished: [UnfinishedChangeset] = []
    ) throws(StoreError) -> Outgoing {
        try look { () throws(StoreError) in try Outgoing(replica: self, peer: peer, scopes: scopes, unfinished: unfinished) }
    }

    /// All that is held beyond a vector, whatever the disk made of what is before it: for whoever compares logs.
    package func everything(beyond vector: Vector) throws(StoreError) -> Outgoing {
        try look { () throws(StoreError) in try Outgoing(replica: self, peer: vector, scopes: nil, unfinished: [], isForPeer: false) }
    }
}
