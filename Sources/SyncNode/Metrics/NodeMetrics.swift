import Metrics
import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol
import Synchronization

/// The measures of a node, given to the backend that the process has named by swift-metrics when the node is opened.
/// Their names and labels are in the article Operating.
final class NodeMetrics: Sendable {
    private let factory: any MetricsFactory
    private let sessionsOpen: Meter
    private let changesetsApplied: Counter
    private let rowsApplied: Counter
    private let wireBytes: Counter
    private let seal: Timer
    private let fold: Timer
    /// The peers of whom something was measured when that was done last.
    private let measured = Mutex<Set<PeerLabel>>([])

    init(factory: any MetricsFactory = MetricsSystem.factory) {
        self.factory = factory
        sessionsOpen = Meter(label: "caravan_sessions_open", factory: factory)
        changesetsApplied = Counter(label: "caravan_changesets_applied_total", factory: factory)
        rowsApplied = Counter(label: "caravan_rows_applied_total", factory: factory)
        wireBytes = Counter(label: "caravan_wire_bytes_total", factory: factory)
        seal = Timer(label: "caravan_seal_seconds", preferredDisplayUnit: .seconds, factory: factory)
        fold = Timer(label: "caravan_fold_seconds", preferredDisplayUnit: .seconds, factory: factory)
    }

    /// Whether anybody hears of what is measured.
    var areHeard: Bool { !(factory is NOOPMetricsHandler) }

    func sessions(open count: Int) { sessionsOpen.set(count) }

    /// - Parameter end: nil where the link broke.
    func sessionEnded(_ end: SessionEnd?) {
        Counter(label: "caravan_sessions_ended_total", dimensions: [("reason", Self.reason(end))], factory: factory)
            .increment()
        switch end {
        case .refused(let refusal)?: refused(refusal.code.rawValue, by: .here)
        case .refusedByPeer(let refusal)?: refused(refusal.code.rawValue, by: .peer)
        case .done?, .bye?, nil: break
        }
    }

    private static func reason(_ end: SessionEnd?) -> String {
        switch end {
        case .done?: "done"
        case .bye(.duplicate)?: "duplicate"
        case .bye?: "stopped"
        case .refused?: "refused"
        case .refusedByPeer?: "refused_by_peer"
        case nil: "broken"
        }
    }

    /// The side of a session that refused to go on.
    enum Refuser: String {
        case here, peer
    }

    /// - Parameter name: of what went wrong: one of a fixed list, whoever says it.
    func refused(_ name: String, by side: Refuser, times: UInt64 = 1) {
        let counter = Counter(
            label: "caravan_refusals_total", dimensions: [("name", name), ("by", side.rawValue)], factory: factory)
        counter.increment(by: times)
    }

    func applied(_ count: ChangeCount) {
        guard count != ChangeCount() else { return }
        changesetsApplied.increment(by: count.changesets)
        rowsApplied.increment(by: count.operations)
    }

    func wentThrough(bytes: Int) { wireBytes.increment(by: bytes) }

    func lasted(_ act: ReplicaAct, microseconds: Int64) {
        switch act {
        case .seal: seal.recordMicroseconds(microseconds)
        case .fold: fold.recordMicroseconds(microseconds)
        }
    }

    /// The counters of what goes to and comes from one peer.
    func peer(_ label: PeerLabel) -> PeerMetrics { PeerMetrics(label, factory) }

    /// Sets a measure that is taken now and then.
    func set(_ name: String, _ value: Double, of peer: PeerLabel? = nil) {
        Meter(label: "caravan_" + name, dimensions: peer?.dimensions ?? [], factory: factory).set(value)
    }

    /// Ends what is measured of peers, but for these: of one that is no peer any more nothing is true.
    func keep(_ peers: Set<PeerLabel>) {
        let gone = measured.withLock { measured in
            defer { measured = peers }
            return measured.subtracting(peers)
        }
        for peer in gone {
            for name in Self.ofPeers {
                Meter(label: "caravan_" + name, dimensions: peer.dimensions, factory: factory).destroy()
            }
        }
    }

    private static let ofPeers = [
        "peer_lag_changesets", "peer_lag_seconds", "peer_ahead_changesets", "peer_clock_skew_seconds",
    ]
}

/// A peer as measures name it. There are no more of them than the roster has members, and one for all who are not on
/// it.
struct PeerLabel: Hashable {
    private let name: String
    private let site: String

    init(_ member: RosterEntry) { (name, site) = (member.name.escaped(), member.site.short) }

    private init(name: String, site: String) { (self.name, self.site) = (name, site) }

    static let stranger = PeerLabel(name: "stranger", site: "")

    var dimensions: [(String, String)] { [("peer", name), ("site", site)] }
}

/// The counters of what goes to and comes from one peer.
struct PeerMetrics: Sendable {
    private let bytesSent: Counter
    private let bytesReceived: Counter
    private let changesetsSent: Counter
    private let rowsSent: Counter
    private let changesetsReceived: Counter

    init(_ peer: PeerLabel, _ factory: any MetricsFactory) {
        func counter(_ name: String) -> Counter {
            Counter(label: "caravan_\(name)_total", dimensions: peer.dimensions, factory: factory)
        }
        bytesSent = counter("bytes_sent")
        bytesReceived = counter("bytes_received")
        changesetsSent = counter("changesets_sent")
        rowsSent = counter("rows_sent")
        changesetsReceived = counter("changesets_received")
    }

    func count(_ traffic: SessionTraffic) {
        if traffic.wire.sent > 0 { bytesSent.increment(by: traffic.wire.sent) }
        if traffic.wire.received > 0 { bytesReceived.increment(by: traffic.wire.received) }
        if traffic.received > 0 { changesetsReceived.increment(by: traffic.received) }
        guard traffic.sent.changesets > 0 else { return }
        changesetsSent.increment(by: traffic.sent.changesets)
        rowsSent.increment(by: traffic.sent.operations)
    }
}
