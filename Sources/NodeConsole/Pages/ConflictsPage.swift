import Foundation
import Hummingbird
import NIOConcurrencyHelpers
import ReplicaModel
import SyncNode

/// The page of everything that needs a decision, and the forms that settle it.
enum ConflictsPage {
    /// Reports of a page.
    private static let shownMax = 20
    static func show(_ visit: Visit) async throws -> Response {
        let lookup = try await RecordLookup(visit)
        let (table, kind) = (visit.query.filled("table"), visit.query.filled("kind"))
        // Before anything is read: what comes in between was not seen.
        let applied = try await lookup.node.tables.applied()
        let tally = try await lookup.node.tables.tally()
        let (found, hasMore, isByAge) = try await reports(lookup.node, table, kind, visit)
        var shown: [Facts] = []
        for one in found { shown.append(try await ConflictFacts(lookup, visit).facts(one.report)) }
        var facts: Facts = [
            "conflicts": shown, "sentence": sentence(tally, visit), "by_key": !isByAge, "kinds": kinds(tally, visit),
            "tables": tables(tally, visit), "none": shown.isEmpty, "filtered": table != nil || kind != nil,
            "table_name": table ?? "", "kind_name": kind ?? "", "may_write": lookup.refusal == nil,
            "state": await visit.console.shown.name(of: applied),
        ]
        if let refusal = lookup.refusal { facts["refusal"] = visit.told(refusal) }
        facts["mergeable"] =
            (kind ?? "duplicate") == "duplicate" && tally.open.keys.contains { $0.kindName == "duplicate" }
        if hasMore, let last = found.last { facts["next"] = address(table, kind, behind: last) }
        if visit.query.filled("after") != nil { facts["first"] = address(table, kind) }
        facts["sites"] = try await lookup.node.reports.members().map {
            ["hex": $0.site.hex, "name": $0.name.escaped()] as Facts
        }
        return await visit.page("conflicts", title: visit.text("place_conflicts"), at: .conflicts, facts)
    }

    /// The place that the address names: behind which report the page begins.
    private static func place(_ visit: Visit, _ node: Node) async throws -> ConflictPlace? {
        guard let text = visit.query.filled("after"), let table = visit.query.filled("in") else { return nil }
        return ConflictPlace(
            table: Identifier(table), key: try await node.tables.key(text, of: table),
            kindName: visit.query["of"] ?? "", part: visit.query["part"] ?? "")
    }

    /// The reports of one page: those that are open longest first, or where there are too many by table and key.
    private static func reports(
        _ node: Node, _ table: String?, _ kind: String?, _ visit: Visit
    ) async throws -> (found: [DatedConflict], hasMore: Bool, isByAge: Bool) {
        let place = try await self.place(visit, node)
        if let all = try await node.tables.inbox(table: table, kind: kind) {
            let since = Stamp(bits: visit.query["since"].flatMap { UInt64($0, radix: 16) } ?? 0)
            // One that was settled meanwhile is followed by what came to be with it, or after it.
            let start =
                place.map { place in
                    all.firstIndex { $0.report.place == place }.map { $0 + 1 }
                        ?? all.firstIndex { $0.since >= since } ?? all.count
                } ?? 0
            return (Array(all[start...].prefix(shownMax)), all.count > start + shownMax, true)
        }
        let state = NIOLockedValueBox<(found: [DatedConflict], hasMore: Bool)>(([], false))
        try await node.reports.eachConflict(table: table, kind: kind, after: place) { report in
            state.withLockedValue { state in
                state.hasMore = state.found.count >= shownMax
                if !state.hasMore { state.found.append(DatedConflict(report: report, since: Stamp(bits: 0))) }
                return !state.hasMore
            }
        }
        let (found, hasMore) = state.withLockedValue { $0 }
        return (found, hasMore, false)
    }

    // MARK: Counts

    /// How many are open; of very many, how many there are at least.
    static func sentence(_ tally: ReplicaTally, _ visit: Visit) -> String {
        visit.language.text(tally.isLeast ? "n_conflicts_least" : "n_conflicts", count: tally.conflicts)
    }

    private static func number(_ count: Int, _ tally: ReplicaTally, _ visit: Visit) -> String {
        visit.language.number(count) + (tally.isLeast ? "+" : "")
    }

    /// How many are open of each kind, for a template.
    static func kinds(_ tally: ReplicaTally, _ visit: Visit) -> [Facts] {
        ["cell", "deleted-edited", "kept", "duplicate", "invalid"].compactMap { kind in
            let count = tally.open.filter { $0.key.kindName == kind }.values.reduce(0, +)
            guard count > 0 else { return nil }
            return [
                "name": visit.text("conflict_" + kind), "count": number(count, tally, visit),
                "link": "/conflicts?kind=" + kind, "current": visit.query["kind"] == kind,
            ]
        }
    }

    private static func tables(_ tally: ReplicaTally, _ visit: Visit) -> [Facts] {
        Set(tally.open.keys.map(\.table)).sorted().map { table in
            [
                "name": visit.labels.table(table), "link": address(table.text, visit.query.filled("kind")),
                "count": number(tally.open.filter { $0.key.table == table }.values.reduce(0, +), tally, visit),
                "current": visit.query["table"] == table.text,
            ]
        }
    }

    private static func address(_ table: String?, _ kind: String?, behind last: DatedConflict? = nil) -> String {
        var parts: [String] = []
        if let table { parts.append("table=" + table.urlEncoded) }
        if let kind { parts.append("kind=" + kind.urlEncoded) }
        if let last {
            let report = last.report
            parts += ["after=" + report.key.linkText.urlEncoded, "in=" + report.table.text.urlEncoded]
            parts += ["of=" + report.kindName.urlEncoded, "part=" + report.place.part.urlEncoded]
            parts.append("since=" + String(last.since.bits, radix: 16))
        }
        return "/conflicts" + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
    }

    // MARK: Settling

    /// Settles all that a filter chooses, as it was when the page was shown.
    static func settleAll(_ visit: Visit) async throws -> Response {
        let filter = address(visit.form.filled("table"), visit.form.filled("kind"))
        guard let seen = await visit.console.shown.applied(visit.form["state"] ?? "") else {
            return await visit.done(visit.text("settle_many_stale"), isWarning: true, at: filter)
        }
        let node = try await visit.writer()
        let resolution: BulkResolution
        switch visit.form["act"] {
        case "shown": resolution = .takeShown
        case "merge": resolution = .mergeDuplicates
        case "site":
            guard let site = SiteID(hex: visit.form["site"] ?? "") else {
                throw PageError(status: .badRequest, key: "error_usage")
            }
            resolution = .takeSite(site)
        default: throw PageError(status: .badRequest, key: "error_usage")
        }
        let kind = visit.form.filled("kind") ?? (visit.form["act"] == "merge" ? "duplicate" : nil)
        let report = try await node.records.settleAll(
            resolution, table: visit.form.filled("table"), kind: kind, seen: seen, isDry: false)
        var sentences = [visit.language.text("done_settled_many", count: report.settled)]
        if report.settled > 0, report.changed == 0 { sentences.append(visit.text("settled_same")) }
        if !report.left.isEmpty {
            sentences.append(visit.language.text("left_open", count: report.left.count))
        }
        let made = report.changed > 0 ? report.changeset : nil
        return await visit.done(
            visit.language.joined(sentences), undo: made.map { "\($0.feed):\($0.seq)" }, at: "/conflicts")
    }
}
