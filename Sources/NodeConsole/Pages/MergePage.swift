import Hummingbird
import HTTPTypes
import ReplicaModel
import SyncNode

/// Two rows that are one thing, side by side, to be merged field by field.
struct MergePage: Sendable {
    private let visit: Visit
    private let lookup: RecordLookup
    private let table: TableDefinition
    private let goes: RecordReport
    private let stays: RecordReport

    /// - Parameter into: the key of the row that stays, as an address has it.
    private init(_ visit: Visit, into: String) async throws {
        self.visit = visit
        lookup = try await RecordLookup(visit)
        table = try lookup.table(visit.part("table"))
        try lookup.requireRight()
        let (node, name) = (lookup.node, table.name.text)
        let own = try await node.tables.key(visit.keyText, of: name)
        let other = try await node.tables.key(into, of: name)
        guard own != other else { throw PageError(status: .badRequest, key: "merge_itself") }
        guard let goes = try await node.records.record(table: name, key: own),
            let stays = try await node.records.record(table: name, key: other)
        else { throw PageError(status: .notFound, key: "deleted_since_settling") }
        (self.goes, self.stays) = (goes, stays)
    }

    static func show(_ visit: Visit) async throws -> Response {
        try await MergePage(visit, into: visit.query["into"] ?? "").page(chosen: [:], problem: nil)
    }

    /// - Parameter chosen: the side of each field that a person chose before.
    private func page(chosen: [Identifier: String], problem: FormProblem?) async throws -> Response {
        let labels = visit.labels
        let names = labels.nameColumns(of: table)
        let rows = lookup.rows(stays.values, of: table) + lookup.rows(goes.values, of: table)
        let referred = try await lookup.names(of: rows)
        let fields: [Facts] = table.valueColumns.compactMap { column in
            let (one, other) = (stays.values[column.name] ?? .null, goes.values[column.name] ?? .null)
            guard !(one.isNull && other.isNull) else { return nil }
            return [
                "label": labels.column(column.name, in: table.name), "name": column.name.text,
                "stays": text(one, column, referred), "goes": text(other, column, referred),
                "differs": one != other, "takes": chosen[column.name].map { $0 == "goes" } ?? one.isNull,
            ]
        }
        func name(_ record: RecordReport) -> String {
            labels.name(names.map { record.values[$0] ?? .null }, key: record.key)
        }
        var facts: Facts = [
            "table": labels.table(table.name), "fields": fields, "stays": name(stays), "goes": name(goes),
            "stays_key": stays.key.shownText, "goes_key": goes.key.shownText,
            "action": RecordLink.path("merge", table.name, goes.key), "into": stays.key.linkText,
            "stays_link": RecordLink.record(table.name, stays.key),
            "goes_link": RecordLink.record(table.name, goes.key),
            "version": NodeTables.settlingVersion(of: goes), "into_version": NodeTables.settlingVersion(of: stays),
        ]
        if let problem { facts["error"] = problem.facts }
        return await visit.page(
            "merge", title: visit.text("merge_title"), at: .conflicts, facts, status: problem?.status ?? .ok)
    }

    private func text(_ value: Value, _ column: ColumnDefinition, _ names: [RowName: String]) -> String {
        guard !value.isNull else { return "—" }
        return lookup.facts(value, column, in: table, rows: names, max: Labels.longMax)["text"] as? String ?? "—"
    }

    static func merge(_ visit: Visit) async throws -> Response {
        let page = try await MergePage(visit, into: visit.form["into"] ?? "")
        let sides = visit.form.values(behind: "take.").map { (Identifier($0.name), $0.value) }
        let chosen = Dictionary(sides, uniquingKeysWith: { first, _ in first })
        let taken = chosen.filter { $0.value == "goes" }.keys.sorted()
        let (goes, stays) = (page.goes.key, page.stays.key)
        do {
            let done = try await visit.writer().tables.settle(
                .mergeInto(key: stays, taking: taken), table: page.table.name, key: goes,
                shown: [(goes, visit.form["version"] ?? ""), (stays, visit.form["into_version"] ?? "")])
            guard case .written = done.outcome else {
                let now = try await MergePage(visit, into: visit.form["into"] ?? "")
                return try await now.page(
                    chosen: chosen, problem: FormProblem(visit.text("conflict_changed_since"), .conflict))
            }
            return await visit.done(
                visit.text("done_merged"), undo: done.changeset.map { "\($0.feed):\($0.seq)" },
                at: RecordLink.record(page.table.name, stays))
        } catch let error as NodeError {
            return try await page.page(chosen: chosen, problem: FormProblem(error, visit, breaking: .conflict))
        }
    }
}
