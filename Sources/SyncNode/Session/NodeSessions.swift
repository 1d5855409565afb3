import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol

/// The sessions of a node by number, and how to cut the connections of those that others dialled.
struct NodeSessions {
    private(set) var open: [Int: PeerSession] = [:]
    private var answered: [Int: @Sendable () -> Void] = [:]
    /// How to have a session send what it has to say.
    var wakes: [Int: @Sendable () -> Void] = [:]
    /// The names of the peers that `serve` dialled.
    private var dialled: [Int: String] = [:]
    private var parted: Set<Int> = []
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
    /// - Parameter abort: cuts the connection.
    /// - Returns: how many strangers gave way.
    mutating func answering(
        _ number: Int, at now: Moment, abort: @escaping @Sendable () -> Void
    ) throws(StoreError) -> Int {
        answered[number] = abort
        let peer = open[number]?.peer
        let ofOne = open.filter { $0.value.peer == peer && $0.value.end == nil }.keys.sorted()
        for number in ofOne.dropLast(Self.sessionsOfOneMax) { try open[number]?.stop(.duplicate, at: now) }
        return try limitStrangers(at: now)
    }

    /// Strangers that may be listened to at once.
    static let strangersMax = 64

    /// Lets the oldest of too many strangers go, at once, so that keys that cost nothing keep no member out.
    private func limitStrangers(at now: Moment) throws(StoreError) -> Int {
        let strangers = answered.keys.filter { open[$0]?.isPeerKnown == false && open[$0]?.end == nil }.sorted()
        let gone = strangers.dropLast(Self.strangersMax)
        for number in gone {
            try open[number]?.stop(.stopping, at: now)
            answered[number]?()
        }
        return gone.count
    }
}
