import ReplicaModel
import SyncWire

extension Replica {
    /// Checks, for every changeset of the log, that its header has the hash that is recorded and names the one before, that its author
    /// signed it, and that its chunks are those that the header names.
    ///
    /// - Parameter progress: changesets done and in all.
    public func verify(progress: (Int, Int) -> Void) throws(StoreError) -> VerifyReport {
        try look { () throws(StoreError) in
            let total = state.feeds.reduce(0) { $0 + Int($1.held) }
            var done = 0
            var findings: [VerifyReport.Finding] = []
            for feed in state.feeds {
                var previous = Bytes32.zero
                for seq in 1..<feed.held + 1 {
                    try verify(feed, seq, previous: &previous, findings: &findings)
                    done += 1
                    progress(done, total)
                }
            }
            return VerifyReport(changesets: total, signatures: done, findings: findings)
        }
    }

    private func verify(
        _ feed: FeedState, _ seq: UInt64, previous: inout Bytes32, findings: inout [VerifyReport.Finding]
    ) throws(StoreError) {
        func found(_ kind: String, _ message: String) {
            findings.append(.init(kind: kind, feed: feed.id, seq: seq, message: message))
        }
        let row = try statement("SELECT header, signature, hash, body FROM caravan_changeset WHERE feed = ?1 AND seq = ?2").first([
            .integer(Int64(feed.ordinal.number)), .integer(Int64(seq)),
        ])
        guard let row, case .blob(let bytes) = row[0], case .blob(let signature) = row[1], case .integer(let body) = row[3] else {
            return found("gap", "The log has no changeset \(seq) of this feed, though it says that it holds \(feed.held).")
        }
        let read: UnverifiedHeader
        do { read = try UnverifiedHeader(bytes: bytes, signature: signature) } catch {
            previous = ContentHash.of(bytes)
            return found("hash", "The header of changeset \(seq) cannot be read: \(error).")
        }
        if row[2] != .blob(read.hash.bytes) { found("hash", "The header of changeset \(seq) is not what was recorded.") }
        if read.header.feed != feed.id || read.header.seq != seq || read.header.previous != previous {
            found("chain", "Changeset \(seq) does not follow the one before it.")
        }
        if !read.isSigned {
            found("signature", "Changeset \(seq) is not signed by its author.")
        }
        previous = read.hash
        for (number, hash) in read.header.chunkHashes.enumerated() {
            let chunk = try statement("SELECT bytes FROM caravan_chunk WHERE id = ?1").first([.integer(body << 24 | Int64(number))])
            guard case .blob(let bytes)? = chunk?.first, ContentHash.of(bytes) == hash else {
                found("body", "Chunk \(number) of changeset \(seq) is missing or altered.")
                continue
            }
        }
    }
}
