import Foundation
import Hummingbird
import ReplicaModel
import SyncNode

/// The page of changesets, newest first.
enum ChangesPage {
    static func show(_ visit: Visit) async throws -> Response {
        let lookup = try await RecordLookup(visit)
        var query = ChangeQuery(table: try visit.query.filled("table").map { try lookup.table($0).name })
        if let site = visit.query.filled("site") {
            guard let site = SiteID(hex: site) else { throw PageError(status: .notFound, key: "error_not_found") }
            query.site = site
        }
        let day = visit.query.filled("since")
        query.since = day.flatMap(Self.day)
        let isNoDay = day != nil && query.since == nil
        query.behind = try behind(visit)
        let page = isNoDay ? ChangePage() : try await lookup.node.tables.changes(query)
        let facts = ChangeFacts(lookup: lookup, visit: visit)
        var shown: Facts = [
            "changes": page.changes.map(facts.line), "since": visit.query["since"] ?? "",
            "none": page.changes.isEmpty && page.pausedAt == nil && !isNoDay,
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
        let rest = visit.query.fields.filter { $0.name != "behind" && $0.name != "lang" && !$0.value.isEmpty }
            .map { "\($0.name.urlEncoded)=\($0.value.urlEncoded)&" }.joined()
        func link(_ place: (feed: FeedID, seq: UInt64)) -> String {
            "/changes?\(rest)behind=" + "\(place.feed):\(place.seq)".urlEncoded
        }
        if let paused = page.pausedAt {
            let sentence = visit.language.text("changes_paused", count: page.lookedAt)
            shown["paused"] = ["sentence": sentence, "link": link(paused)] as Facts
        } else if page.hasMore, let last = page.changes.last {
            shown["next"] = link((last.feed, last.seq))
        }
        if query.behind != nil { shown["first"] = "/changes?\(rest)" }
        if isNoDay { shown["wrong"] = visit.text("error_day") }
        return await visit.page(
            "changes", title: visit.text("place_changes"), at: .changes, shown, status: isNoDay ? .badRequest : .ok)
    }

    /// The changeset behind which the page begins, as the address has it: FEED:SEQ.
    private static func behind(_ visit: Visit) throws -> (feed: String, seq: UInt64)? {
        guard let text = visit.query.filled("behind") else { return nil }
        guard let colon = text.lastIndex(of: ":"), let seq = UInt64(text[text.index(after: colon)...]) else {
            throw PageError(status: .badRequest, key: "error_usage")
        }
        return (String(text[..<colon]), seq)
    }

    /// The beginning of a day such as `2026-05-12`, by local time.
    static func day(_ text: String) -> Int64? {
        guard text.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || (48...57).contains($0) }) else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        guard parts.count == 3, (1000...2999).contains(parts[0]) else { return nil }
        let calendar = Calendar(identifier: .gregorian)
        guard let start = calendar.date(from: DateComponents(year: parts[0], month: parts[1], day: parts[2])) else {
            return nil
        }
        // A calendar takes 31 February for a day in March.
        let found = calendar.dateComponents([.year, .month, .day], from: start)
        guard [found.year, found.month, found.day] == parts.map(Optional.some) else { return nil }
        return Int64(start.timeIntervalSince1970 * 1000)
    }
}

/// The page of one changeset, whole, and what taking it back would do.
enum ChangesetPage {
    /// Operations that are shown of one.
    private static let operationsMax = 200
    /// Operations of a changeset of which is tried out what undo would do: ten thousand take half a second, a million
    /// take a minute and half a gigabyte.
    private static let triedMax = 10_000
    /// Rows of each list of an undo that are shown.
    private static let rowsMax = 100

    static func show(_ visit: Visit) async throws -> Response {
        let lookup = try await RecordLookup(visit)
        let name = visit.part("feed") + ":" + visit.part("seq")
        guard
            let report = try await lookup.node.tables.changeset(
                feed: visit.part("feed"), seq: UInt64(visit.part("seq")) ?? 0, operationsMax: operationsMax)
        else {
            throw PageError(status: .notFound, key: "error_not_found")
        }
        let facts = ChangeFacts(lookup: lookup, visit: visit)
        var shown = facts.line(report)
        shown["operations"] = try await facts.operations(report)
        shown["more"] = report.operationCount > (report.operations?.count ?? 0)
        shown["name"] = name
        switch report.standing {
        case .counts: break
        case .void(let reason), .quarantined(let reason): shown["reason"] = visit.told(reason)
        }
        if visit.query["undo"] == "1", report.operationCount > triedMax {
            shown["untried"] =
                [
                    "sentence": visit.language.text("undo_untried", count: report.operationCount),
                    "command": "caravan undo \(report.feed):\(report.seq) --dry-run",
                ] as Facts
        } else if visit.query["undo"] == "1" {
            let plan = try await visit.searcher().records.undo(.changesets([name]), isDry: true)
            shown["plan"] = try await Self.plan(plan, lookup, visit)
        } else {
            shown["ask"] = String.changeset((report.feed, report.seq)) + "?undo=1"
        }
        return await visit.page("changeset", title: visit.text("changeset_title"), at: .changes, shown)
    }

    /// The three lists of an undo: what is taken back, what stays, and what cannot be put back.
    private static func plan(_ report: UndoReport, _ lookup: RecordLookup, _ visit: Visit) async throws -> Facts {
        let (restored, kept) = (report.restored.prefix(rowsMax), report.kept.prefix(rowsMax))
        let failed = report.failed.prefix(rowsMax)
        let names = try await lookup.names(of: restored.map(\.row) + kept.map(\.row) + failed.map(\.row))
        func row(_ name: RowName) -> Facts {
            [
                "table": visit.labels.table(name.table), "link": RecordLink.record(name.table, name.key),
                "name": names[name] ?? name.key.shownText,
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
            "failed": failed.map { one -> Facts in row(one.row).merging(["reason": visit.told(one.reason)]) { $1 } },
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
