import NIOConcurrencyHelpers
import SyncNode

/// Measures of the node that is served beside a console, for whoever collects them.
package final class ConsoleMeasures: Sendable {
    /// The registry with which the node is to be opened.
    package let registry = PrometheusRegistry()
    private let pages = NIOLockedValueBox<NodePages?>(nil)

    /// Makes the measures of a node that is still to be opened.
    package init() {}

    /// Names the node that is measured from now on.
    package func observes(_ node: Node) {
        let made = NodePages(of: node, registry: registry)
        pages.withLockedValue { $0 = made }
    }

    /// All measures in the text format of Prometheus.
    func text() async -> String {
        guard let pages = pages.withLockedValue({ $0 }) else { return registry.text() }
        return await pages.metrics()
    }
}
