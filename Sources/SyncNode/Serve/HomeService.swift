import Foundation
import Logging
import ServiceLifecycle
import SyncTransport
import UnixSignals

/// The replica was moved away or replaced while it was served.
struct Displaced: Error {}

/// The settings name another address than the one at which the node listens.
struct Readdressed: Error {}

/// A node that is served, and the one that stands in its place when somebody has moved it away.
struct HomeService: Service {
    let node: Node
    let listener: Listener
    let place: ListenPlace
    let logger: Logger
    let output: LogOutput
    let state: ServeState
    /// Whether what is there then is opened; else that ends the service.
    let opensAnew: Bool
    let onListening: @Sendable (String) -> Void
    /// Called with the node that was opened in the place of another.
    var onOpen: @Sendable (Node) -> Void = { _ in }
    /// Called each time that `config.yaml` was read anew.
    var onReload: @Sendable () -> Void = {}

    /// Runs until the process is told to stop.
    func runUntilTold() async throws(NodeError) {
        do {
            var lifecycle = ServiceGroupConfiguration(
                services: [.init(service: self)], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
            lifecycle.maximumGracefulShutdownDuration = .seconds(4)
            try await ServiceGroup(configuration: lifecycle).run()
        } catch let error as NodeError {
            throw error
        } catch let error as TransportError {
            throw NodeError(kind: .usage, message: error.sentence)
        } catch is Displaced {
            throw NodeError(
                kind: .failed, name: Node.displaced,
                message: "\(node.home.replica) was moved away or replaced while the node ran: start it again")
        } catch {
            throw NodeError(kind: .failed, message: "the node stopped: \(error)")
        }
    }

    func run() async throws {
        let reloader = Reloader(
            home: node.home, logger: logger, state: state, listen: place.given, serving: node,
            onReload: onReload)
        let hangups = await UnixSignalsSequence(trapping: .sighup)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await serve(reloader)
                return true
            }
            group.addTask {
                for await _ in hangups { await reloader.heardHangup() }
                return false
            }
            group.addTask { await beat() }
            group.addTask { await flush() }
            group.addTask {
                try? await gracefulShutdown()
                state.stops()
                return false
            }
            while let isOver = try await group.next(), !isOver {}
            group.cancelAll()
        }
        output.flush(isLast: true)
    }

    /// Tells the manager that this process does its work: its tasks run. Not that the replica answers, which a large
    /// changeset may keep busy for minutes, and of which nothing would be left if that ended the service.
    private func beat() async -> Bool {
        guard let watchdog = state.manager?.watchdog else { return false }
        while !Task.isCancelled {
            state.beat()
            try? await Task.sleep(for: watchdog / 2)
        }
        return false
    }

    private func flush() async -> Bool {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(Node.restSeconds))
            output.flush()
        }
        return false
    }

    private func serve(_ reloader: Reloader) async throws {
        var (node, listener, tell) = (node, listener, onListening)
        while true {
            let service = NodeService(
                node: node, listener: listener, logger: logger, state: state, isAddressed: place.given == nil,
                onListening: tell)
            do {
                return try await service.run()
            } catch is Displaced {
                guard opensAnew else { throw Displaced() }
                if node.home.hasReplica {
                    logger.warning("\(node.home.replica) was moved away or replaced: what is there now is opened")
                } else {
                    logger.warning("\(node.home.replica) was moved away: what comes to be there is opened")
                }
                guard let present = try await open(node) else { return }
                (listener, node) = (try await place.bind(present, at: listener.address), present)
                reloader.serves(present)
                onOpen(present)
            } catch is Readdressed {
                listener = try await readdress(node, from: listener.address)
            }
            tell = { _ in }
        }
    }

    /// Listens where the settings say by now; where that cannot be, where the node has listened.
    private func readdress(_ node: Node, from old: HostPort) async throws(NodeError) -> Listener {
        do throws(NodeError) {
            let listener = try await place.bind(node)
            logger.notice("listening on \(listener.address) from now on, and no more on \(old)")
            state.note(nil, in: .address)
            return listener
        } catch {
            logger.error("\(error.message) It goes on at \(old)")
            state.note(error.message, in: .address)
            return try await place.bind(node, at: old)
        }
    }

    /// Nil where the service was told to stop before it could be opened.
    private func open(_ former: Node) async throws -> Node? {
        let log = try await former.store { engine in engine.replica.admin.openLog }
        // Every moment that others write without what stands in its log makes it harder to have both.
        if try await former.store({ engine in engine.replica.admin.hasLostLog }) { try await close(former) }
        let wait = ReplicaWait(home: former.home, former: log) { reason in
            guard let reason else { return logger.notice("\(former.home.replica) is there: it is opened") }
            state.waits(for: reason)
            logger.warning("\(reason)")
        }
        while true {
            do {
                try await wait.settle { seconds in
                    try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(seconds)) }
                }
            } catch {
                try await close(former)
                return nil
            }
            try await close(former)
            do { return try await Node.open(home: former.home, measuredBy: former.metrics) } catch {
                // It may have been moved away again.
                guard error.passes || error.kind == .missing else { throw error }
                state.waits(for: error.message)
                logger.warning("\(error.message); trying again every \(Int(Node.restSeconds)) s")
            }
            do {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(Node.restSeconds)) }
            } catch { return nil }
        }
    }

    /// Closes a replica that was moved away or replaced: were it open when it is moved back, two processes would not
    /// know of each other's locks.
    private func close(_ former: Node) async throws {
        guard let aside = try await former.tables.leave() else { return }
        guard !FilesAside.isCopy(aside) else {
            return logger.warning(
                """
                \(former.home.replica) was moved without its write-ahead log, and another program wrote into it before \
                that was noticed: all that this node had is kept as \(aside), and what is there now is opened
                """)
        }
        logger.warning(
            """
            the write-ahead log of the former \(former.home.replica) lay beside the present one, and is kept as \
            \(aside): the present one is opened without it
            """)
    }
}
