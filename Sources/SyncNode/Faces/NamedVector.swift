import ReplicaModel
import SyncWire

/// A version vector as people write it: by feed as JSON names it.
struct NamedVector {
    private let seqs: [String: UInt64]

    /// - Throws: `usage` where a name is none that a feed can have, or a number none that a changeset can.
    init(_ seqs: [String: UInt64]) throws(NodeError) {
        if let name = seqs.keys.sorted().first(where: { !FeedID.canBeDescription($0) }) {
            throw NodeError(
                kind: .usage,
                message: """
                    \(name.escaped()) is no name of a feed: write those of `caravan log --json` or `status --json`
                    """)
        }
        for (name, seq) in seqs.sorted(by: { $0.key < $1.key }) where seq > WireLimits.seqMax {
            throw NodeError(
                kind: .usage,
                message: "\(seq) of \(name) is no number of a changeset: the highest is \(WireLimits.seqMax)")
        }
        self.seqs = seqs
    }

    /// The part of it that is about these feeds. Of others nothing is here that it could be about.
    func among(_ feeds: [FeedID]) -> Vector {
        feeds.reduce(into: [:]) { out, feed in
            if let seq = seqs[feed.description], seq > 0 { out[feed] = seq }
        }
    }

    /// The names of it that are none of these feeds, ascending.
    func names(besides feeds: [FeedID]) -> [String] {
        let known = Set(feeds.map(\.description))
        return seqs.keys.filter { !known.contains($0) }.sorted()
    }
}
