import ReplicaModel
import SQLiteAccess
import SyncWire

/// A changeset that the log has, with what folding needs of it.
struct LoggedChangeset {
    let dot: Dot
    let header: ChangesetHeader
    let hash: Bytes32
    let body: Int64
    /// Whether its chunks were written in this transaction: what was read back from the disk is held against their
    /// hashes.
    var isFresh = false
    /// The changeset behind which a way begins that was opened for this one.
    var opened: Dot?
    /// Whether it is the first of a way that begins behind a changeset of another, and was appended in this
    /// transaction.
    var beginsWay = false
    /// The chunks of the changeset, where they are in memory.
    var chunks: [[UInt8]]?
}

/// The log of changesets: their headers, their chunks, and the feeds that they make. All statements on its tables are
/// in this folder.
struct ChangesetLog {
    let transaction: Transaction

    /// A number for the chunks of one changeset.
    func allocateBody() throws(StoreError) -> Int64 {
        if let last = transaction.unwritten.lastBody {
            transaction.unwritten.lastBody = last + 1
            return last + 1
        }
        guard case .integer(let last)? = try transaction.meta("bodies"), last < Int64.max >> 24 else {
            throw .damaged("\(transaction.file.path) has lost the number of its last body")
        }
        transaction.unwritten.lastBody = last + 1
        return last + 1
    }

    /// Chunks of one body are neighbours in the file, in order. 24 bits of 64 KiB are a terabyte.
    private func chunkID(_ body: Int64, _ number: Int) -> Int64 { body << 24 | Int64(number) }

    /// A chunk that is there already, as a session that was cut left it, is the same: both have the hash that the
    /// header names.
    func writeChunk(_ bytes: [UInt8], body: Int64, number: Int) throws(StoreError) {
        let insert = try transaction.statement("INSERT OR REPLACE INTO caravan_chunk VALUES (?1, ?2)")
        try insert.bind(chunkID(body, number), at: 1)
        try insert.bind(.blob(transaction.file.packer.pack(bytes)), at: 2)
        _ = try insert.step()
    }

    /// A chunk of a changeset, as its header names it.
    ///
    /// - Throws: `spoilt` where it is another: it may still be read, and would be taken for what its author wrote.
    func chunk(of changeset: LoggedChangeset, number: Int) throws(StoreError) -> [UInt8] {
        if let chunks = changeset.chunks, chunks.indices.contains(number) { return chunks[number] }
        if let source = transaction.file.chunks { return try source.chunk(of: changeset, number: number) }
        let bytes = try chunk(body: changeset.body, number: number)
        guard changeset.isFresh || ContentHash.of(bytes) == changeset.header.chunkHashes[number] else {
            throw .spoilt(feed: transaction.state.name(of: changeset.dot), seq: changeset.dot.seq)
        }
        return bytes
    }

    /// Reads what stands where a chunk is to be: whoever reads it holds it against a hash.
    func chunk(body: Int64, number: Int) throws(StoreError) -> [UInt8] {
        guard let bytes = try chunkIfThere(body: body, number: number) else {
            throw .damaged("a chunk of the log of \(transaction.file.path) is missing")
        }
        return bytes
    }

    func chunkIfThere(body: Int64, number: Int) throws(StoreError) -> [UInt8]? {
        let select = try transaction.statement("SELECT bytes FROM caravan_chunk WHERE id = ?1")
        try select.bind(chunkID(body, number), at: 1)
        defer { select.reset() }
        guard try select.step() else { return nil }
        switch select.value(at: 0) {
        case .integer(let first):
            // Never a later place, or an altered file could send this round and round.
            guard first < number else {
                throw .damaged("a chunk of the log of \(transaction.file.path) stands for itself")
            }
            select.reset()
            return try chunkIfThere(body: body, number: Int(first))
        case .blob(let kept): return transaction.file.packer.unpack(kept)
        default: return []
        }
    }

    /// Writes chunks that follow one another.
    ///
    /// - Parameter repeats: as `repeats(in:)` has them, of the whole changeset.
    func writeChunks(_ chunks: [[UInt8]], body: Int64, from number: Int, repeats: [Int: Int]) throws(StoreError) {
        for (index, chunk) in chunks.enumerated() {
            if let first = repeats[number + index] {
                try transaction.statement("INSERT OR REPLACE INTO caravan_chunk VALUES (?1, ?2)").run([
                    .integer(chunkID(body, number + index)), .integer(Int64(first)),
                ])
            } else {
                try writeChunk(chunk, body: body, number: number + index)
            }
        }
    }

    /// Chunks that their changeset had before, by number, with the number of the first: they are not kept twice, or a
    /// few bytes on the wire could fill a disk.
    static func repeats(in hashes: [Bytes32]) -> [Int: Int] {
        guard hashes.count > 1 else { return [:] }
        var first: [Bytes32: Int] = [:]
        var out: [Int: Int] = [:]
        for (index, hash) in hashes.enumerated() {
            if let known = first[hash] { out[index] = known } else { first[hash] = index }
        }
        return out
    }

    /// How many chunks there are, of whole changesets and of those that are arriving.
    func chunkCount() throws(StoreError) -> Int {
        guard case .integer(let count)? = try transaction.connection.value("SELECT count(*) FROM caravan_chunk") else {
            return 0
        }
        return Int(count)
    }

    /// Chunks of one body are written in their order, so as many as there are, are the first.
    func chunkCount(body: Int64) throws(StoreError) -> Int {
        let row = try transaction.statement("SELECT count(*) FROM caravan_chunk WHERE id BETWEEN ?1 AND ?2").first([
            .integer(chunkID(body, 0)), .integer(chunkID(body + 1, 0) - 1),
        ])
        guard case .integer(let count)? = row?.first else { return 0 }
        return Int(count)
    }

    func deleteChunks(body: Int64) throws(StoreError) {
        try transaction.statement("DELETE FROM caravan_chunk WHERE id BETWEEN ?1 AND ?2").run([
            .integer(chunkID(body, 0)), .integer(chunkID(body + 1, 0) - 1),
        ])
    }

    /// Appends a changeset whose chunks are written already, and holds it. Where it begins a way, whoever takes it
    /// settles what follows.
    func append(_ verified: VerifiedHeader, body: Int64) throws(StoreError) -> LoggedChangeset {
        let header = verified.header
        let (feed, opened) = try way(for: header, hash: verified.hash)
        precondition(transaction.state.feed(feed).held + 1 == header.seq, "a feed is held without a gap")
        try transaction.statement(
            """
            INSERT INTO caravan_changeset(feed, seq, hash, stamp, body, header, signature) VALUES (?1, ?2, ?3, ?4, ?5, \
            ?6, ?7)
            """
        ).run([
            .integer(Int64(feed.number)), .integer(Int64(header.seq)), .blob(verified.hash.bytes),
            .integer(Int64(bitPattern: header.stamp.bits)), .integer(body), .blob(verified.bytes),
            .blob(verified.signature),
        ])
        setHeld(feed, seq: header.seq, hash: verified.hash)
        try transaction.staging.dropStaged(of: feed, upTo: header.seq)
        let present = transaction.state.feed(feed)
        return LoggedChangeset(
            dot: Dot(feed: feed, seq: header.seq), header: header, hash: verified.hash, body: body, isFresh: true,
            opened: opened, beginsWay: present.id.branch != nil && header.seq == present.after + 1)
    }

    /// The row of a changeset; nil if the log has none.
    func entry(_ dot: Dot) throws(StoreError) -> LogEntry? {
        let select = try transaction.statement(
            "SELECT \(LogEntry.columns) FROM caravan_changeset WHERE feed = ?1 AND seq = ?2")
        try select.bind(Int64(dot.feed.number), at: 1)
        try select.bind(Int64(dot.seq), at: 2)
        defer { select.reset() }
        return try select.step() ? LogEntry(dot, select) : nil
    }

    /// A changeset's header, as its author signed it.
    ///
    /// - Throws: `spoilt` where it is not the one that was recorded.
    func header(of dot: Dot) throws(StoreError) -> UnverifiedHeader { try sound(dot).header }

    /// A changeset that is held, with what folding needs of it.
    ///
    /// - Throws: `spoilt` where the header is not the one that was recorded.
    func logged(_ dot: Dot) throws(StoreError) -> LoggedChangeset {
        let (header, body) = try sound(dot)
        return LoggedChangeset(dot: dot, header: header.header, hash: header.hash, body: body)
    }

    /// A changeset that is held, with the header as its author signed it and with what folding needs of it.
    ///
    /// - Throws: `spoilt` where the header is not the one that was recorded.
    func whole(_ dot: Dot) throws(StoreError) -> (header: UnverifiedHeader, logged: LoggedChangeset) {
        let (header, body) = try sound(dot)
        return (header, LoggedChangeset(dot: dot, header: header.header, hash: header.hash, body: body))
    }

    private func sound(_ dot: Dot) throws(StoreError) -> (header: UnverifiedHeader, body: Int64) {
        guard let entry = try entry(dot), entry.headerBytes != nil, entry.signature != nil, let body = entry.body else {
            throw .damaged("changeset \(dot.seq) of a feed is missing in the log of \(transaction.file.path)")
        }
        guard let header = entry.soundHeader else {
            throw .spoilt(feed: transaction.state.name(of: dot), seq: dot.seq)
        }
        return (header, body)
    }

    /// The chunks of a changeset, as its header names them.
    ///
    /// - Throws: `spoilt` where one is another.
    func chunks(of changeset: LoggedChangeset) throws(StoreError) -> [[UInt8]] {
        var out: [[UInt8]] = []
        for number in changeset.header.chunkHashes.indices { out.append(try chunk(of: changeset, number: number)) }
        return out
    }
}
