import ReplicaModel
import ReplicaStore
import SyncEngine

/// Sessions that stay when all is exchanged.
extension NodeSessions {
    /// Whether a session with a site stands.
    func stands(with site: SiteID) -> Bool { open.values.contains { $0.session.peer == site && $0.session.isStanding } }

    /// Whether any session would hear of something new.
    var areOpen: Bool { open.values.contains { !$0.isOver } }

    /// Tells every session what is held here now, and whose right was ended. One that has not settled yet hears of it by
    /// its own stream, or when that is over.
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

    /// Ends what there is twice: of two sessions with one site that each dialled, the one stays that the greater site
    /// id dialled.
    func endTwin(of number: Int, ownSite: SiteID, at now: Moment) throws(StoreError) {
        guard let own = open[number], own.session.isStanding else { return }
        let twins = open.values.filter { one in
            let session = one.session
            return session.peer == own.session.peer && session.isStanding
                && session.isAnswered != own.session.isAnswered
        }
        guard !twins.isEmpty else { return }
        let answeredStays = ownSite < own.session.peer
        for one in twins + [own] where one.session.isAnswered != answeredStays {
            try one.session.stop(.duplicate, at: now)
            one.wake?()
        }
    }
}
