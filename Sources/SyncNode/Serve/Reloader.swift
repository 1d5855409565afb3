import Foundation
import Logging
import Synchronization

/// Takes up the settings of a node anew when the process is told to (SIGHUP). A mistake in them is said, and the former
/// ones hold.
final class Reloader: Sendable {
    private let home: NodeHome
    private let logger: Logger
    private let state: ServeState
    private let listen: String?
    private let node: Mutex<Node>
    private let onReload: @Sendable () -> Void
    /// Whether this process was begun on a terminal.
    private let hadTerminal = isatty(STDERR_FILENO) == 1

    /// - Parameters:
    ///   - listen: the address that was given with the command.
    ///   - onReload: called once the settings were taken up.
    init(
        home: NodeHome, logger: Logger, state: ServeState, listen: String?, serving node: Node,
        onReload: @escaping @Sendable () -> Void
    ) {
        (self.home, self.logger, self.state, self.listen, self.onReload) = (home, logger, state, listen, onReload)
        self.node = Mutex(node)
    }

    /// Notes that another node is served by now.
    func serves(_ node: Node) { self.node.withLock { $0 = node } }

    func heardHangup() async {
        // A terminal that was closed says so by the same signal; a server that nobody sees any more would stay.
        guard !hadTerminal || isatty(STDERR_FILENO) == 1 else {
            logger.notice("the terminal was closed")
            kill(getpid(), SIGTERM)
            return
        }
        state.reloads(at: Clocks.microseconds)
        defer { state.reloaded() }
        do throws(NodeError) {
            let read = try Configuration.read(home.configuration)
            let node = node.withLock { $0 }
            try await node.peers.takeUp(read.peers)
            let settings = node.settings
            let changes = read.changes(since: settings.configuration)
            settings.replace(with: read)
            onReload()
            state.note(nil, in: .settings)
            logger.notice("config.yaml was read anew: \(Self.sentence(changes, isListenGiven: listen != nil))")
        } catch {
            state.note(error.message, in: .settings)
            logger.error("\(error.message); the former settings hold")
        }
    }

    private static func sentence(_ changes: [String], isListenGiven: Bool) -> String {
        guard !changes.isEmpty else { return "nothing in it has changed" }
        let atStart = [Configuration.Name.console, .metrics, .valueBytesMax].map(\.rawValue).filter(changes.contains)
        let late = atStart.isEmpty ? "" : "; \(atStart.joined(separator: ", ")) from the next start on"
        let founding = changes.contains("name") ? "; name is for a node that is made anew" : ""
        let given = isListenGiven && changes.contains("listen") ? "; the address given with --listen holds" : ""
        return "\(changes.joined(separator: ", ")) changed\(late)\(founding)\(given)"
    }
}
