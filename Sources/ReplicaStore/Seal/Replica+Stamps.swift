import ReplicaModel

/// Which stamps this replica follows, and the next one that it gives (MergeSemantics, "Clocks").
extension Replica {
    /// A changeset was applied. Inside a transaction only.
    func follow(_ stamp: Stamp, at now: Int64) throws(StoreError) {
        let followed = state.clock.followed
        state.clock.applied(stamp, at: now)
        try keepFollowed(insteadOf: followed)
        guard stamp > state.clock.followed, let bits = Int64(exactly: stamp.bits) else { return }
        try statement("INSERT OR IGNORE INTO caravan_ahead VALUES (?1)").run([.integer(bits)])
    }

    /// Of a changeset that is sealed now. Inside a transaction only.
    func nextStamp(at now: Int64) throws(StoreError) -> Stamp {
        let bound = Value.integer(Int64(clamping: StampClock.bound(at: now).bits))
        let followed = state.clock.followed
        if state.clock.isStale(at: now) {
            // The clock was set back since: the log tells what to follow, and what lies ahead now.
            let greatest = try connection.value(
                "SELECT max(stamp) FROM caravan_changeset WHERE position IS NOT NULL AND stamp BETWEEN 0 AND ?1", [bound])
            state.clock = StampClock(followed: Self.stamp(greatest))
            try connection.rows(
                "INSERT OR IGNORE INTO caravan_ahead SELECT stamp FROM caravan_changeset WHERE position IS NOT NULL AND stamp > ?1", [bound])
        } else {
            let reached = try statement("SELECT max(stamp) FROM caravan_ahead WHERE stamp <= ?1").first([bound])?.first
            state.clock.applied(Self.stamp(reached), at: now)
        }
        try keepFollowed(insteadOf: followed)
        return state.clock.next(at: now)
    }

    private func keepFollowed(insteadOf old: Stamp) throws(StoreError) {
        guard state.clock.followed != old else { return }
        let bits = Value.integer(Int64(bitPattern: state.clock.followed.bits))
        try setMeta("followed", bits)
        try statement("DELETE FROM caravan_ahead WHERE stamp <= ?1").run([bits])
    }

    /// Zero where there is none.
    private static func stamp(_ value: Value?) -> Stamp {
        if case .integer(let bits)? = value { Stamp(bits: UInt64(bitPattern: bits)) } else { .zero }
    }
}
