import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncWire

/// A replica with the key of its site: carries out what was decided, in the order that keeps promises. Nothing is sent
/// that is not sealed, nothing applied before what is pending is sealed, nothing acknowledged that is not durable.
///
/// Synchronous, and used from one thread at a time.
package final class Engine {
    package let replica: Replica
    package let key: SigningKey
    /// The software as hello names it.
    let software: String
    package var memory = MemoryLimits()
    /// Whether another engine seals what is pending in this replica at once, so that who only looks need not wait.
    package var leavesSealing = false
    /// How many open sessions told their peer that a part of a changeset of a feed is here.
    private var told: [FeedID: Int] = [:]

    /// Feeds, as headers name them, of which a peer seems to hold another way than this replica; nil for any. The next
    /// hello to it marks what is held of them.
    private var doubts: [SiteID: Set<FeedID>?] = [:]

    /// - Parameters:
    ///   - key: that of the replica's site, which seals it from now on.
    ///   - drawIncarnation: gives 64 random bits, for when the replica was copied or put back.
    package init(replica: Replica, key: SigningKey, software: String, drawIncarnation: @escaping () -> UInt64) {
        (replica.key, replica.drawIncarnation) = (key, drawIncarnation)
        self.replica = replica
        self.key = key
        self.software = software
    }

    package var site: SiteID { key.site }

    /// Feeds of which a peer was told that a part of a changeset is here, which it leaves out.
    var awaited: Set<FeedID> { Set(told.keys) }

    func tells(of feeds: [FeedID]) { for feed in feeds { told[feed, default: 0] += 1 } }

    func tellsNoMore(of feeds: [FeedID]) {
        for feed in feeds {
            let left = (told[feed] ?? 0) - 1
            told[feed] = left > 0 ? left : nil
        }
    }

    /// Drops what has come in part, and has not gone on for long.
    ///
    /// - Parameter now: milliseconds since 1970.
    package func sweepRemains(now: Int64) throws(StoreError) {
        try replica.exchange.sweepRemains(now: now, keeping: awaited)
    }

    /// Notes that a peer seems to hold another way of some feeds than this replica.
    ///
    /// - Parameter feeds: as headers name them; nil for any.
    func doubt(_ feeds: Set<FeedID>?, with peer: SiteID) {
        guard doubts.count < Self.doubtsMax || doubts[peer] != nil else { return }
        guard let feeds, let before = doubts[peer, default: []] else { return doubts[peer] = .some(nil) }
        doubts[peer] = before.union(feeds)
    }

    /// Changesets that a hello to a peer marks, once.
    func takeMarks(for peer: SiteID) throws(StoreError) -> [FeedHead] {
        guard let feeds = doubts.removeValue(forKey: peer) else { return [] }
        return try replica.forks.marks(of: feeds, max: FrameLimits.marksMax)
    }

    /// The most peers that are doubted at one time. Others are doubted again by the next session with them.
    private static let doubtsMax = 1_024

    /// How far a key is trusted by the roster.
    package func trust(in site: SiteID) throws(StoreError) -> PeerTrust {
        guard let member = try replica.member(site) else { return .stranger }
        guard member.role == nil else { return .member }
        // Who ended its own right brings what it said that counts: nobody else may have it yet.
        return try replica.reports.lacksBeforeOwnEnd(of: site) ? .member : .retired
    }

    /// How far the key of a peer is trusted that is asked to let this node in: the invitation names it.
    ///
    /// - Parameter request: what is asked of it; nil where nothing is.
    package func trust(in site: SiteID, joining request: JoinRequest?) throws(StoreError) -> PeerTrust {
        let known = try trust(in: site)
        return known == .stranger && request != nil ? .invited : known
    }

    /// The sites whose right was ended.
    package func retired() throws(StoreError) -> Set<SiteID> {
        let ended = try replica.members().filter { $0.role == nil }.map(\.site)
        var out: Set<SiteID> = []
        for site in ended where try trust(in: site) == .retired { out.insert(site) }
        return out
    }

    /// Seals what is pending, and has the witness name what is sealed.
    package func seal() throws(StoreError) {
        try replica.seal()
        try replica.exchange.witness()
    }

    /// The same for who only looks: on a disk that is full what is pending waits, and the rest can be seen.
    package func sealBeforeLooking() throws(StoreError) {
        guard !leavesSealing else { return }
        do { try seal() } catch {
            guard case .diskFull = error else { throw error }
        }
    }

    /// The same for a session. Where that needs what the disk altered, what is pending waits until that came again,
    /// which a session brings.
    func sealWhereSound() throws(StoreError) {
        do { try seal() } catch {
            guard case .spoilt(let feed, let seq) = error else { throw error }
            try replica.exchange.noteSpoilt(feed, seq: seq)
            try replica.exchange.witness()
        }
    }
}

/// Two clocks of one instant, given to whatever must know the time.
package struct Moment: Sendable {
    /// Milliseconds since 1970, as the clock on the wall has it: may be wrong, may be set.
    package let wall: Int64
    /// Milliseconds of a clock that only goes forward.
    package let steady: Int64

    package init(wall: Int64, steady: Int64) {
        self.wall = wall
        self.steady = steady
    }
}
