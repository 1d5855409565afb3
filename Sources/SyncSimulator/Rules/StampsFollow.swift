import ReplicaModel

/// "A stamp is the greater of now and 1 + the greatest applied stamp that is at most 24 hours ahead of now": so what
/// somebody saw is shown below what he wrote then, also where his clock is behind.
package struct StampsFollow {
    /// - Parameter time: milliseconds since 1970. When the author wrote this by its own clock, or before.
    func check(_ entry: Universe.Entry, sealedSince time: Int64, _ universe: Universe) throws(Violation) {
        let own = entry.defined
        let bound = StampClock.bound(at: max(time, 0))
        guard entry.crime == nil, own.stamp <= bound else { return }
        for seen in universe.changesets(stamped: own.stamp...bound)
        where seen != own.id && entry.context[seen.feed] ?? 0 >= seen.seq {
            throw Violation(
                "stamps",
                """
                \(own.id.name) has a stamp of \(own.stamp.milliseconds), no greater than that of \(seen.name), which \
                its author had applied
                """
            )
        }
    }
}
