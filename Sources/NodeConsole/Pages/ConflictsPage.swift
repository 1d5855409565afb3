import Foundation
import Hummingbird
import NIOConcurrencyHelpers
import ReplicaModel
import SyncNode

/// The page of everything that needs a decision, and the forms that settle it.
enum ConflictsPage {
    /// Reports of a page.
    private static let shownMax = 20
    /// Milliseconds for which reports are counted by kind and table.
    private static let countingMax: Int64 = 50

    static func show(_ visit: Visit) async throws -> Response {
        let lookup = try await RecordLookup(visit)
        let (table, kind) = (visit.query.filled("table"), visit.query.filled("kind"))
        let place = try await self.place(visit, lookup.node)
        let (found, hasMore) = try await reports(lookup.node, table, kind, behind: place)
        let (counts, isCut) = try await count(lookup.node)
        var shown: [Facts] = []
        for report in found { shown.append(try await ConflictFacts(lookup, visit).facts(report)) }
        let total = counts.values.reduce(0, +)
        var facts: Facts = [
            "conflicts": shown, "sentence": visit.language.text("n_conflicts", count: total),
            "many": isCut, "kinds": kinds(counts, visit), "tables": tables(counts, visit),
            "none": shown.isEmpty, "filtered": table != nil || kind != nil, "table_name": table ?? "",
            "kind_name": kind ?? "",
        ]
        facts["mergeable"] = (kind ?? "duplicate") == "duplicate" && counts.keys.contains { $0.kind == "duplicate" }
        if hasMore, let last = found.last { facts["next"] = address(table, kind, behind: last) }
        if place != nil { facts["first"] = address(table, kind) }
        facts["sites"] = try await lookup.node.reports.members().map {
            ["hex": $0.site.hex, "name": $0.name.escaped()] as Facts
        }
        return await visit.page("conflicts", title: visit.text("place_conflicts"), at: .conflicts, facts)
    }

    private struct Bucket: Hashable {
        let kind: String
        let table: Identifier
    }

    /// The place that the address names: behind which report the page begins.
    private static func place(_ visit: Visit, _ node: Node) async throws -> ConflictPlace? {
        guard let text = visit.query.filled("after"), let table = visit.query.filled("in") else { return nil }
        return ConflictPlace(
            table: Identifier(table), key: try await node.tables.key(text, of: table),
            kindName: visit.query["of"] ?? "", part: visit.query["part"] ?? "")
    }

    /// The reports of one page.
    private static func reports(
        _ node: Node, _ table: String?, _ kind: String?, behind place: ConflictPlace?
    ) async throws(NodeError) -> (found: [ConflictReport], hasMore: Bool) {
        let state = NIOLockedValueBox<(found: [ConflictReport], hasMore: Bool)>(([], false))
        try await node.reports.eachConflict(table: table, kind: kind, after: place) { report in
            state.withLockedValue { state in
                state.hasMore = state.found.count >= shownMax
                if !state.hasMore { state.found.append(report) }
                return !state.hasMore
            }
        }
        return state.withLockedValue { $0 }
    }

    /// How many are open by kind and table, and whether there are more than could be counted in time.
    private static func count(_ node: Node) async throws(NodeError) -> (counts: [Bucket: Int], isCut: Bool) {
        let state = NIOLockedValueBox<(counts: [Bucket: Int], isCut: Bool)>(([:], false))
        let end = Clock.now + countingMax
        try await node.reports.eachConflict(table: nil, kind: nil) { report in
            state.withLockedValue { state in
                state.counts[Bucket(kind: report.kindName, table: report.table), default: 0] += 1
                state.isCut = Clock.now > end
                return !state.isCut
            }
        }
        return state.withLockedValue { $0 }
    }

    /// How many are open of each kind, for a template.
    static func kinds(of node: Node, _ visit: Visit) async throws(NodeError) -> [Facts] {
        kinds(try await count(node).counts, visit)
    }

    private static func kinds(_ counts: [Bucket: Int], _ visit: Visit) -> [Facts] {
        ["cell", "deleted-edited", "kept", "duplicate", "invalid"].compactMap { kind in
            let count = counts.filter { $0.key.kind == kind }.values.reduce(0, +)
            guard count > 0 else { return nil }
            return [
                "name": visit.text("conflict_" + kind), "count": visit.language.number(count),
                "link": "/conflicts?kind=" + kind, "current": visit.query["kind"] == kind,
            ]
        }
    }

    private static func tables(_ counts: [Bucket: Int], _ visit: Visit) -> [Facts] {
        Set(counts.keys.map(\.table)).sorted().map { table in
            [
                "name": visit.labels.table(table), "link": address(table.text, visit.query.filled("kind")),
                "count": visit.language.number(counts.filter { $0.key.table == table }.values.reduce(0, +)),
                "current": visit.query["table"] == table.text,
            ]
        }
    }

    private static func address(_ table: String?, _ kind: String?, behind last: ConflictReport? = nil) -> String {
        var parts: [String] = []
        if let table { parts.append("table=" + table.urlEncoded) }
        if let kind { parts.append("kind=" + kind.urlEncoded) }
        if let last {
            parts += ["after=" + last.key.linkText.urlEncoded, "in=" + last.table.text.urlEncoded]
            parts += ["of=" + last.kindName.urlEncoded, "part=" + last.place.part.urlEncoded]
        }
        return "/conflicts" + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
    }

    // MARK: Settling

    /// Settles one report.
    static func settle(_ visit: Visit) async throws -> Response {
        let lookup = try await RecordLookup(visit)
        let table = try lookup.table(visit.form["table"] ?? "")
        let node = try await visit.writer()
        let key = try await node.tables.key(visit.form["key"] ?? "", of: table.name.text)
        guard let wanted = resolution(visit.form, table, FieldFacts(lookup: lookup, visit: visit, table: table)) else {
            throw PageError(status: .badRequest, key: "error_usage")
        }
        let made = try await node.tables.settle(wanted, table: table.name, key: key)
        let back = visit.form["back"] ?? ""
        return await visit.done(
            visit.text("done_settled"), undo: made.map { "\($0.feed):\($0.seq)" },
            at: back.hasPrefix("/") && !back.hasPrefix("//") ? back : "/conflicts")
    }

    private static func resolution(_ form: Form, _ table: TableDefinition, _ fields: FieldFacts) -> Resolution? {
        let column = form.filled("column").flatMap { table.column(Identifier($0)) }
        switch form["act"] {
        case "keep": return .keepRow
        case "delete": return .deleteRow
        case "take":
            guard let column, let site = SiteID(hex: form["site"] ?? "") else { return nil }
            return .takeSite(column: column.name, site: site)
        case "value":
            guard let column, let text = form["value"] else { return nil }
            return .value(
                column: column.name, literal: fields.value(FieldFacts.normal(text), of: column).sqlLiteral)
        default: return nil
        }
    }

    /// Settles all that a filter chooses.
    static func settleAll(_ visit: Visit) async throws -> Response {
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
            resolution, table: visit.form.filled("table"), kind: kind, isDry: false)
        let sentence = visit.language.text("done_settled_many", count: report.settled)
        let rest = report.left.isEmpty ? "" : " " + visit.language.text("left_open", count: report.left.count)
        return await visit.done(
            sentence + rest, undo: report.changeset.map { "\($0.feed):\($0.seq)" }, at: "/conflicts")
    }
}

extension Value {
    /// The value as an SQL literal that any text survives.
    var sqlLiteral: String {
        switch self {
        case .null: "NULL"
        case .integer(let integer): String(integer)
        case .real(let real): "\(real)"
        case .text(let bytes):
            "'" + String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "'", with: "''") + "'"
        case .blob(let bytes): "X'" + Secret.hexadecimal(bytes) + "'"
        }
    }
}

/// Two rows that are one thing, side by side, to be merged field by field.
enum MergePage {
    static func show(_ visit: Visit) async throws -> Response {
        let lookup = try await RecordLookup(visit)
        let table = try lookup.table(visit.part("table"))
        let records = lookup.node.records
        let goes = try await records.record(table: table.name.text, keyText: visit.keyText)
        let stays = try await records.record(table: table.name.text, keyText: visit.query["into"] ?? "")
        let labels = visit.labels
        let names = labels.nameColumns(of: table)
        let fields: [Facts] = table.valueColumns.compactMap { column in
            let (one, other) = (stays.values[column.name] ?? .null, goes.values[column.name] ?? .null)
            guard !(one.isNull && other.isNull) else { return nil }
            return [
                "label": labels.column(column.name, in: table.name), "name": column.name.text,
                "stays": labels.plain(one), "goes": labels.plain(other), "differs": one != other,
                "takes": one.isNull,
            ]
        }
        func name(_ record: RecordReport) -> String {
            labels.name(names.map { record.values[$0] ?? .null }, key: record.key)
        }
        return await visit.page(
            "merge", title: visit.text("merge_title"), at: .conflicts,
            [
                "table": labels.table(table.name), "fields": fields, "stays": name(stays), "goes": name(goes),
                "action": RecordLink.path("merge", table.name, goes.key), "into": stays.key.linkText,
                "stays_link": RecordLink.record(table.name, stays.key),
                "goes_link": RecordLink.record(table.name, goes.key),
            ])
    }

    static func merge(_ visit: Visit) async throws -> Response {
        let lookup = try await RecordLookup(visit)
        let table = try lookup.table(visit.part("table"))
        let node = try await visit.writer()
        let goes = try await node.tables.key(visit.keyText, of: table.name.text)
        let stays = try await node.tables.key(visit.form["into"] ?? "", of: table.name.text)
        let taken = visit.form.values(behind: "take.").filter { $0.value == "goes" }.map { Identifier($0.name) }
        let made = try await node.tables.settle(.mergeInto(key: stays, taking: taken), table: table.name, key: goes)
        return await visit.done(
            visit.text("done_merged"), undo: made.map { "\($0.feed):\($0.seq)" },
            at: RecordLink.record(table.name, stays))
    }
}
