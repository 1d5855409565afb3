import ReplicaModel
import SQLiteAccess

/// Keeps the stamps that this replica follows, and gives the next one (MergeSemantics, "Clocks").
struct StampKeeper {
    let transaction: Transaction

    /// The difference between this machine's clock and that of the last peer met that keeps time by the roster; nil
    /// before any was, and where this node keeps time itself.
    var offset: ClockOffset? {
        guard let offset = transaction.state.clockOffset, keepsTime(offset.keeper),
            !keepsTime(transaction.state.site)
        else { return nil }
        return offset
    }

    private func keepsTime(_ site: SiteID) -> Bool {
        guard let entry = transaction.state.roster.entry(of: site), entry.role != nil else { return false }
        return entry.keepsTime
    }

    /// Notes how a peer's clock differs from this machine's, where it keeps time.
    ///
    /// - Parameter skew: its clock less ours, in milliseconds.
    func met(_ peer: SiteID, skew: Int64) throws(StoreError) {
        let found = ClockOffset(keeper: peer, milliseconds: skew)
        guard keepsTime(peer), found != transaction.state.clockOffset else { return }
        transaction.state.clockOffset = found
        try transaction.setMeta("clockKeeper", .blob(peer.bytes))
        try transaction.setMeta("clockOffset", .integer(skew))
    }

    /// The time when this machine's clock says `now`.
    private func time(at now: Int64) -> Int64 { offset?.corrected(now) ?? now }

    /// Follows the stamp of a changeset that was applied.
    ///
    /// - Parameter now: milliseconds since 1970 by this machine's clock.
    func follow(_ stamp: Stamp, at now: Int64) throws(StoreError) {
        let now = time(at: now)
        let followed = transaction.state.clock.followed
        transaction.state.clock.applied(stamp, at: now)
        keepFollowed(insteadOf: followed)
        if stamp > transaction.state.clock.followed { try noteAhead(stamp) }
    }

    private func noteAhead(_ stamp: Stamp) throws(StoreError) {
        guard let bits = Int64(exactly: stamp.bits) else { return }
        try transaction.statement("INSERT OR IGNORE INTO caravan_ahead VALUES (?1)").run([.integer(bits)])
    }

    /// The stamp of a changeset that is sealed now.
    ///
    /// - Parameter now: milliseconds since 1970 by this machine's clock.
    func nextStamp(at now: Int64) throws(StoreError) -> Stamp {
        let now = time(at: now)
        let bound = StampClock.bound(at: now)
        let followed = transaction.state.clock.followed
        if transaction.state.clock.isStale(at: now) {
            // The clock was set back since: the log tells what to follow, and what lies ahead now.
            transaction.state.clock = StampClock(followed: try transaction.recordedStamps.greatest(upTo: bound))
            for stamp in try transaction.recordedStamps.all(beyond: bound) { try noteAhead(stamp) }
        } else {
            let reached = try transaction.statement("SELECT max(stamp) FROM caravan_ahead WHERE stamp <= ?1").first([
                .integer(Int64(clamping: bound.bits))
            ])?.first
            if case .integer(let bits)? = reached {
                transaction.state.clock.applied(Stamp(bits: UInt64(bitPattern: bits)), at: now)
            }
        }
        keepFollowed(insteadOf: followed)
        return transaction.state.clock.next(at: now)
    }

    private func keepFollowed(insteadOf old: Stamp) {
        if transaction.state.clock.followed != old { transaction.unwritten.hasFollowed = true }
    }

    /// Writes what is followed to the file.
    func writeFollowed() throws(StoreError) {
        let bits = Value.integer(Int64(bitPattern: transaction.state.clock.followed.bits))
        try transaction.setMeta("followed", bits)
        try transaction.statement("DELETE FROM caravan_ahead WHERE stamp <= ?1").run([bits])
    }
}
