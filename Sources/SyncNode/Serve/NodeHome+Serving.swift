import ReplicaModel
import SyncTransport

extension NodeHome {
    /// Opens the node and serves it until SIGTERM or SIGINT. While its disk is full, another program holds
    /// it, or its replica is not there and only its key is, this says so and tries again; where the replica is moved
    /// away or replaced meanwhile, it serves what is there then, once it is whole, at the same address. SIGHUP has
    /// `config.yaml` read anew. A service manager that is named in the environment hears how the server stands
    /// (sd_notify(3)).
    ///
    /// - Parameters:
    ///   - onListening: called once with the address that was bound.
    ///   - onMetrics: called once, after that, with the address at which measures are read, where that was asked for.
    ///   - onOpen: called with the node once it is open, before that, and with what stands in its place later.
    /// - Throws: `usage` for an address that cannot be had, and what keeps a node from being opened and does not pass.
    public func serve(
        options: ServeOptions, onListening: @escaping @Sendable (String) -> Void,
        onMetrics: @escaping @Sendable (String) -> Void = { _ in },
        onOpen: @escaping @Sendable (Node) -> Void = { _ in }
    ) async throws(NodeError) {
        let set = try options.metrics == nil ? Configuration.read(configuration).metrics : nil
        guard let wanted = options.metrics ?? set else {
            return try await HomeServer(home: self, options: options).run(onOpen: onOpen, onListening: onListening)
        }
        var options = options
        let registry = options.registry ?? PrometheusRegistry()
        options.registry = registry
        let listener: PageListener
        do throws(TransportError) {
            listener = try await PageListener.bind(try HostPort(wanted, isListening: true))
        } catch { throw NodeError(kind: .usage, message: error.sentence) }
        let server = HomeServer(home: self, options: options)
        let pages = NodePages(registry: registry, state: server.state)
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await listener.run { await pages.page(at: $0) } }
                group.addTask {
                    try await server.run {
                        pages.observes($0)
                        onOpen($0)
                    } onListening: {
                        onListening($0)
                        onMetrics("\(listener.address)")
                    }
                }
                // The first that ends, ends all.
                try await group.next()
                group.cancelAll()
            }
        } catch let error as NodeError { throw error } catch let error as TransportError {
            throw NodeError(error)
        } catch { throw NodeError(kind: .failed, message: "the node stopped: \(error)") }
    }
}
