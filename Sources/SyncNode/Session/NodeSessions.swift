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
    /// Those who dialled, and whom nobody knows: room for a workshop behind one address that joins, and for others.
    private var strangers = Doorway(clientsMax: 64, ofOneNetworkMax: 32)
    private var last = 0

    subscript(number: Int) -> PeerSession? { open[number] }

    /// - Parameter name: of the peer, where `serve` dialled it.
    mutating func begin(_ session: PeerSession, dialled name: String?) -> Int {
        last += 1
        open[last] = session
        dialled[last] = name
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

    mutating func remove(_ number: Int) -> PeerSession? {
        (answered[number], wakes[number], dialled[number]) = (nil, nil, nil)
        parted.remove(number)
        return open.removeValue(forKey: number)
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
