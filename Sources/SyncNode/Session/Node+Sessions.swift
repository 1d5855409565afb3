import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol
import SyncTransport

/// Sessions by number, for the tasks that move their frames. After each `await` a session may be gone.
extension Node {
    func beginSession(
        peer: SiteID, isDialler: Bool, isTrusted: Bool, for purpose: PeerSession.Purpose = .exchange
    ) throws(NodeError) -> Int {
        let session = try store { engine in
            try PeerSession(
                engine: engine, peer: peer, isDialler: isDialler, isTrusted: isTrusted, for: purpose, at: Clocks.now)
        }
        lastSession += 1
        sessions[lastSession] = session
        return lastSession
    }

    func endSession(_ number: Int) {
        let ended = sessions.removeValue(forKey: number)
        answered[number] = nil
        // What is known of a peer is for reports: that it cannot be kept now is told by whatever else is tried.
        try? store { _ in try ended?.noteAcks(at: Clocks.now) }
    }

    /// Sessions that one site may have here: a few of its commands beside `serve`, and as many whose link broke
    /// unheard.
    static let sessionsOfOneMax = 8

    /// Another dialled, and this is the session with it. Makes room where one site dials again and again, and where
    /// many come that nobody knows.
    ///
    /// - Returns: how many strangers gave way.
    func answering(_ number: Int, over connection: Connection) throws(NodeError) -> Int {
        answered[number] = connection
        let ofOne = sessions.filter { $0.value.peer == connection.peer && $0.value.end == nil }.keys.sorted()
        for number in ofOne.dropLast(Self.sessionsOfOneMax) { try stop(number, .duplicate) }
        return try limitStrangers()
    }

    /// Strangers that may be listened to at once.
    static let strangersMax = 64

    /// Lets the oldest of too many strangers go, at once, so that keys that cost nothing keep no member out.
    private func limitStrangers() throws(NodeError) -> Int {
        let open = answered.keys.filter { sessions[$0]?.isPeerKnown == false && sessions[$0]?.end == nil }.sorted()
        let gone = open.dropLast(Self.strangersMax)
        for number in gone {
            try stop(number)
            answered[number]?.abort()
        }
        return gone.count
    }

    func start(_ number: Int, joining request: JoinRequest?) throws(NodeError) {
        try store { _ in try sessions[number]?.start(joining: request, at: Clocks.now) }
    }

    /// A frame came. True if there is more to do with it, for `proceed`, once other sessions had their turn.
    func received(_ number: Int, _ frame: [UInt8]) throws(NodeError) -> Bool {
        try store { _ in
            try sessions[number]?.accept(frame, at: Clocks.now)
            return sessions[number]?.isTaking ?? false
        }
    }

    func proceed(_ number: Int) throws(NodeError) -> Bool {
        try store { _ in try sessions[number]?.proceed(at: Clocks.now) ?? false }
    }

    func next(_ number: Int) throws(NodeError) -> PeerSession.Output? {
        try store { _ in try sessions[number]?.next(at: Clocks.now) }
    }

    /// Time passes.
    ///
    /// - Parameters:
    ///   - moment: when this was asked for: the replica may have been at work since, which is no silence of the peer's.
    ///   - waitingSince: when this side began to wait for the peer's next frame; nil while it works on one.
    func tick(_ number: Int, at moment: Moment, waitingSince: Int64?) throws(NodeError) {
        try store { _ in try sessions[number]?.tick(at: moment, waitingSince: waitingSince) }
    }

    /// A preview of what would come of an exchange, from a session that only looked.
    func preview(_ number: Int) throws(NodeError) -> PreviewReport? {
        guard let session = sessions[number] else { return nil }
        return try store { engine in
            let held = try engine.replica.vectors().held
            return try engine.replica.reports.preview(
                session.seen, lackedByPeer: session.lacked ?? held, sealingWith: engine.key)
        }
    }

    func refuse(_ number: Int, _ code: ErrorCode, _ sentence: String) throws(NodeError) {
        try store { _ in try sessions[number]?.refuse(code, sentence, at: Clocks.now) }
    }

    func stop(_ number: Int, _ reason: ByeReason = .stopping) throws(NodeError) {
        try store { _ in try sessions[number]?.stop(reason, at: Clocks.now) }
    }

    /// Why a session is over; nil while it is not.
    func end(_ number: Int) -> SessionEnd? { sessions[number]?.end }

    func progress(_ number: Int, peer: String) -> SyncProgress? {
        sessions[number].map {
            SyncProgress(peer: peer, sent: $0.sent, toSend: $0.toSend, received: $0.received, applied: $0.applied)
        }
    }
}
