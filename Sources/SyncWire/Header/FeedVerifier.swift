import ReplicaModel

/// Makes verified headers of unverified ones, a run of one feed at a time.
package enum FeedVerifier {
    /// Verifies `run`: consecutive headers of `feed`, the first of which follows what `after` names (seq 0 and the zero
    /// hash before the first). Checks that they are of the feed and without a gap, that each names the hash of the one
    /// before, and the signature of the last, which vouches for all before it. Where that is wrong, as a relay may have
    /// made it, the last one that is right vouches for those up to it. Returns those that are vouched for: the first of
    /// the run, often all.
    ///
    /// - Parameters:
    ///   - checksMax: how many signatures are looked at, from the last, before none is taken to vouch for anything.
    ///   - areKnown: they were verified before, and are what was recorded then: a signature that the disk has altered
    ///     since says nothing.
    package static func verify(
        _ run: [UnverifiedHeader], of feed: FeedID, after: (seq: UInt64, hash: Bytes32), checksMax: Int = .max,
        areKnown: Bool = false
    ) throws(WireError) -> [VerifiedHeader] {
        var before = after
        for (index, header) in run.enumerated() {
            try checkNumber(header, among: run[..<index])
            try check(header, of: feed, follows: before)
            before = (header.header.seq, header.hash)
        }
        guard !areKnown else { return run.map { VerifiedHeader($0, isSignatureChecked: false) } }
        guard let last = run.suffix(checksMax).lastIndex(where: \.isSignatureValid) else { return [] }
        return run[...last].indices.map { VerifiedHeader(run[$0], isSignatureChecked: $0 == last) }
    }

    /// A header that was verified before, and comes again: `hash` is that of then. Nil if it is another. Its signature
    /// need not be right.
    package static func again(_ header: UnverifiedHeader, hash: Bytes32) -> VerifiedHeader? {
        header.hash == hash ? VerifiedHeader(header, isSignatureChecked: false) : nil
    }

    /// A number that comes again is the author's doing if it signed both, and else whoever's passed them on.
    private static func checkNumber(
        _ header: UnverifiedHeader, among earlier: ArraySlice<UnverifiedHeader>
    ) throws(WireError) {
        // Numbers ascend by one, or the run is refused.
        guard let last = earlier.last, header.header.seq <= last.header.seq else { return }
        let twin = earlier.first { $0.header.seq == header.header.seq && $0.hash != header.hash }
        guard let twin, twin.isSignatureValid, header.isSignatureValid else {
            throw .brokenChain(feed: header.header.feed, seq: header.header.seq)
        }
        throw .fork(feed: header.header.feed, seq: header.header.seq)
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
