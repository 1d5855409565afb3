import SyncTransport

/// The place where a server is to listen.
struct ListenPlace: Sendable {
    /// The address that was given with the command, which holds whatever the settings say.
    let given: String?

    func address(of node: Node) throws(NodeError) -> HostPort {
        let wanted = given ?? node.configuration.listen ?? Configuration.listenDefault
        do { return try HostPort(wanted, isListening: true) } catch {
            throw NodeError(kind: .usage, message: error.sentence)
        }
    }

    /// - Parameter address: nil for the one where the node is to listen.
    func bind(_ node: Node, at address: HostPort? = nil) async throws(NodeError) -> Listener {
        let wanted: HostPort
        if let address { wanted = address } else { wanted = try self.address(of: node) }
        do { return try await Listener.bind(wanted, identity: node.identity, tally: node.wire) } catch {
            throw NodeError(kind: .usage, message: error.sentence)
        }
    }
}
