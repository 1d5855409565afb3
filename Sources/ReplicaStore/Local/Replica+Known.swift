import ReplicaModel

extension Replica {
    /// Of a vector, the feeds that this replica has heard of, and the one that it writes itself: what a peer says of others says nothing here.
    public func known(_ vector: Vector) throws(StoreError) -> Vector {
        guard !vector.isEmpty else { return vector }
        return try look { () throws(StoreError) in
            vector.filter { feed, _ in state.ordinals[feed] != nil || feed.site == state.site && feed.incarnation == state.incarnation }
        }
    }
}
