import Logging
import ReplicaModel
import ReplicaStore
import ServiceLifecycle
import SyncEngine
import SyncProtocol
import SyncTransport

extension Node {
    /// Runs the node until SIGTERM or SIGINT: listens, answers, and dials every peer by turns. Ends within 5 seconds.
    ///
    /// - Parameters:
    ///   - listen: HOST:PORT; port 0 for any. Nil: the configuration's, else `127.0.0.1:7410`.
    ///   - onListening: called once with the address that was bound.
    public nonisolated func serve(
        listen: String?, onListening: @escaping @Sendable (String) -> Void
    ) async throws(NodeError) {
        let wanted = listen ?? configuration.listen ?? "127.0.0.1:7410"
        var logger = Logger(label: "caravan", factory: { EscapedLog(label: $0) })
        logger.logLevel = .notice
        do {
            let listener = try await Listener.bind(try HostPort(wanted, isListening: true), identity: identity)
            try await noteListening(listener.address)
            var lifecycle = ServiceGroupConfiguration(
                services: [.init(service: NodeService(node: self, listener: listener, logger: logger, onListening: onListening))],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
            lifecycle.maximumGracefulShutdownDuration = .seconds(4)
            try await ServiceGroup(configuration: lifecycle).run()
        } catch let error as NodeError {
            throw error
        } catch let error as TransportError {
            throw NodeError(kind: .usage, message: error.sentence)
        } catch {
            throw NodeError(kind: .failed, message: "the node stopped: \(error)")
        }
    }

    private func noteListening(_ address: HostPort) throws(NodeError) {
        try store { (engine) throws(StoreError) in try engine.replica.setListenedAt(["\(address)"]) }
    }
}

/// Listening and dialling, as one service: ends when it is told to, and fails if either fails.
struct NodeService: Service {
    let node: Node
    let listener: Listener
    let logger: Logger
    let onListening: @Sendable (String) -> Void
    private let tally = RefusalTally()

    func run() async throws {
        // Signals are listened to by now: who reads the address may stop the node at once.
        onListening("\(listener.address)")
        do { try await serve() } catch is CancellationError {
            // Told to stop: that is how a service ends.
        }
    }

    private func serve() async throws {
        try await cancelWhenGracefulShutdown {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await listener.run(connectionsMax: Self.connectionsMax, refused: { tally.note($0) }) { await answer($0) }
                }
                group.addTask { try await dial() }
                group.addTask { try await count() }
                try await group.waitForAll()
            }
        }
    }

    /// Proven keys: seventy institutions and their laptops, each once and once more while an old connection times out.
    static let connectionsMax = 256

    /// Says, and counts in the replica, who never came to a session: at most once a second, however many there were.
    private func count() async throws {
        while !Task.isCancelled {
            try await Task.sleep(for: .seconds(1))
            for (name, entry) in tally.take().sorted(by: { $0.key < $1.key }) {
                logger.notice("\(entry.count) clients came to no session: \(name): \(entry.sentence)")
                do { try await node.countRefusals(name, entry) } catch { logger.warning("\(error.message)") }
            }
        }
    }

    private func answer(_ connection: Connection) async {
        do {
            let number = try await node.beginSession(peer: connection.peer, isDialler: false, isTrusted: false)
            for _ in 0..<(try await node.answering(number, over: connection)) { tally.note(.gaveWay) }
            let exchange = Exchange(node: node, connection: connection, number: number, peer: connection.peer.short, progress: { _ in })
            do {
                let end = try await exchange.run(joining: nil)
                switch end {
                case .refused(let code, let sentence):
                    logger.warning("refused \(connection.peer.short) at \(connection.remoteAddress): \(code.rawValue): \(sentence)")
                case .refusedByPeer(let code, let sentence):
                    let advice = Node.isSpoilt(code) ? "; run `caravan verify` here" : ""
                    logger.warning("\(connection.peer.short) at \(connection.remoteAddress) refused: \(code.rawValue): \(sentence)\(advice)")
                case .done, .bye: break
                }
            } catch {
                logger.notice("session with \(connection.peer.short) broke off: \(error)")
            }
            await node.endSession(number)
        } catch {
            logger.error("\(error)")
        }
    }

    /// Keeps peers in sync: one exchange with each that is due, side by side, so that one that does not answer delays no other.
    private func dial() async throws {
        var schedule = DialSchedule(interval: Int64(node.configuration.interval ?? Configuration.intervalDefault) * 1000)
        var generator = SystemRandomNumberGenerator()
        try await withThrowingTaskGroup(of: Dialled.self) { group in
            var under: Set<String> = []
            group.addTask { try await Self.rest() }
            while let done = try await group.next() {
                if case .peer(let name, let hasFailed) = done {
                    under.remove(name)
                    schedule.tried(name, hasFailed: hasFailed, at: Clocks.now.steady, using: &generator)
                    continue
                }
                for peer in await peers() where !peer.addresses.isEmpty && !under.contains(peer.name) {
                    guard schedule.isDue(peer.name, at: Clocks.now.steady) else { continue }
                    under.insert(peer.name)
                    group.addTask { await exchange(with: peer) }
                }
                group.addTask { try await Self.rest() }
            }
        }
    }

    /// A replica that is locked for a while is looked at again later: it is no reason to stop.
    private func peers() async -> [Peer] {
        do { return try await node.dialled() } catch {
            logger.warning("\(error.message)")
            return []
        }
    }

    private enum Dialled {
        case rested
        case peer(String, hasFailed: Bool)
    }

    private static func rest() async throws -> Dialled {
        try await Task.sleep(for: .milliseconds(500))
        return .rested
    }

    private func exchange(with peer: Peer) async -> Dialled {
        let outcome = await node.exchange(with: peer, joining: nil, progress: { _ in })
        if let error = outcome.error, !Task.isCancelled { logger.notice("\(peer.name): \(error.message)") }
        return .peer(peer.name, hasFailed: outcome.error != nil)
    }
}
