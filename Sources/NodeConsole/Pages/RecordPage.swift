import Foundation
import Hummingbird
import ReplicaModel
import SyncNode

/// The page of a record: its fields, its conflicts in place, what it refers to and what refers to it, and its history.
struct RecordPage: Sendable {
    private let visit: Visit
    private let lookup: RecordLookup
    private let table: TableDefinition

    /// Rows that are listed of each table that refers to the record.
    private static let referrersMax = 10
    /// Versions that are listed, the newest of them.
    private static let versionsMax = 100

    static func show(_ visit: Visit) async throws -> Response {
        let lookup = try await RecordLookup(visit)
        return try await RecordPage(
            visit: visit, lookup: lookup, table: try lookup.table(visit.part("table"))
        ).response()
    }

    private func response() async throws -> Response {
        let tables = lookup.node.tables
        let key = try await tables.key(visit.keyText, of: table.name.text)
        guard let record = try await lookup.node.records.record(table: table.name.text, key: key) else {
            // Somebody may have written the address by hand, where the row that is meant has another.
            let meant = try await tables.meantKey(visit.keyText, of: table.name.text)
            return meant == key ? try await absent(key) : .seeOther(RecordLink.record(table.name, meant))
        }
        let nameColumns = visit.labels.nameColumns(of: table)
        let names = nameColumns.map { value($0, record) }
        let name = try await lookup.name(of: record.key, in: table.name)
        var facts: Facts = [
            "table": visit.labels.table(table.name), "list": RecordLink.list(table.name),
            "key": record.key.shownText, "edit": RecordLink.path("edit", table.name, record.key),
            "delete": RecordLink.path("delete", table.name, record.key),
            "history_link": RecordLink.record(table.name, record.key, "history=1") + "#history",
            "who_link": RecordLink.record(table.name, record.key, "who=1"),
            "here": RecordLink.record(table.name, record.key), "may_write": lookup.refusal == nil,
        ]
        if let refusal = lookup.refusal { facts["refusal"] = visit.told(refusal) }
        let others = visit.labels.otherNames(names)
        if !others.isEmpty { facts["others"] = others.joined(separator: " · ") }
        facts["who"] = visit.query["who"] == "1"
        facts["fields"] = try await fields(record)
        facts["conflicts"] = try await rowConflicts(record)
        facts["referrers"] = try await referrers(record.key)
        // A page that asks by itself takes over what follows what is written; the history does not.
        if visit.query["history"] == "1", !visit.isFollowing {
            facts["history"] = try await history(key)
            facts["has_history"] = true
        }
        return await visit.page("record", title: name, at: .records, facts)
    }

    /// The page of a record that was deleted, or that nobody ever wrote.
    private func absent(_ key: [Value]) async throws -> Response {
        var facts: Facts = [
            "table": visit.labels.table(table.name), "list": RecordLink.list(table.name), "gone": true,
            "key": key.shownText, "here": "", "asked": false,
            "history_link": RecordLink.record(table.name, key, "history=1"),
        ]
        // Nothing leads from a key to its versions: they are looked for in the whole log, where somebody asks for them.
        if visit.query["history"] == "1", !visit.isFollowing {
            let versions = try await history(key)
            facts["history"] = versions
            facts["has_history"] = !versions.isEmpty
            facts["asked"] = true
            facts["never"] = versions.isEmpty
        }
        return await visit.page("record", title: key.shownText, at: .records, facts, status: .notFound)
    }

    private func value(_ column: Identifier, _ record: RecordReport) -> Value {
        if let place = table.key.firstIndex(of: column), place < record.key.count { return record.key[place] }
        return record.values[column] ?? .null
    }

    private func fields(_ record: RecordReport) async throws -> [Facts] {
        var out: [Facts] = []
        let computed = table.columns.filter { $0.generated != nil }.map(\.name)
        let found = try await lookup.node.tables.values(of: computed, in: table.name, keys: [record.key]).first ?? nil
        let generated = Dictionary(zip(computed, found ?? []), uniquingKeysWith: { first, _ in first })
        for column in table.columns {
            let value = generated[column.name] ?? value(column.name, record)
            var names: [[Value]: String] = [:]
            if let reference = lookup.reference(of: column.name, in: table), !value.isNull,
                let target = lookup.target(of: reference)
            {
                names = try await lookup.names(of: [[value]], in: target)
            }
            let shown =
                visit.query["all"] == "1"
                ? lookup.facts(value, column, in: table, names: names)
                : lookup.cutFacts(
                    value, column, in: table, names: names,
                    whole: RecordLink.record(table.name, record.key, "all=1"))
            var facts: Facts = [
                "label": visit.labels.column(column.name, in: table.name), "value": shown,
                "isLong": value.hasLines,
            ]
            if column.generated != nil { facts["computed"] = true }
            if let writer = record.writers[column.name] { facts["writer"] = lookup.write(writer) }
            for report in record.reports {
                guard case .cell(column.name, _, _) = report.kind else { continue }
                facts["conflict"] = try await ConflictFacts(lookup, visit, record: record).facts(report)
            }
            out.append(facts)
        }
        return out
    }

    private func rowConflicts(_ record: RecordReport) async throws -> [Facts] {
        var out: [Facts] = []
        for report in record.reports {
            if case .cell = report.kind { continue }
            out.append(try await ConflictFacts(lookup, visit, record: record).facts(report))
        }
        return out
    }

    private func referrers(_ key: [Value]) async throws -> [Facts] {
        let labels = visit.labels
        let found = try await lookup.node.tables.referrers(
            to: table.name, key: key, columns: { labels.nameColumns(of: $0) }, rowsMax: Self.referrersMax)
        let listed = try await lookup.names(of: found)
        return found.map { report in
            var facts: Facts = [
                "table": labels.table(report.table), "column": labels.column(report.column, in: report.table),
                "rows": report.rows.map { row in
                    [
                        "link": RecordLink.record(report.table, row.key),
                        "name": listed[RowName(table: report.table, key: row.key)]
                            ?? labels.name(row.values, key: row.key),
                    ] as Facts
                },
            ]
            if report.hasMore, key.count == 1 {
                facts["more"] =
                    RecordLink.list(report.table) + "?f." + report.column.text.urlEncoded + "="
                    + key[0].plainText.urlEncoded
            }
            return facts
        }
    }

    /// The versions of the record, newest first, each with what it wrote and with the record as it was then.
    private func history(_ key: [Value]) async throws -> [Facts] {
        let versions = try await visit.searcher().records.history(table: table.name.text, key: key)
        let referred = versions.flatMap { version -> [RowName] in
            switch version.action {
            case .insert(let values), .update(let values): lookup.rows(values, of: table)
            case .delete: []
            }
        }
        let names = try await lookup.names(of: referred)
        var then: [Identifier: Value] = [:]
        var out: [Facts] = []
        for (number, version) in versions.enumerated() {
            var wrote: [Identifier: Value] = [:]
            var act = "history_delete"
            switch version.action {
            case .insert(let values): (wrote, act) = (values, "history_insert")
            case .update(let values): (wrote, act) = (values, values.isEmpty ? "history_keep" : "history_update")
            case .delete: break
            }
            if version.standing == .counts {
                if case .delete = version.action { then = [:] } else { then.merge(wrote) { $1 } }
            }
            var facts = lookup.write(version.write)
            facts["act"] = visit.text(act)
            facts["void"] = version.standing != .counts
            facts["apart"] = !version.concurrentWith.isEmpty
            facts["cells"] = cells(wrote, names)
            facts["then"] = visit.query["then"] == "\(number)" ? cells(then, names) : [Facts]()
            facts["then_link"] = RecordLink.record(table.name, key, "history=1&then=\(number)") + "#v\(number)"
            facts["number"] = number
            out.append(facts)
        }
        return Array(out.suffix(Self.versionsMax).reversed())
    }

    private func cells(_ values: [Identifier: Value], _ names: [RowName: String]) -> [Facts] {
        table.columns.compactMap { column in
            guard let value = values[column.name] else { return nil }
            return [
                "label": visit.labels.column(column.name, in: table.name),
                "value": lookup.facts(value, column, in: table, rows: names, max: 300),
            ]
        }
    }
}
