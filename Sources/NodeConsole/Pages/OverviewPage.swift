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
        let state = try await lookup.node.tables.overview()
        let (language, tally) = (visit.language, state.tally)
        var facts: Facts = [
            "sentence": sentence(state.peers, visit),
            "peers": PeerFacts.rows(state.peers, visit),
            "tables": RecordTablesPage.rows(tally.rows.filter { $0.value > 0 }, visit),
            "conflict_count": ConflictsPage.sentence(tally, visit), "conflicts": tally.conflicts > 0,
            "kinds": ConflictsPage.kinds(tally, visit),
        ]
        let role = state.isRetired ? "role_retired" : state.role.map { "role_" + $0.rawValue } ?? "role_none"
        facts["who"] = language.text(
            "you_are", state.name.escaped(), visit.text(role), language.bytes(state.diskBytes))
        // What is in sync with whom is nothing to somebody who is no member any more.
        if state.isRetired {
            facts["ended"] = ["sentence": visit.text("retired_lead"), "what": visit.text("retired_what")] as Facts
        }
        facts["waiting"] = [
            (tally.pending, tally.isPendingLeast ? "n_pending_least" : "n_pending"), (tally.waiting, "n_waiting"),
            (tally.uncounted, "n_void"),
        ].filter { $0.0 > 0 }.map { ["text": language.text($0.1, count: $0.0)] as Facts }
        // A page that asks by itself takes over what follows what is written; this does not.
        if visit.query["check"] == "1", !visit.isFollowing {
            let findings = try await visit.searcher().reports.doctor()
            facts["findings"] = findings.map { finding -> Facts in
                var one: Facts = ["message": visit.said(finding.message)]
                if finding.kind == "conflicts" { one["link"] = "/conflicts" }
                if ["peer", "clock", "refused"].contains(finding.kind) { one["link"] = "/alliance" }
                one["sync"] = finding.kind == "peer"
                return one
            }
            facts["checked"] = true
            facts["well"] = findings.isEmpty
        }
        let start = Calendar(identifier: .gregorian).startOfDay(for: Date())
        var query = ChangeQuery(since: Int64(start.timeIntervalSince1970 * 1000))
        query.changesMax = changesMax
        let today = try await lookup.node.tables.changes(query)
        facts["changes"] = today.changes.map(ChangeFacts(lookup: lookup, visit: visit).line)
        facts["more"] = hasMore(today)
        return await visit.page("overview", title: state.name.escaped(), at: .overview, facts)
    }

    /// Whether more changesets of the day may be there than a page of them has.
    static func hasMore(_ page: ChangePage) -> Bool { page.hasMore || page.pausedAt != nil }

    /// The sentence that says with how many peers this node is in sync, and whom it has not met for longest.
    private static func sentence(_ all: [PeerReport], _ visit: Visit) -> String {
        let (language, peers) = (visit.language, all.filter { !$0.isRetired })
        guard !peers.isEmpty else { return language.text("sync_alone") }
        let inSync = peers.filter { PeerFacts.isInSync($0) }.count
        var out = language.text(
            "sync_with", language.number(inSync), language.number(peers.count))
        let behind = peers.filter { !PeerFacts.isInSync($0) }
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
        // One whose right was ended is listed only where there is something to be done about it.
        peers.filter { !$0.isRetired || !$0.addresses.isEmpty }.map { peer in
            let language = visit.language
            var row: Facts = [
                "name": peer.name.escaped(), "own_name": peer.name, "lag": peer.isRetired ? "" : lag(peer, language),
                "sync": isInSync(peer) && !peer.isRetired, "retired": peer.isRetired,
                "state": language.text(state(of: peer)),
                "connected": !peer.sessions.isEmpty && !peer.isRetired,
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
            if let error = peer.lastError { row["error"] = visit.told(error) }
            if let rate = peer.limitRate { row["rate"] = language.bytes(Int64(rate)) }
            return row
        }
    }

    private static func state(of peer: PeerReport) -> String {
        if peer.isRetired { return "role_retired" }
        if peer.sessions.isEmpty { return "peer_away" }
        return peer.sessions.contains { $0.isStanding } ? "peer_connected" : "peer_exchanging"
    }

    private static func lag(_ peer: PeerReport, _ language: Language) -> String {
        var parts: [String] = []
        if peer.lacks > 0 { parts.append(language.text("peer_lacks", count: Int(clamping: peer.lacks))) }
        if peer.ahead > 0 { parts.append(language.text("peer_ahead", count: Int(clamping: peer.ahead))) }
        return parts.joined(separator: "; ")
    }
}
