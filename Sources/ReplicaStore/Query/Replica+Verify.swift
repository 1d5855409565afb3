import ReplicaModel
import SyncWire

extension Replica {
    /// Checks, for every changeset of the log, that its header has the hash that is recorded and names the one before, that its author
    /// signed it, and that its chunks are those that the header names.
    ///
    /// - Parameter progress: changesets done and in all.
    public func verify(progress: (Int, Int) -> Void) throws(StoreError) -> VerifyReport {
        let report = try report(progress: progress)
        let kinds: Set<String> = ["hash", "body", "signature"]
        let altered = report.findings.filter { kinds.contains($0.kind) }.compactMap { finding -> Dot? in
            guard let feed = finding.feed.flatMap({ state.ordinals[$0] }), let seq = finding.seq else { return nil }
            return Dot(feed: feed, seq: seq)
        }
        // Of a file that cannot be written now it is told all the same.
        if !altered.isEmpty { try? noteSpoilt(altered) }
        return report
    }

    private func report(progress: (Int, Int) -> Void) throws(StoreError) -> VerifyReport {
        try look { () throws(StoreError) in
            let total = state.feeds.reduce(0) { $0 + Int($1.held) }
            var done = 0
            var findings: [VerifyReport.Finding] = []
            for feed in state.feeds {
                var previous = Bytes32.zero
                var unsigned: [UInt64] = []
                for seq in 1..<feed.held + 1 {
                    try verify(feed, seq, previous: &previous, unsigned: &unsigned, findings: &findings)
                    done += 1
                    progress(done, total)
                }
                for seq in unsigned {
                    findings.append(
                        .init(kind: "signature", feed: feed.id, seq: seq, message: "Changeset \(seq) is not signed by its author, nor is any later one of its feed: \(Self.spoiltAdvice)."))
                }
                try verifyEnd(feed, head: previous, findings: &findings)
            }
            return VerifyReport(changesets: total, signatures: done, findings: findings)
        }
    }

    /// Whether the feed ends where the replica says that it does.
    private func verifyEnd(_ feed: FeedState, head: Bytes32, findings: inout [VerifyReport.Finding]) throws(StoreError) {
        if head != feed.hash {
            findings.append(.init(kind: "chain", feed: feed.id, seq: feed.held, message: "Changeset \(feed.held) is not the one that the replica names as the last."))
        }
        let beyond = try connection.value(
            "SELECT count(*) FROM caravan_changeset WHERE feed = ?1 AND seq > ?2", [.integer(Int64(feed.ordinal.number)), .integer(Int64(feed.held))])
        if beyond != .integer(0) {
            findings.append(.init(kind: "gap", feed: feed.id, seq: feed.held, message: "The log has changesets of this feed behind \(feed.held), where the replica says that it ends."))
        }
    }

    private func verify(
        _ feed: FeedState, _ seq: UInt64, previous: inout Bytes32, unsigned: inout [UInt64], findings: inout [VerifyReport.Finding]
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
        do throws(WireError) { read = try UnverifiedHeader(bytes: bytes, signature: signature) } catch {
            previous = ContentHash.of(bytes)
            return found("hash", "The header of changeset \(seq) cannot be read (\(error.sentence)): \(Self.spoiltAdvice).")
        }
        if row[2] != .blob(read.hash.bytes) { found("hash", "The header of changeset \(seq) is not what was recorded: \(Self.spoiltAdvice).") }
        if read.header.feed != feed.id || read.header.seq != seq || read.header.previous != previous {
            found("chain", "Changeset \(seq) does not follow the one before it.")
        }
        // A signature vouches for all before it: one that a relay spoilt on the way does no harm.
        if read.isSigned { unsigned = [] } else { unsigned.append(seq) }
        previous = read.hash
        for (number, hash) in read.header.chunkHashes.enumerated() {
            guard let bytes = try chunkIfThere(body: body, number: number), ContentHash.of(bytes) == hash else {
                found("body", "Chunk \(number) of changeset \(seq) is missing or altered: \(Self.spoiltAdvice).")
                continue
            }
        }
    }
}
