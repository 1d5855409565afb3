import ReplicaModel

/// Keeping what came in part within bounds.
extension ReplicaAdmin {
    /// Drops what has come in part, and has not gone on for long. Costs a look where there is nothing of the kind.
    ///
    /// - Parameters:
    ///   - now: milliseconds since 1970.
    ///   - awaited: feeds of which a peer was told that there is a part here.
    package func sweepRemains(now: Int64, keeping awaited: Set<FeedID> = []) throws(StoreError) {
        guard try replica.read().staging.hasStale(now: now) else { return }
        try replica.write { try $0.staging.dropStale(now: now, but: awaited) }
    }
}
