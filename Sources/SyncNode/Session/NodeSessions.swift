import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol
import SyncTransport

/// The sessions of a node by number, and how to cut the connections of those that others dialled.
struct NodeSessions {
    private(set) var open: [Int: PeerSession] = [:]
    private var answered: [Int: @Sendable () -> Void] = [:]
    /// How to have a session send what it has to say.
    var wakes: [Int: @Sendable () -> Void] = [:]
    /// The names of the peers that `serve` dialled.
    private var dialled: [Int: String] = [:]
    private var parted: Set<Int> = []
    /// The traffic that was told to whoever measures.
    private var counted: [Int: CountedTraffic] = [:]
    /// The moments at which they began, in milliseconds since 1970.
    private var began: [Int: Int64] = [:]
    /// Those who dialled, and whom nobody knows: room for a workshop behind one address that joins, and for others.
    private var strangers = Doorway(clientsMax: 64, ofOneNetworkMax: 32)
    private var last = 0

    subscript(number: Int) -> PeerSession? { open[number] }

    /// - Parameters:
    ///   - name: of the peer, where `serve` dialled it.
    ///   - now: milliseconds since 1970.
    mutating func begin(_ session: PeerSession, dialled name: String?, at now: Int64) -> Int {
        last += 1
        open[last] = session
        dialled[last] = name
        began[last] = now
        return last
    }

    /// Ends the sessions with a peer that `serve` dialled, whatever is under way.
    mutating func part(fromDialled name: String, at now: Moment) throws(StoreError) {
        for number in dialled.filter({ $0.value == name }).keys where open[number]?.end == nil {
            parted.insert(number)
            try open[number]?.stop(at: now)
            wakes[number]?()
        }
    }

    /// Ends the sessions that a site dialled, whatever is under way.
    mutating func part(fromDialler site: SiteID, at now: Moment) throws(StoreError) {
        for (number, session) in open where session.peer == site && session.isAnswered && session.end == nil {
            try session.stop(at: now)
            wakes[number]?()
        }
    }

    /// Ends the sessions with members, whatever is under way.
    mutating func partFromAll(at now: Moment) throws(StoreError) {
        for name in Set(dialled.values) { try part(fromDialled: name, at: now) }
        for (number, session) in open where session.isPeerKnown && session.end == nil {
            try session.stop(at: now)
            wakes[number]?()
        }
    }

    /// Whether this node has parted from the peer because its time was over.
    func hasParted(_ number: Int) -> Bool { parted.contains(number) }

    mutating func remove(_ number: Int) -> (PeerSession, CountedTraffic)? {
        (answered[number], wakes[number], dialled[number], began[number]) = (nil, nil, nil, nil)
        parted.remove(number)
        let traffic = counted.removeValue(forKey: number) ?? CountedTraffic()
        return open.removeValue(forKey: number).map { ($0, traffic) }
    }

    /// Tells what a session has moved.
    ///
    /// - Parameter name: gives the counters of its peer, where nobody asked for them before.
    /// - Returns: whether that was asked for.
    mutating func count(_ number: Int, _ traffic: SessionTraffic, naming name: () -> PeerMetrics) -> Bool {
        var counting = counted[number] ?? CountedTraffic()
        let isFirst = !counting.isNamed
        if isFirst { counting.name(name()) }
        counting.count(traffic)
        counted[number] = counting
        return isFirst
    }

    /// The sessions with members that have not ended, the oldest first.
    var live: [LiveSession] {
        open.filter { $0.value.isPeerKnown && $0.value.end == nil }.sorted { $0.key < $1.key }.map { number, session in
            LiveSession(
                site: session.peer, since: began[number] ?? 0, isDialledHere: !session.isAnswered,
                isStanding: session.isStanding)
        }
    }

    /// Sessions that one site may have here: a few of its commands beside `serve`, and as many whose link broke
    /// unheard.
    static let sessionsOfOneMax = 8

    /// Another dialled, and this is the session with it. Makes room where one site dials again and again, and where
    /// many come that nobody knows.
    ///
    /// - Parameters:
    ///   - network: where it dialled from.
    ///   - abort: cuts the connection.
    /// - Returns: whether a stranger gave way.
    mutating func answering(
        _ number: Int, from network: String, at now: Moment, abort: @escaping @Sendable () -> Void
    ) throws(StoreError) -> Bool {
        answered[number] = abort
        let peer = open[number]?.peer
        let ofOne = open.filter { $0.value.peer == peer && $0.value.end == nil }.keys.sorted()
        for number in ofOne.dropLast(Self.sessionsOfOneMax) { try open[number]?.stop(.duplicate, at: now) }
        return try makeRoom(for: number, from: network, at: now)
    }

    /// Lets the oldest of too many strangers go, at once, so that keys that cost nothing keep neither a member out nor
    /// whoever comes from elsewhere to be admitted.
    private mutating func makeRoom(for number: Int, from network: String, at now: Moment) throws(StoreError) -> Bool {
        let sessions = open
        func isStranger(_ number: Int) -> Bool {
            sessions[number].map { !$0.isPeerKnown && $0.end == nil } ?? false
        }
        strangers.keep(where: isStranger)
        guard isStranger(number), let gone = strangers.enter(number, from: network) else { return false }
        try open[gone]?.stop(.stopping, at: now)
        answered[gone]?()
        return true
    }
}
