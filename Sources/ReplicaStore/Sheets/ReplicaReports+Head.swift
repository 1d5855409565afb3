import ReplicaModel

extension ReplicaReports {
    /// The last changeset that this node has sealed of people's writes; nil where there is none.
    package func lastSealed() throws(StoreError) -> (feed: FeedID, seq: UInt64)? {
        let state = try replica.read().state
        let id = FeedID(site: state.site, incarnation: state.incarnation, scope: .alliance)
        guard let feed = state.feed(id), feed.held > 0 else { return nil }
        return (id, feed.held)
    }
}
