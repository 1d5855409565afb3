import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol

/// Sessions that stay when all is exchanged.
extension NodeSessions {
    /// Whether a session with a site stands.
    func stands(with site: SiteID) -> Bool { open.values.contains { $0.session.peer == site && $0.session.isStanding } }

    /// Whether any session would hear of something new.
    var areOpen: Bool { open.values.contains { !$0.isOver } }

    /// Tells every session what is held here now, and whose right was ended. One that has not settled yet hears of it
    /// by its own stream, or when that is over.
    func tell(_ held: Vector, retired: Set<SiteID>, at now: Moment) {
        for one in open.values where !one.isOver {
            do {
                if try one.session.holds(held, retired: retired, at: now) { one.wake?() }
            } catch {
                // Its own tasks meet the same, and tell the peer.
                one.wake?()
            }
        }
    }

    /// Has every session look whether its peer is still there.
    func doubtAll(at now: Moment) { for one in open.values where !one.isOver { one.doubt?(now.steady) } }

    /// Ends what there is twice: of two sessions with one site that each dialled, one stays. Of those that one side
    /// dialled each looks whether its peer is still there.
    func endTwin(of number: Int, ownSite: SiteID, at now: Moment) throws(StoreError) {
        guard let own = open[number], own.session.isStanding else { return }
        for (other, twin) in open where other != number && !twin.isOver {
            guard twin.session.peer == own.session.peer, twin.session.hasSettled else { continue }
            guard twin.session.isAnswered != own.session.isAnswered else {
                twin.doubt?(now.steady)
                continue
            }
            let stays = TwoSessions(ofBegun: own.began.steady, besides: twin.began.steady).staysFirst(
                isAnswered: own.session.isAnswered, ownSite: ownSite, peer: own.session.peer)
            let ending = stays ? twin : own
            try ending.session.stop(.duplicate, at: now)
            ending.wake?()
        }
    }
}
