import Foundation
import Hummingbird
import NIOConcurrencyHelpers
import ReplicaModel
import SyncNode

/// The page of changesets, newest first.
enum ChangesPage {
    /// Changesets of a page.
    private static let shownMax = 30
    /// Operations of each that are counted in words.
    static let operationsMax = 200

    static func show(_ visit: Visit) async throws -> Response {
        let lookup = try await RecordLookup(visit)
        var query = LogQuery(operationsMax: operationsMax)
        query.table = visit.query.filled("table")
        query.site = visit.query.filled("site")
        if let day = visit.query.filled("since") {
            guard let since = Self.day(day) else { throw PageError(status: .badRequest, key: "error_day") }
            query.since = since
        }
        let skipped = max(0, Int(visit.query["skip"] ?? "") ?? 0)
        let found = try await reports(lookup.node, query, skipping: skipped)
        let facts = ChangeFacts(lookup: lookup, visit: visit)
        var shown: Facts = [
            "changes": found.prefix(shownMax).map(facts.line), "since": visit.query["since"] ?? "",
            "none": found.isEmpty,
            "tables": lookup.tables.map { table in
                [
                    "value": table.name.text, "text": visit.labels.table(table.name),
                    "chosen": table.name.text == visit.query["table"],
                ] as Facts
            },
            "sites": lookup.members.sorted { $0.value < $1.value }.map { site, name in
                ["value": site.hex, "text": name, "chosen": site.hex == visit.query["site"]] as Facts
            },
        ]
        let rest = visit.query.fields.filter { $0.name != "skip" && $0.name != "lang" && !$0.value.isEmpty }
            .map { "\($0.name.urlEncoded)=\($0.value.urlEncoded)&" }.joined()
        if found.count > shownMax { shown["next"] = "/changes?\(rest)skip=\(skipped + shownMax)" }
        if skipped > 0 { shown["first"] = "/changes?\(rest)" }
        return await visit.page("changes", title: visit.text("place_changes"), at: .changes, shown)
    }

    /// The changesets that a query chooses, beginning with the newest.
    static func reports(
        _ node: Node, _ query: LogQuery, skipping: Int, max: Int = shownMax
    ) async throws(NodeError) -> [ChangesetReport] {
        let state = NIOLockedValueBox<(seen: Int, found: [ChangesetReport])>((0, []))
        try await node.reports.eachChangeset(query) { report in
            state.withLockedValue { state in
                state.seen += 1
                if state.seen > skipping { state.found.append(report) }
                return state.found.count <= max
            }
        }
        return state.withLockedValue { $0.found }
    }

    /// The beginning of a day such as `2026-05-12`, by local time.
    static func day(_ text: String) -> Int64? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, (1970...9999).contains(parts[0]), (1...12).contains(parts[1]),
            (1...31).contains(parts[2])
        else { return nil }
        let day = DateComponents(year: parts[0], month: parts[1], day: parts[2])
        return Calendar(identifier: .gregorian).date(from: day).map { Int64($0.timeIntervalSince1970 * 1000) }
    }
}

/// One changeset whole, and what taking it back would do.
enum ChangesetPage {
    /// Operations that are shown of one.
    private static let operationsMax = 200
    /// Rows of each list of an undo that are shown.
    private static let rowsMax = 100

    static func show(_ visit: Visit) async throws -> Response {
        let lookup = try await RecordLookup(visit)
        let name = visit.part("feed") + ":" + visit.part("seq")
        guard let report = try await find(lookup.node, visit) else {
            throw PageError(status: .notFound, key: "error_not_found")
        }
        let facts = ChangeFacts(lookup: lookup, visit: visit)
        var shown = facts.line(report)
        shown["operations"] = try await facts.operations(report)
        shown["more"] = report.operationCount > (report.operations?.count ?? 0)
        shown["name"] = name
        switch report.standing {
        case .counts: break
        case .void(let reason), .quarantined(let reason): shown["reason"] = reason.escaped()
        }
        if visit.query["undo"] == "1" {
            let plan = try await lookup.node.records.undo(.changesets([name]), isDry: true)
            shown["plan"] = try await Self.plan(plan, lookup, visit)
        } else {
            shown["ask"] = String.changeset((report.feed, report.seq)) + "?undo=1"
        }
        return await visit.page("changeset", title: visit.text("changeset_title"), at: .changes, shown)
    }

    private static func find(_ node: Node, _ visit: Visit) async throws -> ChangesetReport? {
        let (feed, seq) = (visit.part("feed"), UInt64(visit.part("seq")) ?? 0)
        let site = String(feed.prefix { $0 != "." && $0 != "~" })
        let found = NIOLockedValueBox<ChangesetReport?>(nil)
        let query = LogQuery(site: site, operationsMax: operationsMax)
        try await node.reports.eachChangeset(query) { report in
            guard report.seq == seq, report.feed.description == feed else { return true }
            found.withLockedValue { $0 = report }
            return false
        }
        return found.withLockedValue { $0 }
    }

    /// The three lists of an undo: what is taken back, what stays, and what cannot be put back.
    private static func plan(_ report: UndoReport, _ lookup: RecordLookup, _ visit: Visit) async throws -> Facts {
        let (restored, kept) = (report.restored.prefix(rowsMax), report.kept.prefix(rowsMax))
        let failed = report.failed.prefix(rowsMax)
        let names = try await lookup.names(of: restored.map(\.row) + kept.map(\.row) + failed.map(\.row))
        func row(_ name: RowName) -> Facts {
            [
                "table": visit.labels.table(name.table), "link": RecordLink.record(name.table, name.key),
                "name": names[name] ?? name.key.linkText,
            ]
        }
        func columns(_ names: [Identifier], _ table: Identifier) -> String {
            names.map { visit.labels.column($0, in: table) }.joined(separator: visit.language == .zh ? "、" : ", ")
        }
        return [
            "restored": restored.map { one -> Facts in
                row(one.row).merging([
                    "what": visit.text("undone_" + one.change.rawValue),
                    "columns": columns(one.columns, one.row.table),
                ]) { $1 }
            },
            "kept": kept.map { one -> Facts in
                row(one.row).merging([
                    "columns": columns(one.columns, one.row.table), "by": one.by.map(lookup.write),
                ]) { $1 }
            },
            "failed": failed.map { one -> Facts in row(one.row).merging(["reason": visit.said(one.reason)]) { $1 } },
            "restored_count": visit.language.text("undo_restored", count: report.restored.count),
            "kept_count": visit.language.text("undo_kept", count: report.kept.count),
            "failed_count": visit.language.text("undo_failed", count: report.failed.count),
            "nothing": report.restored.isEmpty,
        ]
    }

    /// Takes one changeset back.
    static func undo(_ visit: Visit) async throws -> Response {
        let report = try await visit.writer().records.undo(
            .changesets([visit.form["changeset"] ?? ""]), isDry: false)
        guard let made = report.changeset else {
            return await visit.done(visit.text("undo_nothing"), isWarning: true, at: "/changes")
        }
        var sentence = visit.language.text("undo_restored", count: report.restored.count)
        if !report.kept.isEmpty { sentence += " " + visit.language.text("undo_kept", count: report.kept.count) }
        if !report.failed.isEmpty { sentence += " " + visit.language.text("undo_failed", count: report.failed.count) }
        return await visit.done(sentence, undo: "\(made.feed):\(made.seq)", at: String.changeset(made))
    }
}
