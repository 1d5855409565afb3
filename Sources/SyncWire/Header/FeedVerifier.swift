import ReplicaModel

/// Makes verified headers of unverified ones, a run of one feed at a time.
public enum FeedVerifier {
    /// `run`: consecutive headers of `feed`, the first of which follows what `after` names (seq 0 and the zero hash before the
    /// first). Checks that they are of the feed and without a gap, that each names the hash of the one before, and the
    /// signature of the last, which vouches for all before it. All are verified, or none.
    public static func verify(
        _ run: [UnverifiedHeader], of feed: FeedID, after: (seq: UInt64, hash: Bytes32)
    ) throws(WireError) -> [VerifiedHeader] {
        guard let last = run.last else { return [] }
        var before = after
        for header in run {
            try check(header, of: feed, follows: before)
            before = (header.header.seq, header.hash)
        }
        guard last.isSignatureValid else { throw .badSignature(feed: feed, seq: last.header.seq) }
        return run.indices.map { VerifiedHeader(run[$0], isSignatureChecked: $0 == run.count - 1) }
    }

    private static func check(
        _ header: UnverifiedHeader, of feed: FeedID, follows before: (seq: UInt64, hash: Bytes32)
    ) throws(WireError) {
        let found = header.header
        guard found.feed == feed else { throw .wrongFeed(expected: feed, found: found.feed) }
        guard found.seq == before.seq + 1 else { throw .gap(feed: feed, expected: before.seq + 1, found: found.seq) }
        guard found.previous == before.hash else { throw .brokenChain(feed: feed, seq: found.seq) }
    }
}
