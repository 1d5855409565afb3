/// Bytes that went through one socket.
package struct WireBytes: Hashable, Sendable {
    package var sent: Int
    package var received: Int

    package init(sent: Int = 0, received: Int = 0) { (self.sent, self.received) = (sent, received) }
}

/// Bytes that went through the sockets of a node, whatever became of the connections: TLS and its handshake included,
/// what TCP and IP put before them not.
package final class WireTally: Sendable {
    private let bytes = Counter()

    package init() {}

    /// The bytes since they were taken last.
    package var pending: Int { bytes.total }

    package func add(_ count: Int) { bytes.add(count) }

    /// Takes what has gone so far, to be written down.
    package func take() -> Int {
        let count = bytes.total
        bytes.add(-count)
        return count
    }
}
