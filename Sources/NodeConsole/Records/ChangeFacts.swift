import ReplicaModel
import SyncNode

/// Facts of one changeset for a template: who, when, and what in words.
struct ChangeFacts: Sendable {
    let lookup: RecordLookup
    let visit: Visit

    /// A line of a list.
    func line(_ report: ChangesetReport) -> Facts {
        [
            "who": report.name?.escaped() ?? lookup.name(of: report.feed.site),
            "when": visit.language.moment(report.stamp.milliseconds),
            "link": String.changeset((report.feed, report.seq)), "what": words(report),
            "void": report.standing != .counts,
        ]
    }

    /// The acts of a changeset in words: how many records of which table were entered, changed and deleted.
    private func words(_ report: ChangesetReport) -> String {
        var counts: [Identifier: [Int]] = [:]
        for operation in report.operations ?? [] {
            let place =
                switch operation.action {
                case .insert: 0
                case .update: 1
                case .delete: 2
                }
            counts[operation.table, default: [0, 0, 0]][place] += 1
        }
        let keys = ["did_insert", "did_update", "did_delete"]
        var parts: [String] = []
        for table in counts.keys.sorted() {
            for (place, count) in (counts[table] ?? []).enumerated() where count > 0 {
                parts.append(visit.language.text(keys[place], count: count, visit.labels.table(table)))
            }
        }
        let listed = report.operations?.count ?? 0
        if report.operationCount > listed {
            parts.append(visit.language.text("did_more", count: report.operationCount - listed))
        }
        return parts.joined(separator: visit.language == .zh ? "；" : "; ")
    }

    /// The operations of one changeset, each with the record that it was on.
    func operations(_ report: ChangesetReport) async throws(NodeError) -> [Facts] {
        let rows = (report.operations ?? []).map { RowName(table: $0.table, key: $0.key) }
        let referred = (report.operations ?? []).flatMap { operation -> [RowName] in
            guard let table = lookup.tables.first(where: { $0.name == operation.table }) else { return [] }
            switch operation.action {
            case .insert(let values), .update(let values): return lookup.rows(values, of: table)
            case .delete: return []
            }
        }
        let names = try await lookup.names(of: rows + referred)
        return (report.operations ?? []).map { operation in
            let definition = lookup.tables.first { $0.name == operation.table }
            let (act, values): (String, [Identifier: Value]) =
                switch operation.action {
                case .insert(let values): ("history_insert", values)
                case .update(let values): (values.isEmpty ? "history_keep" : "history_update", values)
                case .delete: ("history_delete", [:])
                }
            return [
                "act": visit.text(act), "table": visit.labels.table(operation.table),
                "name": names[RowName(table: operation.table, key: operation.key)] ?? operation.key.shownText,
                "link": RecordLink.record(operation.table, operation.key),
                "cells": cells(values, definition, names),
            ]
        }
    }

    private func cells(
        _ values: [Identifier: Value], _ table: TableDefinition?, _ names: [RowName: String]
    ) -> [Facts] {
        guard let table else { return [] }
        return table.columns.compactMap { column in
            guard let value = values[column.name], !value.isNull || values.count < 4 else { return nil }
            return [
                "label": visit.labels.column(column.name, in: table.name),
                "value": lookup.facts(value, column, in: table, rows: names, max: 200),
            ]
        }
    }
}
