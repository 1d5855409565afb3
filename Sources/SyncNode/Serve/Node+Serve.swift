extension Node {
    /// Runs the node until SIGTERM or SIGINT: listens, answers, and dials every peer by turns. Ends within 5 seconds.
    /// SIGHUP has `config.yaml` read anew.
    ///
    /// - Parameters:
    ///   - listen: HOST:PORT; port 0 for any. Nil: the configuration's, else `127.0.0.1:7410`.
    ///   - onListening: called once with the address that was bound.
    public nonisolated func serve(
        listen: String?, onListening: @escaping @Sendable (String) -> Void
    ) async throws(NodeError) {
        let output = LogOutput(LogOptions(), home: home)
        let state = ServeState(manager: nil)
        let place = ListenPlace(given: listen)
        let listener = try await place.bind(self)
        let service = HomeService(
            node: self, listener: listener, place: place, logger: output.logger, output: output, state: state,
            opensAnew: false, onListening: onListening)
        try await service.runUntilTold()
    }

    /// The name of the error with which `serve` ends where somebody moved the replica away or put another in its place.
    public static let displaced = "displaced"

    /// Seconds between two looks at a disk that was full.
    static let restSeconds = 5.0
}

extension NodeError {
    /// Whether waiting may mend it.
    var passes: Bool { [.diskFull, .disk, .locked].contains(kind) }
}
