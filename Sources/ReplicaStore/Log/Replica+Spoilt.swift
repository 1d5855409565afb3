import ReplicaModel
import SyncWire

/// Changesets of the log that are not what their authors signed any more, because the disk altered them. They are sent to nobody, and what this replica
/// says that it holds ends before them, so that the next peer that has them sends them again.
extension Replica {
    /// What this replica tells others that it holds: of each feed what is before the first changeset that was altered.
    public func soundVector() throws(StoreError) -> Vector {
        try look { () throws(StoreError) in state.soundVector }
    }

    /// Changesets that were found altered, and have not come again.
    public func spoilt() throws(StoreError) -> [(feed: FeedID, seq: UInt64)] {
        try look { () throws(StoreError) in try spoiltDots().map { (state.feed($0.feed).id, $0.seq) } }
    }

    private func spoiltDots() throws(StoreError) -> [Dot] {
        var out: [Dot] = []
        for row in try connection.rows("SELECT feed, seq FROM caravan_spoilt ORDER BY feed, seq") {
            guard case .integer(let feed) = row[0], case .integer(let seq) = row[1], feed < state.feeds.count else { continue }
            out.append(Dot(feed: FeedOrdinal(Int(feed)), seq: UInt64(seq)))
        }
        return out
    }

    /// Notes that a changeset was found altered.
    public func noteSpoilt(_ feed: FeedID, seq: UInt64) throws(StoreError) {
        if let feed = state.feed(feed) { try noteSpoilt([Dot(feed: feed.ordinal, seq: seq)]) }
    }

    /// Notes what was found altered, in a transaction of its own. What only lost its recorded hash has it back at once.
    func noteSpoilt(_ dots: [Dot]) throws(StoreError) {
        try transact { () throws(StoreError) in try list(spoilt: dots) }
    }

    private func list(spoilt dots: [Dot]) throws(StoreError) {
        for dot in dots {
            if try mendHash(of: dot) { continue }
            try statement("INSERT OR IGNORE INTO caravan_spoilt VALUES (?1, ?2)").run(place(of: dot))
        }
        state.sound = try StateLoader(connection: connection).sound(state.feeds)
    }

    /// Whether the changeset that is held under a number is the one of a hash. Where what is recorded says otherwise, its header and what the next one
    /// follows are asked: a disk may have altered the record alone, and then nobody forked. Inside a transaction that writes.
    func isHeld(_ dot: Dot, as isIt: (Bytes32) -> Bool) throws(StoreError) -> Bool {
        guard let recorded = try hash(of: dot) else { return false }
        if isIt(recorded) { return true }
        let others = [try headerHash(of: dot), try followedHash(of: dot)]
        guard others.contains(where: { $0.map(isIt) ?? false }) else { return false }
        try list(spoilt: [dot])
        return true
    }

    func isSpoilt(_ dot: Dot) throws(StoreError) -> Bool {
        guard let sound = state.sound[dot.feed], sound.seq < dot.seq else { return false }
        return try statement("SELECT 1 FROM caravan_spoilt WHERE feed = ?1 AND seq = ?2").first(place(of: dot)) != nil
    }

    /// The header, where a changeset that is held under its number was altered and this is what it was: what is recorded, or what the next one follows.
    func replacement(_ header: UnverifiedHeader) throws(StoreError) -> VerifiedHeader? {
        guard let feed = state.feed(header.header.feed)?.ordinal else { return nil }
        let dot = Dot(feed: feed, seq: header.header.seq)
        guard try isSpoilt(dot) else { return nil }
        for hash in [try recordedHash(of: dot), try followedHash(of: dot)] {
            if let verified = hash.flatMap({ FeedVerifier.again(header, hash: $0) }) { return verified }
        }
        return nil
    }

    /// Puts right what is of such changesets, in a transaction of its own: what is pending may not be sealed before that.
    public func replaceSpoilt(from batch: [IncomingChangeset]) throws(StoreError) {
        guard !state.sound.isEmpty else { return }
        try transact { () throws(StoreError) in
            // What follows a changeset says what it was.
            for changeset in batch.sorted(by: { $0.header.header.seq > $1.header.header.seq }) {
                guard let header = try replacement(changeset.header) else { continue }
                let body = try allocateBody()
                try writeChunks(changeset.chunks, body: body, from: 0, repeats: Self.repeats(in: header.header.chunkHashes))
                try replaceSpoilt(by: header, body: body)
            }
        }
    }

    /// Puts a changeset that came again in the place of what the disk made of it. Its chunks are written.
    func replaceSpoilt(by header: VerifiedHeader, body: Int64) throws(StoreError) {
        guard let feed = state.feed(header.header.feed)?.ordinal else { return }
        let dot = Dot(feed: feed, seq: header.header.seq)
        let old = try statement("SELECT body, signature FROM caravan_changeset WHERE feed = ?1 AND seq = ?2").first(place(of: dot))
        // Whoever sends it may have a wrong signature, where a later one vouches for it.
        let signatures = [.blob(header.signature), old?.last ?? .null]
        let signature = signatures.first { Self.isSignature($0, of: header) }
        try statement(
            "UPDATE caravan_changeset SET hash = ?3, stamp = ?4, body = ?5, header = ?6, signature = ?7 WHERE feed = ?1 AND seq = ?2"
        ).run(
            place(of: dot) + [
                .blob(header.hash.bytes), .integer(Int64(bitPattern: header.header.stamp.bits)), .integer(body), .blob(header.bytes),
                signature ?? signatures[0],
            ])
        if case .integer(let old)? = old?.first { try deleteChunks(unlessUsed: old) }
        let isLast = state.feed(feed).held == dot.seq
        if isLast { try setHeld(feed, seq: dot.seq, hash: header.hash) }
        guard signature != nil || !isLast else { return }
        try statement("DELETE FROM caravan_spoilt WHERE feed = ?1 AND seq = ?2").run(place(of: dot))
        try retryWhatWaits()
        state.sound = try StateLoader(connection: connection).sound(state.feeds)
    }

    /// What could not be read, or seemed to be another branch, may wait: it is tried again.
    private func retryWhatWaits() throws(StoreError) { try connection.run("DELETE FROM caravan_meta WHERE name = 'tried'") }

    private static func isSignature(_ value: Value, of header: VerifiedHeader) -> Bool {
        guard case .blob(let bytes) = value else { return false }
        return (try? UnverifiedHeader(bytes: header.bytes, signature: bytes))?.isSigned ?? false
    }

    /// The number itself may be what was altered: then it is that of another changeset's chunks.
    private func deleteChunks(unlessUsed body: Int64) throws(StoreError) {
        guard try connection.value("SELECT 1 FROM caravan_changeset WHERE body = ?1 LIMIT 1", [.integer(body)]) == nil else { return }
        try deleteChunks(body: body)
    }

    /// The hash of a changeset, which what is signed here will name: what two of three places agree on, its header, what is recorded beside it, and what the
    /// next changeset follows.
    ///
    /// - Throws: `damaged` where no two agree.
    func agreedHash(of dot: Dot) throws(StoreError) -> Bytes32? {
        guard state.feed(dot.feed).held >= dot.seq else { return nil }
        let (header, recorded) = (try headerHash(of: dot), try recordedHash(of: dot))
        if let header, header == recorded { return header }
        let followed = try followedHash(of: dot)
        guard let followed, followed == header || followed == recorded else {
            throw .damaged("what is recorded of changeset \(dot.seq) of feed \(state.feed(dot.feed).id) in \(path) does not agree")
        }
        return followed
    }

    /// Puts right what is recorded as the hash of a changeset that is all that its author signed. Returns whether that was all.
    private func mendHash(of dot: Dot) throws(StoreError) -> Bool {
        let body = try statement("SELECT body FROM caravan_changeset WHERE feed = ?1 AND seq = ?2").first(place(of: dot))?.first
        guard let header = try unverified(dot), header.isSigned, try followedHash(of: dot) == header.hash, case .integer(let body)? = body else {
            return false
        }
        for (number, hash) in header.header.chunkHashes.enumerated() {
            guard let bytes = try chunkIfThere(body: body, number: number), ContentHash.of(bytes) == hash else { return false }
        }
        try statement("UPDATE caravan_changeset SET hash = ?3 WHERE feed = ?1 AND seq = ?2").run(place(of: dot) + [.blob(header.hash.bytes)])
        try retryWhatWaits()
        return true
    }

    private func place(of dot: Dot) -> [Value] { [.integer(Int64(dot.feed.number)), .integer(Int64(dot.seq))] }

    private func unverified(_ dot: Dot) throws(StoreError) -> UnverifiedHeader? {
        let row = try statement("SELECT header, signature FROM caravan_changeset WHERE feed = ?1 AND seq = ?2").first(place(of: dot))
        guard case .blob(let header)? = row?.first, case .blob(let signature)? = row?.last else { return nil }
        return try? UnverifiedHeader(bytes: header, signature: signature)
    }

    private func headerHash(of dot: Dot) throws(StoreError) -> Bytes32? {
        let row = try statement("SELECT header FROM caravan_changeset WHERE feed = ?1 AND seq = ?2").first(place(of: dot))
        guard case .blob(let bytes)? = row?.first else { return nil }
        return ContentHash.of(bytes)
    }

    private func recordedHash(of dot: Dot) throws(StoreError) -> Bytes32? {
        let row = try statement("SELECT hash FROM caravan_changeset WHERE feed = ?1 AND seq = ?2").first(place(of: dot))
        guard case .blob(let bytes)? = row?.first else { return nil }
        return Bytes32(bytes)
    }

    /// What the next changeset of the feed says that it follows, or the feed that it ends with.
    private func followedHash(of dot: Dot) throws(StoreError) -> Bytes32? {
        let feed = state.feed(dot.feed)
        guard feed.held > dot.seq else { return feed.held == dot.seq ? feed.hash : nil }
        return try unverified(Dot(feed: dot.feed, seq: dot.seq + 1))?.header.previous
    }
}
