import ReplicaModel
import ReplicaStore
import SyncEngine

/// Sessions that stay when all is exchanged.
extension NodeSessions {
    /// Whether a session with a site stands.
    func stands(with site: SiteID) -> Bool { open.values.contains { $0.peer == site && $0.isStanding } }

    /// Whether any session would hear of something new.
    var areOpen: Bool { open.values.contains { $0.end == nil } }

    /// Tells every session what is held here now, and whose right was ended. One that has not settled yet hears of it by its own stream, or when
    /// that is over.
    func tell(_ held: Vector, retired: Set<SiteID>, at now: Moment) {
        for (number, session) in open where session.end == nil {
            do {
                if try session.holds(held, retired: retired, at: now) { wakes[number]?() }
            } catch {
                // Its own tasks meet the same, and tell the peer.
                wakes[number]?()
            }
        }
    }

    /// Ends what there is twice: of two sessions with one site that each dialled, the one stays that the greater site
    /// id dialled.
    func endTwin(of number: Int, ownSite: SiteID, at now: Moment) throws(StoreError) {
        guard let session = open[number], session.isStanding else { return }
        let twins = open.filter {
            $0.value.peer == session.peer && $0.value.isStanding && $0.value.isAnswered != session.isAnswered
        }
        guard !twins.isEmpty else { return }
        let answeredStays = ownSite < session.peer
        for (twin, other) in twins.merging([number: session], uniquingKeysWith: { $1 })
        where other.isAnswered != answeredStays {
            try other.stop(.duplicate, at: now)
            wakes[twin]?()
        }
    }
}
