import ReplicaModel
import SQLiteAccess

extension PeerBook {
    /// The part of a vector with the feeds that this replica has heard of, and the one that it writes itself: what a
    /// peer says of others says nothing here.
    func known(_ vector: Vector) throws(StoreError) -> Vector {
        guard !vector.isEmpty else { return vector }
        return vector.filter { feed, _ in
            transaction.state.ordinals[feed.base] != nil
                || feed.site == transaction.state.site && feed.incarnation == transaction.state.incarnation
        }
    }
}
