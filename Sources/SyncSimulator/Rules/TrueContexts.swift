import ReplicaModel

/// "The applied vector of its author just before it was sealed, own feed at seq − 1, over the feeds of its own scope
/// and of control": no more, or writes would count as seen that nobody saw, and no less. What people wrote is sealed
/// under what their tables showed when they wrote it.
package struct TrueContexts {
    /// - Parameter before: what the author had applied when it was seen last, before it sealed this.
    func check(_ entry: Universe.Entry, of node: SimulatedNode, before: Vector, held: Vector) throws(Violation) {
        let own = entry.defined.id
        let shown = entry.scope == .alliance ? node.writtenUnder ?? before : before
        var feeds = Set(entry.context.keys).union(shown.keys)
        feeds = feeds.filter { $0.scope == .control || $0.scope == entry.scope }
        for feed in feeds.sorted() {
            let claimed = entry.context[feed] ?? 0
            if feed == own.feed {
                let before = own.seq - 1 > own.feed.numberBefore ? own.seq - 1 : 0
                guard claimed == before else { throw Self.violation(own, feed, claimed, before) }
            } else if feed.site == node.key.site, feed.scope == .control {
                // What it defined itself in the same breath.
                guard claimed >= shown[feed] ?? 0, claimed <= held[feed] ?? 0 else {
                    throw Self.violation(own, feed, claimed, held[feed] ?? 0)
                }
            } else {
                guard claimed == shown[feed] ?? 0 else { throw Self.violation(own, feed, claimed, shown[feed] ?? 0) }
            }
        }
    }

    private static func violation(_ own: SpecifiedChangeset.ID, _ feed: FeedID, _ claimed: UInt64, _ shown: UInt64)
        -> Violation
    {
        Violation(
            "true contexts",
            """
            \(own.name) says that its author had seen \(claimed) of \(feed.scope.name) of \
            \(feed.site.short.prefix(9)), and its tables showed \(shown)
            """
        )
    }
}
