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

    // MARK: New records

    static func showNew(_ visit: Visit) async throws -> Response {
        let form = try await RecordFormPage(visit)
        try form.lookup.requireRight()
        let given = Dictionary(
            visit.query.fields.map { (Identifier($0.name), $0.value) }, uniquingKeysWith: { first, _ in first })
        return try await form.newPage(given)
    }

    private func newPage(
        _ values: [Identifier: String], problem: FormProblem? = nil, errors: [Identifier: String] = [:]
    ) async throws -> Response {
        var facts: Facts = [
            "fields": try await fields.fields(.init(typed: values, errors: errors)),
            "action": "/new/" + table.name.text.urlEncoded, "back": RecordLink.list(table.name),
            "table": visit.labels.table(table.name),
        ]
        if let problem { facts["error"] = problem.facts }
        let title = visit.language.text("new_title", visit.labels.table(table.name))
        return await visit.page("form", title: title, at: .records, facts, status: problem?.status ?? .ok)
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
        let wrong = try await FieldChecks(fields: form.fields).before(typed, stored: nil)
        guard wrong.isEmpty else {
            return try await form.newPage(
                typed, problem: FormProblem(visit.text("error_fields"), .unprocessableContent), errors: wrong)
        }
        do {
            let done = try await visit.writer().tables.write(.insert(values), into: form.table.name)
            guard case .written(let key) = done.outcome else { return .seeOther(RecordLink.list(form.table.name)) }
            return await visit.done(
                visit.text("done_created"), undo: done.changeset.map { "\($0.feed):\($0.seq)" },
                at: RecordLink.record(form.table.name, key))
        } catch {
            return try await form.newPage(
                typed, problem: FormProblem(error, visit, breaking: .unprocessableContent),
                errors: FieldChecks(fields: form.fields).after(error.message))
        }
    }

    /// The texts that were typed, by column.
    private func typed() -> [Identifier: String] { texts(behind: "v.") }

    private func texts(behind prefix: String) -> [Identifier: String] {
        Dictionary(
            visit.form.values(behind: prefix).map { (Identifier($0.name), FieldFacts.normal($0.value)) },
            uniquingKeysWith: { first, _ in first })
    }

    // MARK: Edits

    static func showEdit(_ visit: Visit) async throws -> Response {
        let form = try await RecordFormPage(visit)
        try form.lookup.requireRight()
        guard let record = try await form.record() else { throw PageError(status: .notFound, key: "record_gone") }
        let texts = form.texts(record)
        return try await form.editPage(record, typed: texts, was: texts)
    }

    private func record() async throws(NodeError) -> RecordReport? {
        let key = try await lookup.node.tables.key(visit.keyText, of: table.name.text)
        return try await lookup.node.records.record(table: table.name.text, key: key)
    }

    private func texts(_ record: RecordReport) -> [Identifier: String] {
        record.values.mapValues(FieldFacts.text)
    }

    /// - Parameters:
    ///   - typed: what the fields hold.
    ///   - was: what the record held when the person began.
    private func editPage(
        _ record: RecordReport, typed: [Identifier: String], was: [Identifier: String],
        problem: FormProblem? = nil, errors: [Identifier: String] = [:]
    ) async throws -> Response {
        let current = texts(record)
        // What somebody else wrote meanwhile is shown beside what was typed.
        let now = current.filter { column, text in was[column].map { !$0.isExactly(text) } ?? false }
        var shown = typed
        for (column, text) in now where typed[column]?.isExactly(was[column] ?? "") ?? false { shown[column] = text }
        let names = visit.labels.nameColumns(of: table).map { record.values[$0] ?? .null }
        var facts: Facts = [
            "fields": try await fields.fields(
                .init(
                    typed: current.merging(shown) { $1 }, stored: record.values,
                    now: now.filter { !(shown[$0.key]?.isExactly($0.value) ?? false) }, errors: errors)),
            "action": RecordLink.path("edit", table.name, record.key),
            "back": RecordLink.record(table.name, record.key), "table": visit.labels.table(table.name),
            "version": NodeTables.version(of: record, in: table), "live": true,
        ]
        if let problem { facts["error"] = problem.facts }
        let title = visit.language.text("edit_title", visit.labels.name(names, key: record.key))
        return await visit.page("form", title: title, at: .records, facts, status: problem?.status ?? .ok)
    }

    static func save(_ visit: Visit) async throws -> Response {
        let form = try await RecordFormPage(visit)
        let (typed, was) = (form.typed(), form.texts(behind: "was."))
        guard let record = try await form.record() else { return try await form.goneMeanwhile(typed) }
        let changed = typed.filter { !$0.value.isExactly(was[$0.key] ?? "") }
        var values: [Identifier: Value] = [:]
        for column in form.fields.columns(isNew: false) {
            guard let text = changed[column.name] else { continue }
            values[column.name] = form.fields.value(text, of: column, stored: record.values[column.name])
        }
        let wrong = try await FieldChecks(fields: form.fields).before(changed, stored: record.values)
        guard wrong.isEmpty else {
            return try await form.editPage(
                record, typed: typed, was: was, problem: FormProblem(visit.text("error_fields"), .conflict),
                errors: wrong)
        }
        let place = RecordLink.record(form.table.name, record.key)
        do {
            let done = try await visit.writer().tables.write(
                .update(key: record.key, values, version: visit.form["version"] ?? ""), into: form.table.name)
            guard case .written = done.outcome else {
                guard let now = try await form.record() else { return try await form.goneMeanwhile(typed) }
                return try await form.editPage(
                    now, typed: typed, was: was, problem: FormProblem(visit.text("changed_since"), .conflict))
            }
            guard let made = done.changeset else {
                return await visit.done(visit.text("done_nothing"), at: place)
            }
            return await visit.done(visit.text("done_saved"), undo: "\(made.feed):\(made.seq)", at: place)
        } catch let error as NodeError {
            return try await form.editPage(
                record, typed: typed, was: was, problem: FormProblem(error, visit, breaking: .conflict),
                errors: FieldChecks(fields: form.fields).after(error.message))
        }
    }

    /// The form of a record that was deleted while somebody wrote: it enters a new one with what was typed.
    private func goneMeanwhile(_ typed: [Identifier: String]) async throws -> Response {
        var values = typed
        let key = try await lookup.node.tables.key(visit.keyText, of: table.name.text)
        for (column, value) in zip(table.key, key) { values[column] = FieldFacts.text(value) }
        return try await newPage(values, problem: FormProblem(visit.text("deleted_since"), .conflict))
    }

    // MARK: Deletes

    static func showDelete(_ visit: Visit) async throws -> Response {
        let form = try await RecordFormPage(visit)
        try form.lookup.requireRight()
        return try await form.deletePage(problem: nil)
    }

    private func deletePage(problem: FormProblem?) async throws -> Response {
        guard let record = try await record() else { throw PageError(status: .notFound, key: "record_gone") }
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
            facts, status: problem?.status ?? .ok)
    }

    static func delete(_ visit: Visit) async throws -> Response {
        let form = try await RecordFormPage(visit)
        guard let key = try await form.record()?.key else { throw PageError(status: .notFound, key: "record_gone") }
        do {
            let done = try await visit.writer().tables.write(
                .delete(key: key, version: visit.form["version"] ?? ""), into: form.table.name)
            guard case .written = done.outcome else {
                return try await form.deletePage(problem: FormProblem(visit.text("changed_since"), .conflict))
            }
            return await visit.done(
                visit.text("done_deleted"), undo: done.changeset.map { "\($0.feed):\($0.seq)" },
                at: RecordLink.list(form.table.name))
        } catch let error as NodeError {
            return try await form.deletePage(problem: FormProblem(error, visit, breaking: .conflict))
        }
    }
}

/// The sentence above a form of which nothing was written.
struct FormProblem {
    let status: HTTPResponse.Status
    private let sentence: String
    private let detail: Facts?

    init(_ sentence: String, _ status: HTTPResponse.Status) {
        (self.sentence, self.status, detail) = (sentence, status, nil)
    }

    /// - Parameter breaking: the status where a rule of the table is broken.
    init(_ error: NodeError, _ visit: Visit, breaking: HTTPResponse.Status) {
        sentence = ErrorPage.sentence(of: error, visit)
        detail = visit.told(error.message)
        status = error.kind == .wrongSQL ? breaking : ErrorPage.status(of: error)
    }

    var facts: Facts {
        var out: Facts = ["sentence": sentence]
        if let detail { out["detail"] = detail }
        return out
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
            ["value": FieldFacts.text(row.key.first ?? .null), "text": visit.labels.name(row.values, key: row.key)]
                as Facts
        }
        return .html(Templates.library.render(["options": options], withTemplate: "pick") ?? "")
    }
}
