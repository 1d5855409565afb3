import Foundation
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
        try await serve(listen: listen, opensAnew: false, onListening: onListening)
    }

    /// - Parameter opensAnew: a replica that stands in the place of the one that was opened is opened.
    private nonisolated func serve(
        listen: String?, opensAnew: Bool, onListening: @escaping @Sendable (String) -> Void
    ) async throws(NodeError) {
        let wanted = listen ?? configuration.listen ?? "127.0.0.1:7410"
        let logger = Self.log
        do {
            let listener = try await Listener.bind(
                try HostPort(wanted, isListening: true), identity: identity, tally: wire)
            var lifecycle = ServiceGroupConfiguration(
                services: [
                    .init(
                        service: HomeService(
                            node: self, listener: listener, logger: logger, opensAnew: opensAnew,
                            onListening: onListening))
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
            lifecycle.maximumGracefulShutdownDuration = .seconds(4)
            try await ServiceGroup(configuration: lifecycle).run()
        } catch let error as NodeError {
            throw error
        } catch let error as TransportError {
            throw NodeError(kind: .usage, message: error.sentence)
        } catch is Displaced {
            throw NodeError(
                kind: .failed, name: Self.displaced,
                message: "\(home.replica) was moved away or replaced while the node ran: start it again")
        } catch {
            throw NodeError(kind: .failed, message: "the node stopped: \(error)")
        }
    }

    /// The name of the error with which `serve` ends where somebody moved the replica away or put another in its place.
    public static let displaced = "displaced"

    /// Opens the node at `home` and serves it, as `openToServe` and `serve` do; where the replica is moved away or
    /// replaced meanwhile, says so and serves what is there then, at the same address.
    ///
    /// - Throws: what those throw; `missing` where nothing is there any more.
    public static func serve(
        home: NodeHome, listen: String?, onListening: @escaping @Sendable (String) -> Void
    ) async throws(NodeError) {
        try await openToServe(home: home).serve(listen: listen, opensAnew: true, onListening: onListening)
    }

    /// Opens a node that is to serve. While its disk is full or failing, or another program holds the replica, this
    /// says so and tries again, for that passes and nobody may be there to start the node once it has; until then
    /// SIGTERM and SIGINT end the process with status 0.
    public static func openToServe(home: NodeHome) async throws(NodeError) -> Node {
        signal(SIGTERM) { _ in _exit(0) }
        signal(SIGINT) { _ in _exit(0) }
        defer {
            signal(SIGTERM, SIG_DFL)
            signal(SIGINT, SIG_DFL)
        }
        while true {
            do { return try await open(home: home) } catch {
                guard error.passes else { throw error }
                log.warning("\(error.message); trying again in \(Int(restSeconds)) s")
            }
            try? await Task.sleep(for: .seconds(restSeconds))
        }
    }

    /// Between two looks at a disk that was full.
    static let restSeconds = 5.0

    /// The log of a node that serves.
    package static var log: Logger {
        var logger = Logger(label: "caravan", factory: { EscapedLog(label: $0) })
        logger.logLevel = .notice
        return logger
    }
}

extension NodeError {
    /// Whether waiting may mend it.
    var passes: Bool { [.diskFull, .disk, .locked].contains(kind) }
}
