import Foundation
import Logging
import ReplicaModel
import ReplicaStore
import ServiceLifecycle
import SyncEngine
import SyncProtocol
import SyncTransport

/// Listening and dialling, as one service: ends when it is told to, and fails if either fails.
struct NodeService: Service {
    let node: Node
    let listener: Listener
    let logger: Logger
    let state: ServeState
    /// Whether it listens where the settings say, and not where the command was told to.
    let isAddressed: Bool
    let onListening: @Sendable (String) -> Void
    private let tally = RefusalTally()

    func run() async throws {
        // Who reads the address may invite at once, so it is noted before.
        let isNoted = try await hasNotedAddress()
        let writes = FileWatch.writes(of: node.home.realReplica)
        // What was written while nobody watched, before anybody is told that somebody does.
        do { try await node.tellNews() } catch { logger.warning("\(error.message)") }
        // Before others may come.
        let settings = changes()
        // Signals are listened to by now: who reads the address may stop the node at once.
        onListening("\(listener.address)")
        state.serves(at: "\(listener.address)")
        do { try await serve(isNoted: isNoted, settings, writes) } catch is CancellationError {
            // Told to stop: that is how a service ends.
        } catch {
            await node.noteTrafficIfPossible()
            throw error
        }
        await node.noteTrafficIfPossible()
    }

    /// The moments at which other settings came into force.
    private func changes() -> AsyncStream<Void> {
        let (changes, change) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        node.settings.watch { change.yield() }
        return changes
    }

    /// Fails once the settings name another address than the one that they named.
    private func watchAddress(_ settings: AsyncStream<Void>) async throws {
        var listen = node.configuration.listen
        for await _ in settings {
            defer { listen = node.configuration.listen }
            if node.configuration.listen != listen, isAddressed { throw Readdressed() }
        }
    }

    /// Notes the node's address. On a disk that is full the node serves what it has, and notes it later.
    private func hasNotedAddress() async throws(NodeError) -> Bool {
        do {
            let address = "\(listener.address)"
            try await node.store { engine in try engine.replica.addressBook.setListenedAt([address]) }
        } catch {
            guard error.passes else { throw error }
            logger.warning("\(error.message)")
            return false
        }
        return true
    }

    private func serve(
        isNoted: Bool, _ settings: AsyncStream<Void>, _ writes: AsyncStream<Void>
    ) async throws {
        try await cancelWhenGracefulShutdown {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await listener.run(connectionsMax: Self.connectionsMax, refused: { tally.note($0) }) {
                        await answer($0)
                    }
                }
                group.addTask { try await DialLoop(node: node, logger: logger).run() }
                group.addTask { try await NewsWatch(node: node, logger: logger, state: state, writes: writes).run() }
                group.addTask { try await SessionNoter(node: node, address: "\(listener.address)", state: state).run() }
                group.addTask { try await watchAddress(settings) }
                group.addTask { try await count() }
                group.addTask { try await watchPlace() }
                group.addTask { try await writeTraffic() }
                group.addTask { try await tidy(isNoted: isNoted) }
                // The first that fails ends all.
                for try await _ in group {}
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
                node.metrics.refused(name, by: .here, times: entry.count)
                logger.notice("\(entry.count) clients came to no session: \(name): \(entry.sentence)")
                do { try await node.peers.countRefusals(name, entry) } catch { logger.warning("\(error.message)") }
            }
        }
    }

    /// Writes down what went through the sockets of sessions that last.
    private func writeTraffic() async throws {
        while !Task.isCancelled {
            try await Task.sleep(for: .seconds(60))
            do { try await node.noteTraffic() } catch { logger.warning("\(error.message)") }
            // A failure is told by whatever else is done.
            if node.metrics.areHeard { try? await node.measure() }
        }
    }

    /// Fails once the file that is open is not the one in its place any more.
    private func watchPlace() async throws {
        while !Task.isCancelled {
            try await Task.sleep(for: .seconds(2))
            guard try await node.store({ engine in engine.replica.admin.isInPlace }) else { throw Displaced() }
        }
    }

    /// Looks after the replica's own files.
    private func tidy(isNoted: Bool) async throws {
        var (isNoted, isTakenUp) = (isNoted, false)
        var swept: Int64?
        while !Task.isCancelled {
            try await Task.sleep(for: .seconds(Node.restSeconds))
            if !isNoted { isNoted = try await hasNotedAddress() }
            let now = Clocks.now
            let isToSweep = now.steady - (swept ?? .min / 2) > Self.sweepEvery
            do {
                // Where it could not be done when the node was opened.
                if !isTakenUp { try await node.peers.takeUp(node.configuration.peers) }
                isTakenUp = true
                try await node.store { engine in
                    try engine.replica.admin.shortenLog()
                    if isToSweep { try engine.sweepRemains(now: now.wall) }
                }
                if isToSweep {
                    swept = now.steady
                    try await node.admin.makeNewViews()
                }
                state.note(nil, in: .files)
            } catch {
                logger.warning("\(error.message)")
                state.note(error.message, in: .files)
            }
        }
    }

    /// Milliseconds between two times that is swept away what came in part and has not gone on.
    private static let sweepEvery: Int64 = 3_600_000

    private func answer(_ connection: PeerConnection) async {
        do {
            let terms = try await node.peers.terms(of: connection.peer)
            if let rate = terms.rate { connection.limit(to: rate) }
            let number = try await node.beginSession(
                peer: connection.peer, isDialler: false, trust: terms.trust, stays: true)
            let network = connection.remoteNetwork
            if try await node.answering(number, from: network, abort: { connection.abort() }) { tally.note(.gaveWay) }
            logger.info("a session with \(connection.peer.short) at \(connection.remoteAddress) begins")
            var exchange = FrameExchange(
                node: node, connection: connection, number: number, peer: connection.peer.short, progress: { _ in })
            exchange.refusal = try await node.budgetUsedUp().map(Self.refusal) ?? terms.refusal
            do {
                let end = try await exchange.run(joining: nil)
                switch end {
                case .refused(let refusal):
                    logger.warning(
                        """
                        refused \(connection.peer.short) at \(connection.remoteAddress): \(refusal.code.rawValue): \
                        \(refusal.sentence)
                        """
                    )
                case .refusedByPeer(let refusal):
                    let advice = NodeDialler.isSpoilt(refusal.code) ? "; run `caravan verify` here" : ""
                    logger.warning(
                        """
                        \(connection.peer.short) at \(connection.remoteAddress) refused: \(refusal.code.rawValue): \
                        \(refusal.sentence)\(advice)
                        """
                    )
                case .done, .bye: break
                }
            } catch {
                for failure in NodeDialler.failures(error, with: connection.peer.short) where !Task.isCancelled {
                    logger.notice("\(connection.peer.short): \(failure.message)")
                }
            }
            let isKnown = await node.isPeerKnown(number)
            await node.endSession(number, through: connection.wireBytes)
            // Whoever has only a key of its own making has us write nothing.
            if isKnown { await node.noteTrafficIfPossible() }
        } catch {
            logger.error("\(error)")
        }
    }

    static func refusal(_ period: ByteBudget.Period) -> String {
        """
        this node has used up its byte budget of this \(period.rawValue), and exchanges with nobody \(period.end) \
        unless somebody syncs by hand there
        """
    }
}
