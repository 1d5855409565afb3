import ReplicaModel
import SyncTransport

/// What answers a dial with the key of the node that dialled.
struct OwnKey {
    let node: Node

    /// The error of a connection at whose other end this node's own key answered, where that is another process: nil
    /// where it is this node itself, which the session says, or somebody else.
    func failure(at connection: PeerConnection) -> NodeError? {
        guard connection.peer == node.identity.site else { return nil }
        // Whoever answers here and is reached at an address of this machine is this node's own server.
        let servers = ServerNote.servers(in: node.home)
        let isHere = OwnAddresses.contain(connection.remoteAddress)
        let ports = servers.compactMap { (try? HostPort($0.address))?.port }
        let found = try? HostPort(connection.remoteAddress)
        if isHere, let found, ports.contains(found.port) { return nil }
        return NodeError(
            kind: .refused, name: "wrong-site",
            message:
                """
                this node's own key answered at \(connection.remoteAddress), and not this node: its folder was copied, and \
                the copy runs there, or that address leads back here; stop the copy, move its folder away and join anew \
                there with `caravan join CODE`, or correct the address
                """)
    }
}
