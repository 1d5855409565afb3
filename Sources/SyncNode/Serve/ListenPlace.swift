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

/// The address at which something beside the node listens, such as its console.
package enum ListenAddress {
    /// Splits HOST:PORT; port 0 stands for any.
    ///
    /// - Throws: `usage` for what is none.
    package static func read(_ text: String) throws(NodeError) -> (host: String, port: Int) {
        do {
            let read = try HostPort(text, isListening: true)
            return (read.host, Int(read.port))
        } catch { throw NodeError(kind: .usage, message: error.sentence) }
    }

    /// The error of an address that cannot be listened on.
    package static func refusal(_ host: String, _ port: Int, _ error: any Error) -> NodeError {
        let address = HostPort(host: host, port: UInt16(clamping: port))
        return NodeError(kind: .usage, message: TransportError(listening: address, error).sentence)
    }
}
