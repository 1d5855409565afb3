import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol
import SyncTransport
import SyncWire

/// A node: one home folder, opened. Everything that touches the replica runs on the node's own thread, one call at a
/// time.
public actor Node {
    /// The folder in which this node was opened.
    public nonisolated let home: NodeHome
    nonisolated let settings: Settings
    nonisolated let identity: TransportIdentity
    let engine: Engine
    private let executor = NodeExecutor()
    let lockWatch = LockWatch()
    var sessions = NodeSessions()
    /// The vector that was held here when the sessions were told last.
    var told: Vector = [:]
    /// The bytes that went through its sockets, as far as they are not written down.
    nonisolated let wire = WireTally()
    nonisolated let rates = PeerRates()
    nonisolated let metrics: NodeMetrics
    let actClock: ActClock
    /// Called when a session with a member began, came to stand, or ended.
    var onSessionsChange: @Sendable () -> Void = {}
    var traffic: KnownTraffic?
    /// The connection on which people's pages are read, once there was one.
    var browser: RowBrowser?

    /// The settings in force.
    nonisolated var configuration: Configuration { settings.configuration }
    /// The choice of the proxy through which peers are dialled.
    nonisolated var proxies: ProxySettings { settings.proxies }

    /// The executor that this node alone has. Its calls run there one at a time, so SQLite blocks no thread of the
    /// cooperative pool.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// The name of this software in hello.
    public static let software = "caravan/\(version)"

    /// The version of this software, the one place where it stands.
    public static let version = "0.1"

    private init(home: NodeHome, configuration: Configuration, metrics: NodeMetrics) throws(NodeError) {
        self.home = home
        settings = Settings(configuration)
        self.metrics = metrics
        actClock = ActClock(metrics)
        let key = try IdentityFile(path: home.key).read()
        do { identity = try TransportIdentity(privateKey: key.rawRepresentation) } catch { throw NodeError(error) }
        let path = home.replica
        let replica = try saying {
            try Replica(path: path, valueBytesMax: configuration.valueBytesMax ?? Replica.valueBytesDefault)
        }
        guard replica.site == key.site else {
            throw NodeError(
                kind: .exposedKey,
                message:
                    """
                    \(home.key) is not the key of this replica: restore the right one from a copy; or where the file of \
                    another node was put in the place of the replica, put a backup of this node's back with `caravan \
                    restore`
                    """
            )
        }
        engine = Engine(
            replica: replica, key: key, software: Self.software, drawIncarnation: { .random(in: .min ... .max) })
        lockWatch.watch(engine)
        actClock.watch(replica)
    }

    /// Opens the node at `home`.
    ///
    /// - Throws: `missing` where no node lives there, `exposedKey` where others may read its key or the key is another
    ///   node's, and what keeps the replica from being opened.
    public static func open(home: NodeHome) async throws(NodeError) -> Node {
        try await open(home: home, measuredBy: NodeMetrics())
    }

    static func open(home: NodeHome, measuredBy metrics: NodeMetrics) async throws(NodeError) -> Node {
        guard home.hasReplica else { throw NodeError(StoreError.missing(path: home.replica)) }
        if let objection = FilesAside(home).objection { throw NodeError(StoreError.foreign(objection)) }
        home.useOwnDisk()
        for place in Set([home.replica, home.realReplica]) { ScratchFolder.sweep(beside: place) }
        let node = try Node(
            home: home, configuration: try Configuration.read(home.configuration), metrics: metrics)
        await node.repair()
        // Where the replica is locked or cannot be written, the peers that were known before do for a command that
        // reads.
        try? await node.peers.takeUp(node.configuration.peers)
        // One that was killed just as it had joined could not remove its petition.
        if home.hasPetition, (try? await node.store({ try $0.replica.joining.isOver() })) == true {
            home.removePetition()
        }
        return node
    }

    /// Mends the schema at once, so that what only reads finds its tables, and what waited for this software is looked
    /// at. Where the replica is locked or cannot be written, whoever writes next does it, or says so.
    private func repair() {
        try? engine.replica.admin.repair()
        try? engine.replica.exchange.retryWaiting(asSoftware: Self.software, now: Clocks.now.wall)
    }

    /// Calls the engine, and throws an error of the store as a ``NodeError``.
    func store<Result: Sendable>(_ body: @Sendable (Engine) throws -> Result) throws(NodeError) -> Result {
        try saying { try body(engine) }
    }

    func sealPending() throws(NodeError) { try saying { try engine.seal() } }
}

extension Node {
    /// Reports of the node itself and of its log.
    public nonisolated var reports: NodeReports { NodeReports(node: self) }
    /// Single records: who wrote them, and what is to be settled about them.
    public nonisolated var records: NodeRecords { NodeRecords(node: self) }
    /// Spreadsheets in and out of the tables.
    public nonisolated var sheets: NodeSheets { NodeSheets(node: self) }
    /// The peers with whom the node exchanges.
    public nonisolated var peers: NodePeers { NodePeers(node: self) }
    /// The work of the person who looks after the node.
    public nonisolated var admin: NodeAdmin { NodeAdmin(node: self) }
    /// The members of the alliance, for an admin to change.
    public nonisolated var members: NodeMembers { NodeMembers(node: self) }
    /// Files that are carried from node to node.
    public nonisolated var bundles: NodeBundles { NodeBundles(node: self) }
    /// Exchanges that this node begins.
    public nonisolated var dialler: NodeDialler { NodeDialler(node: self) }
}

/// Sessions, for the tasks that move their frames. After each `await` a session may be gone.
extension Node {
    /// How far the key of a peer is trusted.
    ///
    /// - Parameter request: what is asked of a peer that is to let this node in.
    func trust(in site: SiteID, joining request: JoinRequest? = nil) throws(NodeError) -> PeerTrust {
        try saying { try engine.trust(in: site, joining: request) }
    }

    /// - Parameter name: of the peer, where `serve` dialled it.
    /// - Returns: the session's number.
    func beginSession(
        peer: SiteID, isDialler: Bool, trust: PeerTrust, for purpose: PeerSession.Purpose = .exchange,
        stays: Bool = false, dialled name: String? = nil
    ) throws(NodeError) -> Int {
        let number = sessions.begin(
            try saying {
                try PeerSession(
                    engine: engine, peer: peer, isDialler: isDialler, trust: trust, for: purpose,
                    stays: stays, at: Clocks.now)
            }, dialled: name, at: Clocks.now)
        metrics.sessions(open: sessions.open.count)
        onSessionsChange()
        return number
    }

    /// - Parameter wire: the bytes that went through the session's socket.
    @discardableResult
    func endSession(_ number: Int, through wire: WireBytes = WireBytes()) -> Headway? {
        guard let removed = sessions.remove(number) else { return nil }
        let ended = removed.session
        // What is known of a peer is for reports: that it cannot be kept now is told by whatever else is tried.
        try? ended.noteAcks(at: Clocks.now)
        // What cannot be kept comes again.
        try? ended.broke(at: Clocks.now)
        metrics.ended(ended, removed.counted, through: wire, at: engine)
        metrics.sessions(open: sessions.open.count)
        actClock.tellApplied(engine.replica)
        onSessionsChange()
        return try? Headway(of: ended)
    }

    /// Notes that the peer dialled, and makes room.
    ///
    /// - Parameters:
    ///   - network: where it dialled from.
    ///   - abort: cuts the connection.
    /// - Returns: whether a stranger gave way.
    func answering(
        _ number: Int, from network: String, abort: @escaping @Sendable () -> Void
    ) throws(NodeError) -> Bool {
        try saying { try sessions.answering(number, from: network, at: Clocks.now, abort: abort) }
    }

    /// The result of `body` with a session; nil once the session is gone.
    @discardableResult
    func session<Result: Sendable>(
        _ number: Int, _ body: @Sendable (PeerSession) throws -> Result
    ) throws(NodeError) -> Result? {
        guard let session = sessions[number] else { return nil }
        return try saying { try body(session) }
    }

    /// Why a session is over; nil while it is not.
    func end(_ number: Int) -> SessionEnd? { sessions[number]?.end }

    /// How far a session is.
    ///
    /// - Parameter wire: the bytes that went through its socket, which are told to whoever measures; nil: they were.
    func progress(_ number: Int, peer: String, through wire: WireBytes? = nil) -> SyncProgress? {
        if let wire { count(number, through: wire) }
        return sessions[number].map {
            SyncProgress(
                peer: peer, sent: $0.sent.changesets, toSend: $0.toSend, received: $0.received, applied: $0.applied)
        }
    }
}
