import ReplicaModel

/// A site of which two copies wrote.
package struct Twin: Hashable, Sendable {
    package let site: SiteID
    /// Milliseconds since 1970, of the last word of the one that was silent first.
    package let last: Int64
}

extension ReplicaReports {
    /// The sites of which two copies wrote, in their order.
    package func twins() throws(StoreError) -> [Twin] { try TwinReports(transaction: replica.read()).all() }
}

/// Finds sites of which two copies wrote, each in an incarnation of its own.
///
/// An incarnation that another one follows, because the replica was put back or restored, has ended: it never sees what
/// the other wrote. Where each of two has seen something of the other, both went on after the other had begun.
struct TwinReports {
    let transaction: Transaction

    /// Feeds of a site that are held against each other, those of which was heard last: a hostile member may have any
    /// number, and this goes by its square.
    private static let feedsMax = 64

    func all() throws(StoreError) -> [Twin] {
        let feeds = transaction.state.feeds.filter { $0.applied > $0.after }
        var out: [Twin] = []
        for (site, all) in Dictionary(grouping: feeds, by: \.id.site).sorted(by: { $0.key < $1.key }) {
            let own = all.suffix(Self.feedsMax)
            var last: Int64?
            for one in own {
                for other in own where one.id.incarnation < other.id.incarnation {
                    guard one.context[other.ordinal] > 0, other.context[one.ordinal] > 0 else { continue }
                    last = max(last ?? .min, min(try lastWord(of: one), try lastWord(of: other)))
                }
            }
            if let last { out.append(Twin(site: site, last: last)) }
        }
        return out
    }

    private func lastWord(of feed: FeedState) throws(StoreError) -> Int64 {
        let stamp = try transaction.recordedStamps.of(Dot(feed: feed.ordinal, seq: feed.applied))
        return stamp?.milliseconds ?? 0
    }
}
