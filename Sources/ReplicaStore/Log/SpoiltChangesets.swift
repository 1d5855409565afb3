import ReplicaModel
import SQLiteAccess
import SyncWire

/// Changesets of the log that are not what their authors signed any more, because the disk altered them. They are sent
/// to nobody, and what this replica says that it holds ends before them, so that the next peer that has them sends them
/// again.
struct SpoiltChangesets {
    let transaction: Transaction

    /// Changesets that were found altered, and have not come again.
    func spoilt() throws(StoreError) -> [(feed: FeedID, seq: UInt64)] {
        try spoiltDots().map { (transaction.state.name(of: $0), $0.seq) }
    }

    /// The numbers of them by feed, in ascending order.
    func numbers() throws(StoreError) -> [FeedOrdinal: [UInt64]] {
        Dictionary(grouping: try spoiltDots(), by: \.feed).mapValues { $0.map(\.seq) }
    }

    /// The changesets that a peer is asked for: nothing of them is here that can be used.
    func unfinished() throws(StoreError) -> [UnfinishedChangeset] {
        try spoilt().prefix(Self.askedMax).map { UnfinishedChangeset(feed: $0.feed, seq: $0.seq, chunks: 0) }
    }

    private static let askedMax = 512

    /// The founding changeset, if the disk altered it.
    func founding() throws(StoreError) -> Dot? {
        let alliance = transaction.state.alliance
        for dot in try spoiltDots() where dot.seq == 1 && transaction.state.feed(dot.feed).id.scope == .control {
            let entry = try transaction.log.entry(dot)
            if try [entry?.recordedHash, entry?.headerHash, followedHash(of: dot)].contains(alliance) { return dot }
        }
        return nil
    }

    private func spoiltDots() throws(StoreError) -> [Dot] {
        var out: [Dot] = []
        for row in try transaction.connection.rows("SELECT feed, seq FROM caravan_spoilt ORDER BY feed, seq") {
            guard case .integer(let feed) = row[0], case .integer(let seq) = row[1],
                feed < transaction.state.feeds.count
            else { continue }
            out.append(Dot(feed: FeedOrdinal(Int(feed)), seq: UInt64(seq)))
        }
        return out
    }

    /// Lists what was found altered. Whatever only lost its recorded hash has it back at once.
    func list(spoilt dots: [Dot]) throws(StoreError) {
        for dot in dots {
            if try mendHash(of: dot) { continue }
            try transaction.statement("INSERT OR IGNORE INTO caravan_spoilt VALUES (?1, ?2)").run(dot.place)
        }
        try refreshSound()
    }

    /// Forgets those behind a changeset of a feed, which the log does not have any more: whatever comes under their
    /// numbers is new.
    func forget(beyond dot: Dot) throws(StoreError) {
        guard transaction.state.sound[dot.feed] != nil else { return }
        try transaction.statement("DELETE FROM caravan_spoilt WHERE feed = ?1 AND seq > ?2").run(dot.place)
        try refreshSound()
    }

    /// Has what others are told end before the first that is listed of each feed.
    func refreshSound() throws(StoreError) {
        transaction.state.sound = try LogLoader(connection: transaction.connection).sound(transaction.state.feeds)
    }

    /// Whether the changeset that is held under a number is the one of a hash. Where what is recorded says otherwise,
    /// its header and what the next one follows are asked: a disk may have altered the record alone, and then nobody
    /// forked.
    ///
    /// - Parameter lists: whether a record that says otherwise is listed as altered.
    func isHeld(_ dot: Dot, as isIt: (Bytes32) -> Bool, lists: Bool = true) throws(StoreError) -> Bool {
        guard let recorded = try transaction.log.hash(of: dot) else { return false }
        if isIt(recorded) { return true }
        let others = [try transaction.log.entry(dot)?.headerHash, try followedHash(of: dot)]
        guard others.contains(where: { $0.map(isIt) ?? false }) else { return false }
        if lists { try list(spoilt: [dot]) }
        return true
    }

    func isSpoilt(_ dot: Dot) throws(StoreError) -> Bool {
        guard let sound = transaction.state.sound[dot.feed], sound.seq < dot.seq else { return false }
        return try transaction.statement("SELECT 1 FROM caravan_spoilt WHERE feed = ?1 AND seq = ?2").first(dot.place)
            != nil
    }

    /// The header, where a changeset that is held under its number was altered and this is what it was: what is
    /// recorded, or what the next one follows.
    func replacement(_ header: UnverifiedHeader) throws(StoreError) -> VerifiedHeader? {
        for dot in try spoilt(header.header) { if let again = try again(header, dot) { return again } }
        return nil
    }

    private func again(_ header: UnverifiedHeader, _ dot: Dot) throws(StoreError) -> VerifiedHeader? {
        for hash in [try transaction.log.entry(dot)?.recordedHash, try followedHash(of: dot)] {
            if let verified = hash.flatMap({ FeedVerifier.again(header, hash: $0) }) { return verified }
        }
        return nil
    }

    /// The changesets with the number of this one that were altered: more than one only where its feed went two ways.
    func spoilt(_ header: ChangesetHeader) throws(StoreError) -> [Dot] {
        guard !transaction.state.sound.isEmpty else { return [] }
        var out: [Dot] = []
        for way in transaction.state.ways(of: header.feed) where transaction.state.sound[way] != nil {
            let dot = Dot(feed: way, seq: header.seq)
            if try isSpoilt(dot) { out.append(dot) }
        }
        return out
    }

    /// Puts right what came again of such changesets: what is pending may not be sealed before that.
    func replaceSpoilt(from batch: [IncomingChangeset]) throws(StoreError) {
        // What follows a changeset says what it was.
        for changeset in batch.sorted(by: { $0.header.header.seq > $1.header.header.seq }) {
            guard let header = try replacement(changeset.header) else { continue }
            let body = try transaction.log.allocateBody()
            try transaction.log.writeChunks(
                changeset.chunks, body: body, from: 0, repeats: ChangesetLog.repeats(in: header.header.chunkHashes))
            try replaceSpoilt(by: header, body: body)
        }
    }

    /// Puts a changeset that came again in the place of what the disk made of it. Its chunks are written.
    func replaceSpoilt(by header: VerifiedHeader, body: Int64) throws(StoreError) {
        guard let dot = try place(of: header) else { return }
        let feed = dot.feed
        let old = try transaction.log.entry(dot)
        // Whoever sends it may have a wrong signature, where a later one vouches for it.
        let signatures = [header.signature] + (old?.signature.map { [$0] } ?? [])
        let signature = signatures.first { Self.isSignature($0, of: header) }
        try transaction.statement(
            """
            UPDATE caravan_changeset SET hash = ?3, stamp = ?4, body = ?5, header = ?6, signature = ?7 WHERE feed = ?1 \
            AND seq = ?2
            """
        ).run(
            dot.place + [
                .blob(header.hash.bytes), .integer(Int64(bitPattern: header.header.stamp.bits)), .integer(body),
                .blob(header.bytes),
                .blob(signature ?? header.signature),
            ])
        if let old = old?.body { try deleteUnusedChunks(of: old) }
        let isLast = transaction.state.feed(feed).held == dot.seq
        if isLast { transaction.log.setHeld(feed, seq: dot.seq, hash: header.hash) }
        guard signature != nil || !isLast else { return }
        try transaction.statement("DELETE FROM caravan_spoilt WHERE feed = ?1 AND seq = ?2").run(dot.place)
        try retryWhatWaits()
        try refreshSound()
    }

    /// The altered changeset whose place a header takes that was verified once.
    private func place(of header: VerifiedHeader) throws(StoreError) -> Dot? {
        let all = try spoilt(header.header)
        guard all.count > 1 else { return all.first }
        for dot in all {
            if try [transaction.log.entry(dot)?.recordedHash, followedHash(of: dot)].contains(header.hash) {
                return dot
            }
        }
        return nil
    }

    /// Has what waits tried again: that may be what could not be read, or seemed to be another branch.
    private func retryWhatWaits() throws(StoreError) {
        try transaction.connection.run("DELETE FROM caravan_meta WHERE name = 'tried'")
    }

    private static func isSignature(_ bytes: [UInt8], of header: VerifiedHeader) -> Bool {
        (try? UnverifiedHeader(bytes: header.bytes, signature: bytes))?.isSigned ?? false
    }

    /// The number itself may be what was altered: then it is that of another changeset's chunks.
    private func deleteUnusedChunks(of body: Int64) throws(StoreError) {
        guard
            try transaction.connection.value(
                "SELECT 1 FROM caravan_changeset WHERE body = ?1 LIMIT 1", [.integer(body)]) == nil
        else { return }
        try transaction.log.deleteChunks(body: body)
    }

    /// The hash of a changeset, which what is signed here will name: what two of three places agree on, its header,
    /// what is recorded beside it, and what the next changeset follows.
    ///
    /// - Throws: `damaged` where no two agree.
    func agreedHash(of dot: Dot) throws(StoreError) -> Bytes32? {
        guard transaction.state.feed(dot.feed).held >= dot.seq else { return nil }
        let entry = try transaction.log.entry(dot)
        let (header, recorded) = (entry?.headerHash, entry?.recordedHash)
        if let header, header == recorded { return header }
        let followed = try followedHash(of: dot)
        guard let followed, followed == header || followed == recorded else {
            throw .damaged(
                """
                what is recorded of changeset \(dot.seq) of feed \(transaction.state.name(of: dot)) in \
                \(transaction.file.path) does not agree
                """
            )
        }
        return followed
    }

    /// Puts right what is recorded as the hash of a changeset that is all that its author signed. Returns whether that
    /// was all.
    private func mendHash(of dot: Dot) throws(StoreError) -> Bool {
        let entry = try transaction.log.entry(dot)
        guard let entry, let header = entry.header, header.isSigned, try followedHash(of: dot) == header.hash,
            try hasAllChunks(entry, header)
        else { return false }
        try transaction.statement("UPDATE caravan_changeset SET hash = ?3 WHERE feed = ?1 AND seq = ?2").run(
            dot.place + [.blob(header.hash.bytes)])
        try retryWhatWaits()
        return true
    }

    /// Whether all chunks are as the header names them.
    private func hasAllChunks(_ entry: LogEntry, _ header: UnverifiedHeader) throws(StoreError) -> Bool {
        guard let body = entry.body else { return false }
        for (number, hash) in header.header.chunkHashes.enumerated() {
            guard let bytes = try transaction.log.chunkIfThere(body: body, number: number),
                ContentHash.of(bytes) == hash
            else { return false }
        }
        return true
    }

    /// Whether this site wrote some of them.
    var hasOwn: Bool {
        let state = transaction.state
        return state.sound.keys.contains { state.feed($0).id.site == state.site }
    }

    /// Signs anew those of this site of which the disk altered nothing but the signature. Nobody else may have them
    /// yet, so that they would not come again.
    func signAgain(with key: SigningKey) throws(StoreError) {
        guard hasOwn else { return }
        for dot in try spoiltDots() where transaction.state.feed(dot.feed).id.site == key.site {
            guard let entry = try transaction.log.entry(dot), let header = entry.soundHeader,
                try followedHash(of: dot) == header.hash, try hasAllChunks(entry, header),
                let signed = key.signAgain(header)
            else { continue }
            try replaceSpoilt(by: signed, body: entry.body ?? 0)
        }
    }

    /// The hash that the next changeset of the feed says that it follows, or with which the feed ends.
    private func followedHash(of dot: Dot) throws(StoreError) -> Bytes32? {
        let feed = transaction.state.feed(dot.feed)
        guard feed.held > dot.seq else { return feed.held == dot.seq ? feed.hash : nil }
        return try transaction.log.entry(Dot(feed: dot.feed, seq: dot.seq + 1))?.header?.header.previous
    }
}

extension LogEntry {
    /// The hash of the header as it is now; nil if there is none.
    fileprivate var headerHash: Bytes32? { headerBytes.map { ContentHash.of($0) } }
}
