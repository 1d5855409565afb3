import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol
import SyncTransport

/// The sessions of a node by number, and how to cut the connections of those that others dialled.
struct NodeSessions {
    private(set) var open: [Int: OpenSession] = [:]
    /// Sessions that strangers dialled: room for a workshop behind one address that joins, and for others.
    private var strangers = Doorway(clientsMax: 64, ofOneNetworkMax: 32)
    private var last = 0

    subscript(number: Int) -> PeerSession? { open[number]?.session }

    /// - Parameter name: of the peer, where `serve` dialled it.
    mutating func begin(_ session: PeerSession, dialled name: String?, at now: Moment) -> Int {
        last += 1
        open[last] = OpenSession(session: session, dialled: name, began: now)
        return last
    }

    /// Notes how a session is made to send what it has to say.
    mutating func onWake(
        _ number: Int, _ wake: @escaping @Sendable () -> Void, doubt: @escaping @Sendable (Int64) -> Void
    ) {
        open[number]?.wake = wake
        open[number]?.doubt = doubt
    }

    /// Ends the sessions with a peer that `serve` dialled, whatever is under way.
    mutating func part(fromDialled name: String, at now: Moment) throws(StoreError) {
        for (number, one) in open where one.dialled == name && !one.isOver {
            open[number]?.hasParted = true
            try one.session.stop(at: now)
            one.wake?()
        }
    }

    /// Ends the sessions that a site dialled, whatever is under way.
    func part(fromDialler site: SiteID, because reason: String, at now: Moment) throws(StoreError) {
        for one in open.values where one.session.peer == site && one.session.isAnswered && !one.isOver {
            try end(one, because: reason, at: now)
        }
    }

    /// Ends the sessions with members, whatever is under way.
    mutating func partFromAll(because reason: String, at now: Moment) throws(StoreError) {
        for name in Set(open.values.compactMap(\.dialled)) { try part(fromDialled: name, at: now) }
        for one in open.values where one.isLive { try end(one, because: reason, at: now) }
    }

    /// Whoever stands has all. A session that has just begun, or is in the midst, was dialled by somebody who waits for
    /// what comes of it.
    private func end(_ one: OpenSession, because reason: String, at now: Moment) throws(StoreError) {
        if one.session.hasSettled {
            try one.session.stop(at: now)
        } else {
            try one.session.refuse(.unavailable, reason, at: now)
        }
        one.wake?()
    }

    /// Whether this node has parted from the peer because its time was over.
    func hasParted(_ number: Int) -> Bool { open[number]?.hasParted ?? false }

    mutating func remove(_ number: Int) -> OpenSession? { open.removeValue(forKey: number) }

    /// Tells what a session has moved.
    ///
    /// - Parameter name: gives the counters of its peer, where nobody asked for them before.
    /// - Returns: whether that was asked for.
    mutating func count(_ number: Int, _ traffic: SessionTraffic, naming name: () -> PeerMetrics) -> Bool {
        var counting = open[number]?.counted ?? CountedTraffic()
        let isFirst = !counting.isNamed
        if isFirst { counting.name(name()) }
        counting.count(traffic)
        open[number]?.counted = counting
        return isFirst
    }

    /// The sessions with members that have not ended, the oldest first.
    var live: [LiveSession] {
        open.filter { $0.value.isLive }.sorted { $0.key < $1.key }.map { _, one in
            LiveSession(
                site: one.session.peer, since: one.began.wall, isDialledHere: !one.session.isAnswered,
                isStanding: one.session.isStanding)
        }
    }

    /// Sessions that one site may have here: a few of its commands beside `serve`, and as many whose link broke
    /// unheard.
    static let sessionsOfOneMax = 8

    /// Notes that the peer of a session dialled. Makes room where one site dials again and again, and where
    /// many come that nobody knows.
    ///
    /// - Parameters:
    ///   - network: where it dialled from.
    ///   - abort: cuts the connection.
    /// - Returns: whether a stranger gave way.
    mutating func answering(
        _ number: Int, from network: String, at now: Moment, abort: @escaping @Sendable () -> Void
    ) throws(StoreError) -> Bool {
        open[number]?.abort = abort
        let peer = self[number]?.peer
        let ofOne = open.filter { $0.value.session.peer == peer && !$0.value.isOver }.keys.sorted()
        for number in ofOne.dropLast(Self.sessionsOfOneMax) { try self[number]?.stop(.duplicate, at: now) }
        return try makeRoom(for: number, from: network, at: now)
    }

    /// Lets the oldest of too many strangers go, at once, so that keys that cost nothing keep neither a member out nor
    /// whoever comes from elsewhere to be admitted.
    private mutating func makeRoom(for number: Int, from network: String, at now: Moment) throws(StoreError) -> Bool {
        let sessions = open
        func isStranger(_ number: Int) -> Bool {
            sessions[number].map { !$0.session.isPeerKnown && !$0.isOver } ?? false
        }
        strangers.keep(where: isStranger)
        guard isStranger(number), let gone = strangers.enter(number, from: network) else { return false }
        try self[gone]?.stop(.stopping, at: now)
        open[gone]?.abort?()
        return true
    }
}
