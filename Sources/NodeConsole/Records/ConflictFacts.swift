import ReplicaModel
import SyncNode

/// Facts of one conflict for a template: both sides, who and when, and what one can do about it.
struct ConflictFacts: Sendable {
    private let lookup: RecordLookup
    private let visit: Visit

    init(_ lookup: RecordLookup, _ visit: Visit) {
        self.lookup = lookup
        self.visit = visit
    }

    func facts(_ report: ConflictReport) async throws(NodeError) -> Facts {
        let labels = visit.labels
        var facts: Facts = [
            "kind": visit.text("conflict_" + report.kindName), "table": labels.table(report.table),
            "table_name": report.table.text, "key": report.key.linkText,
            "link": RecordLink.record(report.table, report.key),
            "name": try await lookup.name(of: report.key, in: report.table),
            "back": visit.request.method == .get ? visit.request.uri.string : "/conflicts",
        ]
        switch report.kind {
        case .cell(let column, let shown, let candidates):
            facts["cell"] = try await cell(report, column, shown, candidates)
        case .deletedEdited(let deletes):
            facts["row"] =
                [
                    "writes": deletes.map(lookup.write), "sentence": visit.text("conflict_deleted_sentence"),
                    "edits": try await edits(report),
                ] as Facts
        case .kept(let rows):
            var shown: [Facts] = []
            for row in rows.prefix(10) {
                let name = try await lookup.name(of: row.key, in: row.table)
                shown.append([
                    "link": RecordLink.record(row.table, row.key), "name": name, "table": labels.table(row.table),
                ])
            }
            facts["row"] = ["referrers": shown, "sentence": visit.text("conflict_kept_sentence")] as Facts
        case .duplicate(let index, let keys):
            facts["duplicate"] = try await duplicate(report, index, keys)
        case .invalid(let constraint):
            facts["invalid"] = [
                "constraint": constraint.escaped(), "edit": RecordLink.path("edit", report.table, report.key),
                "rules": rules(constraint, of: report.table),
            ]
        }
        return facts
    }

    /// Fields that are listed of an edit that a delete had not seen.
    private static let editsMax = 10

    /// The fields of a row that hold what no delete of it had seen, each with its writer.
    private func edits(_ report: ConflictReport) async throws(NodeError) -> [Facts] {
        guard let table = lookup.tables.first(where: { $0.name == report.table }),
            let record = try await lookup.node.records.record(table: table.name.text, key: report.key)
        else { return [] }
        let written = table.columns.filter { record.living.contains($0.name) }.prefix(Self.editsMax)
        let values = record.values.filter { name, _ in written.contains { $0.name == name } }
        let names = try await lookup.names(of: lookup.rows(values, of: table))
        return written.map { column in
            var out = record.writers[column.name].map(lookup.write) ?? [:]
            out["label"] = visit.labels.column(column.name, in: table.name)
            out["value"] = lookup.facts(values[column.name] ?? .null, column, in: table, rows: names, max: 300)
            return out
        }
    }

    /// Sentences that say what a rule means for each field of which it speaks.
    private func rules(_ constraint: String, of name: Identifier) -> [Facts] {
        guard let table = lookup.tables.first(where: { $0.name == name }) else { return [] }
        let checks = FieldChecks(fields: FieldFacts(lookup: lookup, visit: visit, table: table))
        return checks.after(FieldChecks.checkFailed + constraint).sorted { $0.key < $1.key }.map { column, sentence in
            ["label": visit.labels.column(column, in: name), "text": sentence]
        }
    }

    private func cell(
        _ report: ConflictReport, _ column: Identifier, _ shown: Value, _ candidates: [ConflictReport.Candidate]
    ) async throws(NodeError) -> Facts {
        let table = lookup.tables.first { $0.name == report.table }
        let definition = table?.column(column)
        var texts: [String] = []
        for candidate in candidates {
            if let table, let definition {
                texts.append(try await lookup.text(candidate.value, definition, in: table))
            } else {
                texts.append(visit.labels.plain(candidate.value))
            }
        }
        let marks = LongDifference(texts)
        let sides = candidates.enumerated().map { number, candidate in
            var side = lookup.write(candidate.write)
            side["site"] = candidate.write.site.hex
            side["shown"] = candidate.value == shown
            side["empty"] = candidate.value.isNull
            (side["before"], side["differs"], side["after"]) = marks.parts(of: texts[number])
            return side
        }
        return [
            "column": visit.labels.column(column, in: report.table), "column_name": column.text, "sides": sides,
            "value": FieldFacts.text(shown),
        ]
    }

    private func duplicate(
        _ report: ConflictReport, _ index: Identifier, _ keys: [[Value]]
    ) async throws(NodeError) -> Facts {
        var rows: [Facts] = []
        for key in keys.prefix(10) {
            let name = try await lookup.name(of: key, in: report.table)
            var row: Facts = ["link": RecordLink.record(report.table, key), "name": name]
            if name != key.linkText { row["key"] = key.linkText }
            if key != report.key {
                let path = RecordLink.path("merge", report.table, key)
                row["merge"] = path + (path.contains("?") ? "&" : "?") + "into=" + report.key.linkText.urlEncoded
            }
            rows.append(row)
        }
        return ["index": index.text.escaped(), "rows": rows]
    }
}

/// The beginning and the end that several texts have in common, so that a reader sees where they differ.
struct LongDifference {
    private let before: Int
    private let after: Int

    init(_ texts: [String]) {
        let all: [[Character]] = texts.map { Array($0) }
        let least = all.map(\.count).min() ?? 0
        guard all.count > 1, let first = all.first, least > 8 else {
            (before, after) = (0, 0)
            return
        }
        var start = 0
        while start < least, all.allSatisfy({ $0[start] == first[start] }) { start += 1 }
        let (backward, last) = (all.map { Array($0.reversed()) }, Array(first.reversed()))
        var end = 0
        while end < least - start, backward.allSatisfy({ $0[end] == last[end] }) { end += 1 }
        (before, after) = (start, end)
    }

    /// The common beginning, what differs, and the common end of one of the texts.
    func parts(of text: String) -> (String, String, String) {
        let all = Array(text)
        guard all.count >= before + after else { return ("", text, "") }
        return (String(all[..<before]), String(all[before..<(all.count - after)]), String(all[(all.count - after)...]))
    }
}
