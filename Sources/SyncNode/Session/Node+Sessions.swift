import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol

/// Sessions by number, for the tasks that move their frames. After each `await` a session may be gone.
extension Node {
    func beginSession(
        peer: SiteID, isDialler: Bool, isTrusted: Bool, for purpose: PeerSession.Purpose = .exchange
    ) throws(NodeError) -> Int {
        let session = try store { (engine) throws(StoreError) in
            try PeerSession(engine: engine, peer: peer, isDialler: isDialler, isTrusted: isTrusted, for: purpose, at: Clocks.now)
        }
        lastSession += 1
        sessions[lastSession] = session
        return lastSession
    }

    func endSession(_ number: Int) { sessions[number] = nil }

    func start(_ number: Int, joining request: JoinRequest?) throws(NodeError) {
        try store { (_) throws(StoreError) in try sessions[number]?.start(joining: request, at: Clocks.now) }
    }

    func received(_ number: Int, _ frame: [UInt8]) throws(NodeError) {
        try store { (_) throws(StoreError) in try sessions[number]?.received(frame, at: Clocks.now) }
    }

    func next(_ number: Int) throws(NodeError) -> PeerSession.Output? {
        try store { (_) throws(StoreError) in try sessions[number]?.next(at: Clocks.now) }
    }

    func tick(_ number: Int) throws(NodeError) {
        try store { (_) throws(StoreError) in try sessions[number]?.tick(at: Clocks.now) }
    }

    /// What would come of an exchange: of a session that only looked.
    func preview(_ number: Int) throws(NodeError) -> PreviewReport? {
        guard let session = sessions[number] else { return nil }
        return try store { (engine) throws(StoreError) in
            let held = try engine.replica.vectors().held
            return try engine.replica.preview(session.seen, lackedByPeer: session.lacked ?? held, sealingWith: engine.key)
        }
    }

    func refuse(_ number: Int, _ code: ErrorCode, _ sentence: String) throws(NodeError) {
        try store { (_) throws(StoreError) in try sessions[number]?.refuse(code, sentence, at: Clocks.now) }
    }

    func stop(_ number: Int) throws(NodeError) {
        try store { (_) throws(StoreError) in try sessions[number]?.stop(at: Clocks.now) }
    }

    /// Why a session is over; nil while it is not.
    func end(_ number: Int) -> SessionEnd? { sessions[number]?.end }

    func progress(_ number: Int, peer: String) -> SyncProgress? {
        sessions[number].map {
            SyncProgress(peer: peer, sent: $0.sent, toSend: $0.toSend, received: $0.received, applied: $0.applied)
        }
    }
}
