import ReplicaModel
import SyncNode

/// Facts of one conflict for a template: both sides, who and when, and what one can do about it.
struct ConflictFacts: Sendable {
    private let lookup: RecordLookup
    private let visit: Visit
    private let record: RecordReport?

    /// Rows that a field for another value offers as a list: a page has many such fields.
    static let choicesMax = 20

    /// - Parameter record: the record of which the conflicts are, where it is known; else each is looked up.
    init(_ lookup: RecordLookup, _ visit: Visit, record: RecordReport? = nil) {
        self.lookup = lookup
        self.visit = visit
        self.record = record
    }

    func facts(_ report: ConflictReport) async throws(NodeError) -> Facts {
        let labels = visit.labels
        let record = try await record(of: report)
        var facts: Facts = [
            "kind": visit.text("conflict_" + report.kindName), "table": labels.table(report.table),
            "table_name": report.table.text, "key": report.key.linkText,
            "link": RecordLink.record(report.table, report.key),
            "name": try await lookup.name(of: report.key, in: report.table),
            "back": visit.request.method == .get ? visit.request.uri.string : visit.form["back"] ?? "/conflicts",
            "version": record.map(NodeTables.settlingVersion) ?? "", "may_write": lookup.refusal == nil,
        ]
        switch report.kind {
        case .cell(let column, let shown, let candidates):
            facts["cell"] = try await cell(report, record, column, shown, candidates)
        case .deletedEdited(let deletes):
            facts["row"] =
                [
                    "writes": deletes.map(lookup.write), "sentence": visit.text("conflict_deleted_sentence"),
                    "edits": try await edits(report, record),
                ] as Facts
        case .kept(let rows):
            var shown: [Facts] = []
            for row in rows.prefix(10) {
                let name = try await lookup.name(of: row.key, in: row.table)
                shown.append([
                    "link": RecordLink.record(row.table, row.key), "name": name, "table": labels.table(row.table),
                ])
            }
            var row: Facts = ["referrers": shown, "sentence": visit.text("conflict_kept_sentence")]
            row["last"] = record?.lastWrite.map(lookup.write)
            facts["row"] = row
        case .duplicate(let index, let keys):
            facts["duplicate"] = try await duplicate(report, index, keys)
        case .invalid(let constraint):
            var invalid: Facts = [
                "constraint": constraint.escaped(), "edit": RecordLink.path("edit", report.table, report.key),
                "rules": rules(constraint, of: report.table),
            ]
            invalid["last"] = record?.lastWrite.map(lookup.write)
            facts["invalid"] = invalid
        }
        return facts
    }

    private func record(of report: ConflictReport) async throws(NodeError) -> RecordReport? {
        if let record, record.key == report.key, record.table == report.table { return record }
        return try await lookup.node.records.record(table: report.table.text, key: report.key)
    }

    /// The field by which another value is written into a column of a record; nil where none can be typed.
    ///
    /// - Parameter wrong: the sentence on what is wrong with what was typed.
    func field(
        _ column: ColumnDefinition, of record: RecordReport, _ typed: String, wrong: String? = nil
    ) async throws(NodeError) -> Facts? {
        guard let table = lookup.tables.first(where: { $0.name == record.table }) else { return nil }
        let fields = FieldFacts(lookup: lookup, visit: visit, table: table, choicesMax: Self.choicesMax)
        var content = FieldFacts.Content(typed: [column.name: typed], stored: record.values)
        if let wrong { content.errors[column.name] = wrong }
        var facts = try await fields.field(column, content)
        guard facts["fixed"] == nil else { return nil }
        facts["field"] = "value"
        // Several fields of one name may stand on a page.
        let place = record.table.text + "\u{0}" + record.key.linkText + "\u{0}" + column.name.text
        facts["id"] = "c" + Secret.hash(place).prefix(12)
        return facts
    }

    /// Fields that are listed of an edit that a delete had not seen.
    private static let editsMax = 10

    /// The fields of a row that hold what no delete of it had seen, each with its writer.
    private func edits(_ report: ConflictReport, _ record: RecordReport?) async throws(NodeError) -> [Facts] {
        guard let table = lookup.tables.first(where: { $0.name == report.table }), let record else { return [] }
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
        _ report: ConflictReport, _ record: RecordReport?, _ column: Identifier, _ shown: Value,
        _ candidates: [ConflictReport.Candidate]
    ) async throws(NodeError) -> Facts {
        let table = lookup.tables.first { $0.name == report.table }
        let definition = table?.column(column)
        // Where long texts differ is seen in the whole of them.
        let isCut = candidates.contains(where: \.isCut)
        let whole = isCut ? try await lookup.node.reports.quickValues(of: report) : nil
        let values = whole ?? candidates.map(\.value)
        var texts: [String] = []
        for value in values {
            if let table, let definition {
                texts.append(try await lookup.text(value, definition, in: table))
            } else {
                texts.append(visit.labels.plain(value))
            }
        }
        texts = Self.toldApart(texts, of: values)
        let marks = LongDifference(texts)
        let sides = candidates.enumerated().map { number, candidate in
            var side = lookup.write(candidate.write)
            side["write"] = candidate.write.name
            side["shown"] = candidate.hasValue(of: candidates[0])
            side["empty"] = candidate.value.isNull
            let parts = marks.surroundings(in: texts[number])
            (side["before"], side["differs"], side["after"]) = (parts.before, parts.differs, parts.after)
            if parts.isCut || whole == nil && candidate.isCut {
                side["rest"] = RecordLink.record(report.table, report.key, "all=1")
            }
            return side
        }
        var facts: Facts = [
            "column": visit.labels.column(column, in: report.table), "column_name": column.text, "sides": sides,
        ]
        guard let definition, let record else { return facts }
        // A long text is written on a page of its own.
        let text = FieldFacts.text(record.values[column] ?? shown)
        if text.utf8.count > Labels.longMax {
            facts["edit"] = RecordLink.path("edit", report.table, report.key)
        } else {
            facts["other"] = try await field(definition, of: record, text)
        }
        return facts
    }

    /// Texts of values; those that look alike though their values differ say how.
    static func toldApart(_ texts: [String], of values: [Value]) -> [String] {
        texts.indices.map { place in
            let isAlike = texts.indices.contains { values[$0] != values[place] && texts[$0] == texts[place] }
            return isAlike ? values[place].spelled : texts[place]
        }
    }

    private func duplicate(
        _ report: ConflictReport, _ index: Identifier, _ keys: [[Value]]
    ) async throws(NodeError) -> Facts {
        var rows: [Facts] = []
        var records: [RecordReport] = []
        for key in keys.prefix(10) {
            guard let record = try await lookup.node.records.record(table: report.table.text, key: key) else {
                continue
            }
            records.append(record)
        }
        let apart = try await differing(records, in: report.table)
        for record in records {
            let key = record.key
            let name = try await lookup.name(of: key, in: report.table)
            var row: Facts = ["link": RecordLink.record(report.table, key), "name": name]
            if name != key.shownText { row["key"] = key.shownText }
            row["last"] = record.lastWrite.map(lookup.write)
            row["cells"] = apart[key] ?? []
            if key != report.key {
                let path = RecordLink.path("merge", report.table, key)
                row["merge"] = path + (path.contains("?") ? "&" : "?") + "into=" + report.key.linkText.urlEncoded
            }
            rows.append(row)
        }
        return ["index": index.text.escaped(), "rows": rows]
    }

    /// The fields in which rows differ that are listed of each.
    private static let differingMax = 5

    /// The fields in which rows differ, by key.
    private func differing(
        _ records: [RecordReport], in name: Identifier
    ) async throws(NodeError) -> [[Value]: [Facts]] {
        guard let table = lookup.tables.first(where: { $0.name == name }), let first = records.first else { return [:] }
        let columns = table.valueColumns.filter { column in
            records.contains { $0.values[column.name] != first.values[column.name] }
        }.prefix(Self.differingMax)
        let names = try await lookup.names(of: records.flatMap { lookup.rows($0.values, of: table) })
        return records.reduce(into: [:]) { out, record in
            out[record.key] = columns.map { column in
                let value = record.values[column.name] ?? .null
                return [
                    "label": visit.labels.column(column.name, in: name),
                    "value": lookup.facts(value, column, in: table, rows: names, max: 80),
                ]
            }
        }
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
        while start < least, all.allSatisfy({ $0[start].isExactly(first[start]) }) { start += 1 }
        let (backward, last) = (all.map { Array($0.reversed()) }, Array(first.reversed()))
        var end = 0
        while end < least - start, backward.allSatisfy({ $0[end].isExactly(last[end]) }) { end += 1 }
        (before, after) = (start, end)
    }

    /// The common beginning, what differs, and the common end of one of the texts.
    func parts(of text: String) -> (String, String, String) {
        let all = Array(text)
        guard all.count >= before + after else { return ("", text, "") }
        return (String(all[..<before]), String(all[before..<(all.count - after)]), String(all[(all.count - after)...]))
    }
}

extension LongDifference {
    /// Characters of what is common that are shown on either side of what differs.
    private static let aroundMax = 200

    /// The three parts of one of the texts as a page shows them.
    struct Parts {
        var before: String
        var differs: String
        var after: String
        /// Whether something is left out.
        var isCut = false
    }

    /// The difference in one of the texts, with what stands around it, cut where it is long.
    func surroundings(in text: String) -> Parts {
        let (before, differs, after) = parts(of: text)
        var out = Parts(before: before, differs: differs, after: after)
        if before.count > 2 * Self.aroundMax { out.before = "…" + before.suffix(Self.aroundMax) }
        if differs.count > Labels.longMax { out.differs = differs.prefix(Labels.longMax) + "…" }
        if after.count > 2 * Self.aroundMax { out.after = after.prefix(Self.aroundMax) + "…" }
        out.isCut = out.before != before || out.differs != differs || out.after != after
        return out
    }
}

extension Character {
    fileprivate func isExactly(_ other: Character) -> Bool { utf8.elementsEqual(other.utf8) }
}

extension RecordReport {
    /// The write that was the last into any field of the record, by its author's clock; nil where nobody wrote one.
    var lastWrite: WriteReport? { writers.values.max { ($0.stamp, $0.feed, $0.seq) < ($1.stamp, $1.feed, $1.seq) } }
}

extension WriteReport {
    /// The changeset that wrote, as a form names it: FEED:SEQ.
    var name: String { "\(feed):\(seq)" }
}

extension Value {
    /// The value with its class, and with the marks of a text one by one: `'5'` and `5`, `'e\u{301}'` and `'é'`.
    fileprivate var spelled: String {
        guard case .text = self else { return sqlLiteral }
        return sqlLiteral.escaped(keepingLines: true).unicodeScalars.reduce(into: "") { out, scalar in
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .spacingMark, .enclosingMark:
                out += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: out.unicodeScalars.append(scalar)
            }
        }
    }
}
