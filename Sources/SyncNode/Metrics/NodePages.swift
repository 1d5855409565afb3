import Synchronization
import SyncTransport

/// The pages by which a node is observed: `/metrics`, `/healthz` and `/readyz`.
public final class NodePages: Sendable {
    private struct Measured {
        var node: Node?
        /// Milliseconds of the steady clock at which was measured last.
        var last: Int64?
    }

    private let registry: PrometheusRegistry
    private let state: ServeState
    private let measured = Mutex(Measured())

    /// Milliseconds for which measures that must be asked for are believed: whoever asks again and again costs the
    /// replica no more.
    private static let ageMax: Int64 = 2_000

    /// Pages of a node that was opened with `registry` as its backend.
    public convenience init(of node: Node, registry: PrometheusRegistry) {
        self.init(registry: registry, state: ServeState(manager: nil))
        observes(node)
    }

    init(registry: PrometheusRegistry, state: ServeState) { (self.registry, self.state) = (registry, state) }

    /// Names the node that is measured from now on.
    func observes(_ node: Node) { measured.withLock { $0 = Measured(node: node, last: nil) } }

    /// The media type of ``metrics()``.
    public static let metricsKind = "text/plain; version=0.0.4; charset=utf-8"

    /// All measures in the text format of Prometheus, with those taken now that must be asked for. Where the replica
    /// cannot be read at the moment, those are as they were.
    public func metrics() async -> String {
        let now = Clocks.now.steady
        let node = measured.withLock { measured -> Node? in
            guard let node = measured.node, now - (measured.last ?? .min / 2) > Self.ageMax else { return nil }
            measured.last = now
            return node
        }
        try? await node?.measure()
        return registry.text()
    }

    func page(at path: String) async -> Page? {
        switch path {
        case "/metrics": Page(kind: Self.metricsKind, text: await metrics())
        case "/healthz": Page(text: "\(state.line)\n")
        case "/readyz": Page(status: state.isReady ? 200 : 503, text: "\(state.line)\n")
        default: nil
        }
    }
}
