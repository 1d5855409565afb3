import ReplicaStore
import SyncEngine
import SyncTransport

/// The amount that one session has moved so far.
struct SessionTraffic: Sendable {
    /// Bytes that went through the socket, TLS included.
    var wire = WireBytes()
    /// The changesets that were put into this side's stream.
    var sent = ChangeCount()
    /// Changesets that came and were not held here before.
    var received: UInt64 = 0

    init() {}

    init(of session: PeerSession, through wire: WireBytes) {
        (self.wire, sent, received) = (wire, session.sent, session.received)
    }

    /// The amount that was moved since `before` was known.
    func since(_ before: Self) -> Self {
        var difference = self
        difference.wire = WireBytes(
            sent: wire.sent - before.wire.sent, received: wire.received - before.wire.received)
        difference.sent = sent.since(before.sent)
        difference.received -= before.received
        return difference
    }
}

/// The traffic of a session as far as it was told to whoever measures.
struct CountedTraffic {
    private var counted = SessionTraffic()
    /// Nil as long as nobody knows who the peer is.
    private(set) var metrics: PeerMetrics?

    var isNamed: Bool { metrics != nil }

    mutating func name(_ metrics: PeerMetrics) { self.metrics = metrics }

    mutating func count(_ traffic: SessionTraffic) {
        guard let metrics else { return }
        metrics.count(traffic.since(counted))
        counted = traffic
    }
}
