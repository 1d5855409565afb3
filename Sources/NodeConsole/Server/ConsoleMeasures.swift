import NIOConcurrencyHelpers
import SyncNode

/// Measures of the node that is served beside a console, for whoever collects them.
public final class ConsoleMeasures: Sendable {
    /// The registry with which the node is to be opened.
    public let registry = PrometheusRegistry()
    private let pages = NIOLockedValueBox<NodePages?>(nil)

    public init() {}

    /// Names the node that is measured from now on.
    public func observes(_ node: Node) {
        let made = NodePages(of: node, registry: registry)
        pages.withLockedValue { $0 = made }
    }

    /// All measures in the text format of Prometheus.
    func text() async -> String {
        guard let pages = pages.withLockedValue({ $0 }) else { return registry.text() }
        return await pages.metrics()
    }
}
