import ReplicaModel
import SyncWire

/// The part of a replica that knows of feeds that went two ways, for an exchange with a peer.
package struct ReplicaForks {
    let replica: Replica

    /// Changesets that are held of some feeds, as a hello marks them for a peer that seems to hold others.
    ///
    /// - Parameters:
    ///   - feeds: as headers name them; nil for all.
    ///   - max: how many in all.
    package func marks(of feeds: Set<FeedID>?, max: Int) throws(StoreError) -> [FeedHead] {
        try FeedMarks(transaction: replica.read()).of(feeds, max: max)
    }

    /// The name of the feed or branch that a changeset is of which a peer sends.
    package func name(of header: UnverifiedHeader) throws(StoreError) -> FeedID {
        try replica.read().log.name(of: header)
    }

    /// Whether the changeset before one of which a peer sends is held, on whichever way, or there is none before it.
    package func isJoined(by header: UnverifiedHeader) throws(StoreError) -> Bool {
        guard header.header.seq > 1 else { return true }
        return try replica.read().log.point(before: header.header) != nil
    }

    /// The name of the changeset before one that joins nothing here: where something else is held under its number, by
    /// its own hash.
    package func nameOfMissing(before header: ChangesetHeader) throws(StoreError) -> FeedID {
        guard try replica.read().toldHoldings.held(of: header.feed) >= header.seq - 1 else { return header.feed }
        return header.feed.on(FeedBranch(first: header.seq - 1, hash: header.previous))
    }

    /// Whether a changeset is held that a context names.
    package func holds(_ one: FeedHead) throws(StoreError) -> Bool { try replica.read().log.holds(one) }

    /// The name under which a changeset is missed that a context names and that is not held: where another is held
    /// under its number, by its hash.
    package func nameOfMissing(_ one: FeedHead) throws(StoreError) -> FeedID {
        try replica.read().toldHoldings.nameOfMissing(one)
    }

    /// Whether a feed went two ways here.
    package func isForked(_ feed: FeedID) -> Bool { replica.state.forks.lines.isForked(feed) }

    /// Whether this replica gives the name to a branch of a feed, too.
    package func knows(_ branch: FeedID) throws(StoreError) -> Bool {
        try replica.read().state.branchNames(of: branch.site).contains(branch)
    }
}

extension Replica {
    package var forks: ReplicaForks { ReplicaForks(replica: self) }
}
