import Logging
import ServiceLifecycle
import SyncTransport

/// The replica was moved away or replaced while it was served.
struct Displaced: Error {}

/// A node that is served, and the one that stands in its place when somebody has moved it away.
struct HomeService: Service {
    let node: Node
    let listener: Listener
    let logger: Logger
    /// Whether what is there then is opened; else that ends the service.
    let opensAnew: Bool
    let onListening: @Sendable (String) -> Void

    func run() async throws {
        var (node, listener, tell) = (node, listener, onListening)
        while true {
            do {
                return try await NodeService(node: node, listener: listener, logger: logger, onListening: tell).run()
            } catch let error as Displaced {
                guard opensAnew else { throw error }
            }
            logger.warning("\(node.home.replica) was moved away or replaced: what is there now is opened")
            guard let present = try await open(node.home) else { return }
            listener = try await Listener.bind(listener.address, identity: present.identity, tally: present.wire)
            (node, tell) = (present, { _ in })
        }
    }

    /// Nil where the service was told to stop before it could be opened.
    private func open(_ home: NodeHome) async throws -> Node? {
        while true {
            do { return try await Node.open(home: home) } catch {
                guard error.passes else { throw error }
                logger.warning("\(error.message); trying again in \(Int(Node.restSeconds)) s")
            }
            do {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(Node.restSeconds)) }
            } catch { return nil }
        }
    }
}
