import Foundation
import Hummingbird
import HTTPTypes
import ReplicaModel
import SyncNode

/// Forms that enter, edit and delete one record.
struct RecordFormPage: Sendable {
    private let visit: Visit
    private let lookup: RecordLookup
    private let table: TableDefinition
    private let fields: FieldFacts

    private init(_ visit: Visit) async throws(NodeError) {
        self.visit = visit
        lookup = try await RecordLookup(visit)
        table = try lookup.table(visit.part("table"))
        fields = FieldFacts(lookup: lookup, visit: visit, table: table)
    }

    /// The sentence above a form that was not written, and what stands beside its fields.
    private struct Problem {
        let sentence: String
        var detail: Facts?

        var facts: Facts {
            var out: Facts = ["sentence": sentence]
            if let detail { out["detail"] = detail }
            return out
        }
    }

    // MARK: New records

    static func showNew(_ visit: Visit) async throws -> Response {
        let form = try await RecordFormPage(visit)
        let given = Dictionary(
            visit.query.fields.map { (Identifier($0.name), $0.value) }, uniquingKeysWith: { first, _ in first })
        return try await form.newPage(given)
    }

    private func newPage(
        _ values: [Identifier: String], error: Problem? = nil,
        errors: [Identifier: String] = [:]
    ) async throws -> Response {
        var facts: Facts = [
            "fields": try await fields.fields(values, was: nil, errors: errors, isNew: true),
            "action": "/new/" + table.name.text.urlEncoded, "back": RecordLink.list(table.name),
            "table": visit.labels.table(table.name),
        ]
        if let error { facts["error"] = error.facts }
        let title = visit.language.text("new_title", visit.labels.table(table.name))
        return await visit.page(
            "form", title: title, at: .records, facts, status: error == nil ? .ok : .unprocessableContent)
    }

    static func create(_ visit: Visit) async throws -> Response {
        let form = try await RecordFormPage(visit)
        let typed = form.typed()
        var values: [Identifier: Value] = [:]
        for column in form.fields.columns(isNew: true) {
            let text = typed[column.name] ?? ""
            if text.isEmpty, column.defaultExpression != nil || !column.isNotNull { continue }
            values[column.name] = form.fields.value(text, of: column)
        }
        let wrong = try await FieldChecks(fields: form.fields).before(typed)
        guard wrong.isEmpty else {
            return try await form.newPage(typed, error: Problem(sentence: visit.text("error_fields")), errors: wrong)
        }
        do {
            let done = try await visit.writer().tables.write(.insert(values), into: form.table.name)
            guard case .written(let key) = done.outcome else { return .seeOther(RecordLink.list(form.table.name)) }
            return await visit.done(
                visit.text("done_created"), undo: done.changeset.map { "\($0.feed):\($0.seq)" },
                at: RecordLink.record(form.table.name, key))
        } catch {
            guard error.kind == .wrongSQL else { throw error }
            return try await form.newPage(
                typed, error: Problem(sentence: visit.text("error_rule"), detail: visit.told(error.message)),
                errors: FieldChecks(fields: form.fields).after(error.message))
        }
    }

    /// The texts that were typed, by column.
    private func typed() -> [Identifier: String] {
        Dictionary(
            visit.form.values(behind: "v.").map { (Identifier($0.name), FieldFacts.normal($0.value)) },
            uniquingKeysWith: { first, _ in first })
    }

    // MARK: Edits

    static func showEdit(_ visit: Visit) async throws -> Response {
        let form = try await RecordFormPage(visit)
        let record = try await form.record()
        let texts = form.texts(record)
        return try await form.editPage(record, typed: texts, was: texts)
    }

    private func record() async throws(NodeError) -> RecordReport {
        try await lookup.node.records.record(table: table.name.text, keyText: visit.keyText)
    }

    private func texts(_ record: RecordReport) -> [Identifier: String] {
        record.values.mapValues(FieldFacts.text)
    }

    /// - Parameters:
    ///   - typed: what the fields hold.
    ///   - was: what the record held when the person began.
    private func editPage(
        _ record: RecordReport, typed: [Identifier: String], was: [Identifier: String],
        problem: Problem? = nil, errors: [Identifier: String] = [:]
    ) async throws -> Response {
        let current = texts(record)
        // What somebody else wrote meanwhile is shown beside what was typed.
        let now = current.filter { column, text in was[column] != nil && was[column] != text }
        var shown = typed
        for (column, text) in now where typed[column] == was[column] { shown[column] = text }
        let names = visit.labels.nameColumns(of: table).map { record.values[$0] ?? .null }
        var facts: Facts = [
            "fields": try await fields.fields(
                shown, was: current, now: now.filter { shown[$0.key] != $0.value }, errors: errors, isNew: false),
            "action": RecordLink.path("edit", table.name, record.key),
            "back": RecordLink.record(table.name, record.key), "table": visit.labels.table(table.name),
            "version": NodeTables.version(of: record, in: table), "key": record.key.linkText, "live": true,
        ]
        if let problem { facts["error"] = problem.facts }
        let title = visit.language.text("edit_title", visit.labels.name(names, key: record.key))
        return await visit.page(
            "form", title: title, at: .records, facts, status: problem == nil ? .ok : .conflict)
    }

    static func save(_ visit: Visit) async throws -> Response {
        let form = try await RecordFormPage(visit)
        let record = try await form.record()
        let typed = form.typed()
        let was = Dictionary(
            visit.form.values(behind: "was.").map { (Identifier($0.name), FieldFacts.normal($0.value)) },
            uniquingKeysWith: { first, _ in first })
        let changed = typed.filter { $0.value != was[$0.key] ?? "" }
        var values: [Identifier: Value] = [:]
        for column in form.fields.columns(isNew: false) {
            guard let text = changed[column.name] else { continue }
            values[column.name] = form.fields.value(text, of: column)
        }
        let wrong = try await FieldChecks(fields: form.fields).before(changed)
        guard wrong.isEmpty else {
            return try await form.editPage(
                record, typed: typed, was: was, problem: Problem(sentence: visit.text("error_fields")), errors: wrong)
        }
        let place = RecordLink.record(form.table.name, record.key)
        do {
            let done = try await visit.writer().tables.write(
                .update(key: record.key, values, version: visit.form["version"] ?? ""), into: form.table.name)
            guard case .written = done.outcome else {
                return try await form.editPage(
                    try await form.record(), typed: typed, was: was,
                    problem: Problem(sentence: visit.text("changed_since")))
            }
            guard let made = done.changeset else {
                return await visit.done(visit.text("done_nothing"), at: place)
            }
            return await visit.done(visit.text("done_saved"), undo: "\(made.feed):\(made.seq)", at: place)
        } catch let error as NodeError where error.kind == .wrongSQL {
            return try await form.editPage(
                record, typed: typed, was: was,
                problem: Problem(sentence: visit.text("error_rule"), detail: visit.told(error.message)),
                errors: FieldChecks(fields: form.fields).after(error.message))
        }
    }

    // MARK: Deletes

    static func showDelete(_ visit: Visit) async throws -> Response {
        try await RecordFormPage(visit).deletePage(problem: nil)
    }

    private func deletePage(problem: Problem?) async throws -> Response {
        let record = try await self.record()
        let labels = visit.labels
        let found = try await lookup.node.tables.referrers(
            to: table.name, key: record.key, columns: { labels.nameColumns(of: $0) }, rowsMax: 5)
        let names = labels.nameColumns(of: table).map { record.values[$0] ?? .null }
        var facts: Facts = [
            "action": RecordLink.path("delete", table.name, record.key),
            "back": RecordLink.record(table.name, record.key),
            "version": NodeTables.version(of: record, in: table), "table": labels.table(table.name),
            "referrers": found.map { report in
                [
                    "table": labels.table(report.table), "column": labels.column(report.column, in: report.table),
                    "more": report.hasMore,
                    "rows": report.rows.map { row in
                        [
                            "link": RecordLink.record(report.table, row.key),
                            "name": labels.name(row.values, key: row.key),
                        ] as Facts
                    },
                ] as Facts
            },
        ]
        if let problem { facts["error"] = problem.facts }
        return await visit.page(
            "delete", title: visit.language.text("delete_title", labels.name(names, key: record.key)), at: .records,
            facts, status: problem == nil ? .ok : .conflict)
    }

    static func delete(_ visit: Visit) async throws -> Response {
        let form = try await RecordFormPage(visit)
        let key = try await form.record().key
        do {
            let done = try await visit.writer().tables.write(
                .delete(key: key, version: visit.form["version"] ?? ""), into: form.table.name)
            guard case .written = done.outcome else {
                return try await form.deletePage(problem: Problem(sentence: visit.text("changed_since")))
            }
            return await visit.done(
                visit.text("done_deleted"), undo: done.changeset.map { "\($0.feed):\($0.seq)" },
                at: RecordLink.list(form.table.name))
        } catch let error as NodeError where error.kind == .wrongSQL {
            return try await form.deletePage(
                problem: Problem(sentence: visit.text("error_rule"), detail: visit.told(error.message)))
        }
    }
}

/// Records that a picker offers while somebody types: options of a list.
enum PickPage {
    static func show(_ visit: Visit) async throws -> Response {
        let lookup = try await RecordLookup(visit)
        let table = try lookup.table(visit.part("table"))
        var query = RowQuery(table: table.name)
        query.columns = visit.labels.nameColumns(of: table)
        query.searched = query.columns + table.key
        query.words = (visit.query["q"] ?? "").prefix(100).split(whereSeparator: \.isWhitespace).map(String.init)
        query.rowsMax = 20
        let page = try await lookup.node.tables.page(query)
        let options = page.rows.map { row in
            ["value": row.key.linkText, "text": visit.labels.name(row.values, key: row.key)] as Facts
        }
        return .html(Templates.library.render(["options": options], withTemplate: "pick") ?? "")
    }
}
