import Foundation
import Hummingbird
import ReplicaModel
import SyncNode

/// Whether the node is in sync, with whom, what waits, and what is wrong.
enum OverviewPage {
    /// Changesets of today that are shown.
    private static let changesMax = 10

    static func show(_ visit: Visit) async throws -> Response {
        let lookup = try await RecordLookup(visit)
        let status = try await lookup.node.reports.status(digest: false)
        let language = visit.language
        var facts: Facts = [
            "sentence": sentence(status, visit), "node": status.name.escaped(),
            "role": status.role.map { visit.text("role_" + $0.rawValue) } ?? visit.text("role_none"),
            "peers": PeerFacts.rows(status.peers, visit),
            "tables": RecordTablesPage.rows(status.rows.filter { $0.value > 0 }, visit),
            "conflict_count": language.text("n_conflicts", count: status.conflicts),
            "conflicts": status.conflicts > 0,
            "disk": language.bytes(status.diskBytes),
        ]
        if status.conflicts > 0 { facts["kinds"] = try await ConflictsPage.kinds(of: lookup.node, visit) }
        facts["waiting"] = [
            (status.pending, "n_pending"), (status.waiting, "n_waiting"), (status.void + status.quarantined, "n_void"),
        ].filter { $0.0 > 0 }.map { ["text": language.text($0.1, count: $0.0)] as Facts }
        if visit.query["check"] == "1" {
            let findings = try await lookup.node.reports.doctor()
            facts["findings"] = findings.map { finding -> Facts in
                var one: Facts = ["message": visit.said(finding.message)]
                if finding.kind == "conflicts" { one["link"] = "/conflicts" }
                if ["peer", "clock", "refused"].contains(finding.kind) { one["link"] = "/alliance" }
                return one
            }
            facts["checked"] = true
            facts["well"] = findings.isEmpty
        }
        let start = Calendar(identifier: .gregorian).startOfDay(for: Date())
        var query = LogQuery(operationsMax: ChangesPage.operationsMax)
        query.since = Int64(start.timeIntervalSince1970 * 1000)
        let changes = try await ChangesPage.reports(lookup.node, query, skipping: 0, max: changesMax)
        facts["changes"] = changes.prefix(changesMax).map(ChangeFacts(lookup: lookup, visit: visit).line)
        facts["more"] = changes.count > changesMax
        return await visit.page("overview", title: status.name.escaped(), at: .overview, facts)
    }

    /// One sentence that says with how many of the peers this node is in sync, and whom it has not met for longest.
    private static func sentence(_ status: StatusReport, _ visit: Visit) -> String {
        let language = visit.language
        guard !status.peers.isEmpty else { return language.text("sync_alone") }
        let inSync = status.peers.filter { PeerFacts.isInSync($0) }.count
        var out = language.text(
            "sync_with", language.number(inSync), language.number(status.peers.count))
        let behind = status.peers.filter { !PeerFacts.isInSync($0) }
        if let worst = behind.min(by: { $0.lastContact ?? 0 < $1.lastContact ?? 0 }) {
            let name = worst.name.escaped()
            out +=
                language == .zh
                ? "" : " "
            out +=
                worst.lastContact.map { language.text("sync_last_met", name, language.ago($0, now: Clock.now)) }
                ?? language.text("sync_never_met", name)
        }
        return out
    }
}

/// Facts of peers for a template.
enum PeerFacts {
    /// Whether both sides hold the same, as far as this node knows.
    static func isInSync(_ peer: PeerReport) -> Bool {
        peer.lastContact != nil && peer.lacks == 0 && peer.ahead == 0
    }

    static func rows(_ peers: [PeerReport], _ visit: Visit) -> [Facts] {
        peers.map { peer in
            let language = visit.language
            var row: Facts = [
                "name": peer.name.escaped(), "lag": lag(peer, language), "sync": isInSync(peer),
                "state": language.text(
                    peer.sessions.contains { $0.isStanding }
                        ? "peer_connected" : peer.sessions.isEmpty ? "peer_away" : "peer_exchanging"),
                "connected": !peer.sessions.isEmpty,
                "addresses": peer.addresses.joined(separator: ", ").escaped(), "dialled": !peer.addresses.isEmpty,
                "windows": peer.windows.joined(separator: ", "),
            ]
            if let last = peer.lastContact {
                var met = language.moment(last)
                met["text"] = language.ago(last, now: Clock.now)
                row["met"] = met
            }
            if let skew = peer.skewSeconds, peer.isClockOff {
                row["clock"] = language.text("peer_clock", count: Int(skew.rounded()))
            }
            if let error = peer.lastError { row["error"] = error.escaped() }
            if let rate = peer.limitRate { row["rate"] = language.bytes(Int64(rate)) }
            return row
        }
    }

    private static func lag(_ peer: PeerReport, _ language: Language) -> String {
        var parts: [String] = []
        if peer.lacks > 0 { parts.append(language.text("peer_lacks", count: Int(clamping: peer.lacks))) }
        if peer.ahead > 0 { parts.append(language.text("peer_ahead", count: Int(clamping: peer.ahead))) }
        return parts.joined(separator: "; ")
    }
}
