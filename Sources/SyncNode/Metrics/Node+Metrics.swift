import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncTransport

extension Node {
    /// Takes those measures that change without anybody telling, such as conflicts, lag and disk, and sets them.
    /// `serve` does so once a minute where swift-metrics has a backend; whoever publishes measures does so before.
    public func measure() throws(NodeError) {
        let used = try usedBytes()
        metrics.set("wire_bytes_day", Double(used.day))
        metrics.set("wire_bytes_month", Double(used.month))
        metrics.set("disk_bytes", Double(home.diskBytes))
        if let free = home.diskFree { metrics.set("disk_free_bytes", Double(free)) }
        try saying { try metrics.measure(engine, at: Clocks.now.wall) }
    }

    /// Tells what a session has moved, once it is known whose it is.
    ///
    /// - Parameter wire: the bytes that went through its socket so far.
    func count(_ number: Int, through wire: WireBytes) {
        guard let session = sessions[number], session.isPeerKnown else { return }
        let isFirst = sessions.count(number, SessionTraffic(of: session, through: wire)) {
            metrics.peer(PeerLabel(session.peer, at: engine))
        }
        // One that was a stranger is a member by now.
        if isFirst { onSessionsChange() }
        actClock.tellApplied(engine.replica)
    }
}

extension NodeMetrics {
    /// Measures what an engine has to do.
    ///
    /// - Parameter now: milliseconds since 1970.
    func measure(_ engine: Engine, at now: Int64) throws(StoreError) {
        let load = try engine.replica.reports.load()
        set("conflicts_open", Double(load.conflicts))
        set("changesets_held", Double(load.changesets))
        set("changesets_waiting", Double(load.waiting))
        set("rows_unsealed", Double(load.unsealed))
        set("changesets_unfinished", Double(load.unfinished))
        let members = try engine.replica.members()
        var measured: Set<PeerLabel> = []
        // Nobody exchanges with one whose right was ended, so it lags for ever and that is nothing to watch.
        for report in try engine.replica.peerReports(except: engine.site) where !report.isRetired {
            guard let member = members.first(where: { $0.site == report.site }) else { continue }
            let peer = PeerLabel(member)
            measured.insert(peer)
            let lag = report.lacksSince.map { max(0, now - $0) } ?? 0
            set("peer_lag_changesets", Double(report.lacks), of: peer)
            set("peer_lag_seconds", Double(lag) / 1000, of: peer)
            set("peer_ahead_changesets", Double(report.ahead), of: peer)
            if let skew = report.skewSeconds { set("peer_clock_skew_seconds", skew, of: peer) }
        }
        keep(measured)
    }

    /// Tells that a session has ended, and what it has moved that was not told before.
    ///
    /// - Parameter wire: the bytes that went through its socket.
    func ended(_ session: PeerSession, _ counted: CountedTraffic, through wire: WireBytes, at engine: Engine) {
        var counted = counted
        if !counted.isNamed { counted.name(peer(PeerLabel(session.peer, at: engine))) }
        counted.count(SessionTraffic(of: session, through: wire))
        sessionEnded(session.end)
    }
}

extension PeerLabel {
    init(_ site: SiteID, at engine: Engine) {
        let member = try? engine.replica.member(site)
        self = member.flatMap { $0 }.map { PeerLabel($0) } ?? .stranger
    }
}
