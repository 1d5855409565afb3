import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol

/// Sessions that stay: what comes to be held here goes to all of them at once.
extension Node {
    /// The state of a session, for the tasks that move its frames.
    struct SessionState: Sendable {
        /// Whether both sides once held what either had.
        var hasSettled = false
        var isQuiet = false
        var pingEvery = Session.pingEvery
        /// Whether this node has parted from the peer because its time was over.
        var hasParted = false
    }

    /// - Parameters:
    ///   - wake: has the session send what it has to say.
    ///   - doubt: called with the moment at which it is doubted that the peer is still there.
    func onWake(
        _ number: Int, _ wake: @escaping @Sendable () -> Void, doubt: @escaping @Sendable (Int64) -> Void
    ) {
        sessions.onWake(number, wake, doubt: doubt)
    }

    /// Has every session look whether its peer is still there, and cut its connection where it is not.
    func doubtAll() { sessions.doubtAll(at: Clocks.now) }

    /// The names of peers with whom a session is open that `serve` dialled.
    var dialledNames: Set<String> { Set(sessions.open.values.compactMap(\.dialled)) }

    func state(_ number: Int) -> SessionState {
        guard let session = sessions[number] else { return SessionState() }
        return SessionState(
            hasSettled: session.hasSettled, isQuiet: session.isQuiet, pingEvery: session.pingEvery,
            hasParted: sessions.hasParted(number))
    }

    func stands(with site: SiteID?) -> Bool { site.map { sessions.stands(with: $0) } ?? false }

    /// Ends all sessions with members, politely, where a byte budget is used up: tells which. In one step, for a budget
    /// that is raised meanwhile ends none.
    func partIfUsedUp() throws(NodeError) -> ByteBudget.Period? {
        guard let usedUp = try budgetUsedUp() else { return nil }
        try? sessions.partFromAll(because: NodeService.refusal(usedUp), at: Clocks.now)
        return usedUp
    }

    func isPeerKnown(_ number: Int) -> Bool { sessions[number]?.isPeerKnown ?? false }

    /// Notes that a session stands for the first time.
    func settled(_ number: Int) throws(NodeError) {
        onSessionsChange()
        try? engine.replica.joining.end()
        try saying { try sessions.endTwin(of: number, ownSite: engine.site, at: Clocks.now) }
    }

    /// Seals what any program has written here, whether or not anybody is there to hear of it: what a person sees of a
    /// record is what is sealed. Tells all sessions that stand what is held now.
    ///
    /// - Returns: whether there was something new.
    @discardableResult
    func tellNews() throws(NodeError) -> Bool {
        try saying { try engine.replica.admin.withoutWaiting { () throws(StoreError) in try engine.seal() } }
        return try tell()
    }

    /// Tells all sessions that stand what is held now, if that is not what they were told last.
    @discardableResult
    func tell() throws(NodeError) -> Bool {
        guard sessions.areOpen else { return false }
        let held = try saying { try engine.replica.soundVector() }
        guard held != told else { return false }
        let retired = try saying { try engine.retired() }
        told = held
        sessions.tell(held, retired: retired, at: Clocks.now)
        return true
    }
}
