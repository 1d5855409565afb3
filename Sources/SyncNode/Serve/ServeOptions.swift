/// Choices for a server, beside the node's folder.
public struct ServeOptions: Sendable {
    /// HOST:PORT, with port 0 for any; nil: that of `config.yaml`, else `127.0.0.1:7410`.
    public var listen: String?
    /// HOST:PORT of this machine's loopback, at which `/metrics`, `/healthz` and `/readyz` are answered by HTTP; nil:
    /// that of `config.yaml`, else nowhere.
    public var metrics: String?
    /// The log on standard error.
    public var log: LogOptions
    /// The registry that keeps the node's measures. Nil: a new one where measures are answered, else the backend that
    /// the process has named by swift-metrics.
    public var registry: PrometheusRegistry?
    /// Called each time that `config.yaml` was read anew.
    public var onReload: @Sendable () -> Void = {}

    /// Makes options: without any, those of the node's `config.yaml`, and no measures.
    public init(
        listen: String? = nil, metrics: String? = nil, log: LogOptions = LogOptions(),
        registry: PrometheusRegistry? = nil
    ) {
        (self.listen, self.metrics, self.log, self.registry) = (listen, metrics, log, registry)
    }
}
