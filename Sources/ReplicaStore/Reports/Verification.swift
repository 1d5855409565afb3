import ReplicaModel
import SQLiteAccess
import SyncWire

/// Checks the log of a replica, and that everything else follows from it.
struct Verification {
    let transaction: Transaction

    /// Checks, for every changeset of the log, that its header has the hash that is recorded and names the one before,
    /// that its author signed it, and that its chunks are those that the header names.
    ///
    /// - Parameter progress: changesets done and in all.
    /// - Returns: the report, and the changesets that the disk altered.
    func verify(progress: (Int, Int) -> Void) throws(StoreError) -> (report: VerifyReport, altered: [Dot]) {
        let report = try report(progress: progress)
        let kinds: Set<String> = ["hash", "body", "signature"]
        let altered = report.findings.filter { kinds.contains($0.kind) }.compactMap { finding -> Dot? in
            guard let feed = finding.feed, let seq = finding.seq else { return nil }
            return transaction.state.dot(seq, of: feed)
        }
        return (report, altered)
    }

    private func report(progress: (Int, Int) -> Void) throws(StoreError) -> VerifyReport {
        let total = transaction.state.feeds.reduce(0) { $0 + Int($1.held - $1.after) }
        var done = 0
        var findings: [VerifyReport.Finding] = []
        for feed in transaction.state.feeds where feed.held > feed.after || feed.after == 0 {
            // A way begins behind a changeset of another.
            let point = transaction.state.forks.lines.beginning(of: feed.ordinal)
            var previous =
                try point.flatMap { (point) throws(StoreError) in try transaction.log.hash(of: point) } ?? .zero
            var unsigned: [UInt64] = []
            for seq in feed.after + 1..<feed.held + 1 {
                try verify(feed, seq, previous: &previous, unsigned: &unsigned, findings: &findings)
                done += 1
                progress(done, total)
            }
            for seq in unsigned {
                let what = "Changeset \(seq) is not signed by its author, nor is any later one of its feed"
                findings.append(
                    .init(
                        kind: "signature", feed: name(feed, seq), seq: seq,
                        message: "\(what): \(ReplicaReports.spoiltAdvice).")
                )
            }
            try verifyEnd(feed, head: previous, findings: &findings)
        }
        return VerifyReport(changesets: total, signatures: done, findings: findings)
    }

    private func name(_ feed: FeedState, _ seq: UInt64) -> FeedID {
        transaction.state.name(of: Dot(feed: feed.ordinal, seq: seq))
    }

    /// Whether the feed ends where the replica says that it does.
    private func verifyEnd(_ feed: FeedState, head: Bytes32, findings: inout [VerifyReport.Finding]) throws(StoreError)
    {
        if head != feed.hash {
            findings.append(
                .init(
                    kind: "chain", feed: name(feed, feed.held), seq: feed.held,
                    message: "Changeset \(feed.held) is not the one that the replica names as the last."))
        }
        if feed.applied > feed.held {
            findings.append(
                .init(
                    kind: "gap", feed: name(feed, feed.held), seq: feed.held,
                    message:
                        """
                        The replica says that it applied \(feed.applied) changesets of this feed, of which it holds \
                        \(feed.held).
                        """
                ))
        }
        let beyond = try transaction.log.count(of: feed.ordinal, beyond: feed.held)
        if beyond > 0 {
            findings.append(
                .init(
                    kind: "gap", feed: name(feed, feed.held), seq: feed.held,
                    message:
                        "The log has changesets of this feed behind \(feed.held), where the replica says that it ends.")
            )
        }
    }

    private func verify(
        _ feed: FeedState, _ seq: UInt64, previous: inout Bytes32, unsigned: inout [UInt64],
        findings: inout [VerifyReport.Finding]
    ) throws(StoreError) {
        func found(_ kind: String, _ message: String) {
            findings.append(.init(kind: kind, feed: name(feed, seq), seq: seq, message: message))
        }
        let entry = try transaction.log.entry(Dot(feed: feed.ordinal, seq: seq))
        guard let entry, let bytes = entry.headerBytes, let signature = entry.signature, let body = entry.body else {
            return found(
                "gap", "The log has no changeset \(seq) of this feed, though it says that it holds \(feed.held).")
        }
        let read: UnverifiedHeader
        do throws(WireError) { read = try UnverifiedHeader(bytes: bytes, signature: signature) } catch {
            previous = ContentHash.of(bytes)
            return found(
                "hash",
                "The header of changeset \(seq) cannot be read (\(error.sentence)): \(ReplicaReports.spoiltAdvice).")
        }
        if entry.recordedHash != read.hash {
            found("hash", "The header of changeset \(seq) is not what was recorded: \(ReplicaReports.spoiltAdvice).")
        }
        if read.header.feed != feed.id.base || read.header.seq != seq || read.header.previous != previous {
            found("chain", "Changeset \(seq) does not follow the one before it.")
        }
        // A signature vouches for all before it: one that a relay spoilt on the way does no harm.
        if read.isSigned { unsigned = [] } else { unsigned.append(seq) }
        previous = read.hash
        for (number, hash) in read.header.chunkHashes.enumerated() {
            guard let bytes = try transaction.log.chunkIfThere(body: body, number: number),
                ContentHash.of(bytes) == hash
            else {
                found(
                    "body", "Chunk \(number) of changeset \(seq) is missing or altered: \(ReplicaReports.spoiltAdvice)."
                )
                continue
            }
        }
    }
}
