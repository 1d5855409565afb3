import Foundation
import Logging
import ReplicaModel
import SyncTransport

/// A server of the node at a home, from before it can be opened: while its disk is full or failing, another program
/// holds the replica, or the replica is not there and only its key is, that is said, and tried again, for it passes and
/// nobody may be there to start the node once it has.
struct HomeServer {
    let home: NodeHome
    let options: ServeOptions
    let state: ServeState
    private let output: LogOutput
    private let logger: Logger
    private let metrics: NodeMetrics
    private let place: ListenPlace

    init(home: NodeHome, options: ServeOptions) {
        (self.home, self.options) = (home, options)
        state = ServeState(manager: ServiceManager(environment: ProcessInfo.processInfo.environment))
        place = ListenPlace(given: options.listen)
        output = LogOutput(options.log, home: home)
        logger = output.logger
        metrics = options.registry.map { NodeMetrics(factory: $0) } ?? NodeMetrics()
    }

    /// Opens the node and serves it; where the replica is moved away or replaced meanwhile, says so and serves what is
    /// there then, at the same address.
    ///
    /// - Parameter onOpen: called with the node once it is open, and with what stands in its place later.
    /// - Throws: what keeps the node from being opened and does not pass.
    func run(
        onOpen: @escaping @Sendable (Node) -> Void, onListening: @escaping @Sendable (String) -> Void
    ) async throws(NodeError) {
        let (node, listener) = try await prepare()
        onOpen(node)
        var service = HomeService(
            node: node, listener: listener, place: place, logger: logger, output: output, state: state,
            opensAnew: true, onListening: onListening)
        service.onOpen = onOpen
        service.onReload = options.onReload
        try await service.runUntilTold()
    }

    /// Waits for something to serve. SIGTERM and SIGINT end the process with status 0, and SIGHUP does nothing:
    /// each look reads the settings anew.
    private func prepare() async throws(NodeError) -> (Node, Listener) {
        for number in [SIGTERM, SIGINT] { signal(number) { _ in _exit(0) } }
        signal(SIGHUP, SIG_IGN)
        defer { for number in [SIGTERM, SIGINT] { signal(number, SIG_DFL) } }
        let node = try await open()
        while true {
            do { return (node, try await place.bind(node)) } catch {
                // An address that the machine has not got yet comes with its network. Whoever types the command
                // wants to hear of it.
                guard state.manager != nil, (try? place.address(of: node)) != nil else { throw error }
                try await rest(after: error)
            }
        }
    }

    private func open() async throws(NodeError) -> Node {
        while true {
            if !home.hasReplica, home.heldNode { try await waitForReplica() }
            do { return try await Node.open(home: home, measuredBy: metrics) } catch {
                guard error.passes else { throw error }
                try await rest(after: error)
            }
        }
    }

    /// Waits for a replica that somebody has moved away, or is about to copy there.
    private func waitForReplica() async throws(NodeError) {
        let wait = ReplicaWait(home: home) { [state, logger] reason in
            guard let reason else { return }
            state.waits(for: reason)
            logger.warning("\(reason)")
        }
        do { try await wait.settle { try await Task.sleep(for: .seconds($0)) } } catch { throw Self.cancelled }
    }

    private func rest(after error: NodeError) async throws(NodeError) {
        state.waits(for: error.message)
        logger.warning("\(error.message); trying again every \(Int(Node.restSeconds)) s")
        do { try await Task.sleep(for: .seconds(Node.restSeconds)) } catch { throw Self.cancelled }
    }

    /// The error that ends the waiting where the task was cancelled in which somebody serves a node.
    private static let cancelled = NodeError(
        kind: .failed, message: "the server was told to end before there was a node to serve")
}
