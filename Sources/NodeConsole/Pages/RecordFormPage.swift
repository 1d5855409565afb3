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

    /// - Parameter key: of a record that was there, which is entered anew under it though the table would make another.
    private func newPage(
        _ values: [Identifier: String], key: String? = nil, problem: FormProblem? = nil,
        errors: [Identifier: String] = [:]
    ) async throws -> Response {
        var facts: Facts = [
            "fields": try await fields.fields(.init(typed: values, errors: errors)),
            "action": "/new/" + table.name.text.urlEncoded, "back": RecordLink.list(table.name),
            "table": visit.labels.table(table.name),
        ]
        if let key { facts["kept"] = ["key": key] as Facts }
        if let problem { facts["error"] = problem.facts }
        let title = visit.language.text("new_title", visit.labels.table(table.name))
        return await visit.page("form", title: title, at: .records, facts, status: problem?.status ?? .ok)
    }

    static func create(_ visit: Visit) async throws -> Response {
        let form = try await RecordFormPage(visit)
        let typed = form.typed()
        let key = visit.form["key"]
        var values: [Identifier: Value] = [:]
        if let key {
            let read = try await form.lookup.node.tables.key(key, of: form.table.name.text)
            for (column, value) in zip(form.table.key, read) { values[column] = value }
        }
        for column in form.fields.columns(isNew: true) {
            let text = typed[column.name] ?? ""
            if text.isEmpty, column.defaultExpression != nil || !column.isNotNull { continue }
            values[column.name] = form.fields.value(text, of: column)
        }
        let wrong = try await FieldChecks(fields: form.fields).before(typed, stored: nil)
        guard wrong.isEmpty else {
            return try await form.newPage(
                typed, key: key, problem: FormProblem(visit.text("error_fields"), .unprocessableContent),
                errors: wrong)
        }
        do {
            let done = try await visit.writer().tables.write(.insert(values), into: form.table.name)
            guard case .written(let key) = done.outcome else { return .seeOther(RecordLink.list(form.table.name)) }
            return await visit.done(
                visit.text("done_created"), undo: done.changeset.map { "\($0.feed):\($0.seq)" },
                at: RecordLink.record(form.table.name, key))
        } catch {
            return try await form.newPage(
                typed, key: key, problem: FormProblem(error, visit, breaking: .unprocessableContent),
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
        return try await form.editPage(record, typed: texts, was: texts.mapValues(FormerText.init))
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
        _ record: RecordReport, typed: [Identifier: String], was: [Identifier: FormerText],
        problem: FormProblem? = nil, errors: [Identifier: String] = [:]
    ) async throws -> Response {
        let current = texts(record)
        // What somebody else wrote meanwhile is shown beside what was typed.
        let now = current.filter { column, text in was[column].map { !$0.isExactly(text) } ?? false }
        var shown = typed
        for (column, text) in now {
            guard let own = typed[column], let former = was[column], former.isExactly(own) else { continue }
            shown[column] = text
        }
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
        let typed = form.typed()
        let was = FormerText.all(of: visit.form)
        guard let record = try await form.record() else { return try await form.goneMeanwhile(typed) }
        let changed = typed.filter { !(was[$0.key] ?? FormerText("")).isExactly($0.value) }
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
        return try await newPage(
            values, key: key.linkText, problem: FormProblem(visit.text("deleted_since"), .conflict))
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
        // Before the rows are listed: what comes in between is listed, and the button does not stand for it. Where no
        // index leads to them they are looked for on the node that no page waits for.
        let outlook = try await visit.looker().tables.outlook(deleting: record.key, of: table.name)
        let found = try await lookup.node.tables.referrers(
            to: table.name, key: record.key, columns: { labels.nameColumns(of: $0) }, rowsMax: 5)
        let listed = try await lookup.names(of: found)
        let names = labels.nameColumns(of: table).map { record.values[$0] ?? .null }
        var facts: Facts = [
            "action": RecordLink.path("delete", table.name, record.key),
            "back": RecordLink.record(table.name, record.key),
            "version": NodeTables.version(of: record, in: table), "table": labels.table(table.name),
            "outlook": outlook.digest, "least": outlook.isLeast,
            "effects": outlook.effects.map { ["text": sentence(on: $0)] as Facts },
            "referrers": found.map { report in
                [
                    "table": labels.table(report.table), "column": labels.column(report.column, in: report.table),
                    "more": report.hasMore,
                    "rows": report.rows.map { row in
                        [
                            "link": RecordLink.record(report.table, row.key),
                            "name": listed[RowName(table: report.table, key: row.key)]
                                ?? labels.name(row.values, key: row.key),
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

    /// The sentence on what becomes of the rows of one reference.
    private func sentence(on effect: DeleteOutlook.Effect) -> String {
        let key =
            switch effect.onDelete {
            case "CASCADE": "delete_cascade"
            case "SET NULL", "SET DEFAULT": "delete_empties"
            default: "delete_forbids"
            }
        let labels = visit.labels
        return visit.language.text(
            key, count: effect.count, labels.table(effect.table), labels.column(effect.column, in: effect.table))
    }

    static func delete(_ visit: Visit) async throws -> Response {
        let form = try await RecordFormPage(visit)
        guard let key = try await form.record()?.key else { throw PageError(status: .notFound, key: "record_gone") }
        do {
            let done = try await visit.writer().tables.write(
                .delete(key: key, version: visit.form["version"] ?? "", outlook: visit.form["outlook"] ?? ""),
                into: form.table.name)
            guard case .written = done.outcome else {
                return try await form.deletePage(problem: FormProblem(visit.text("delete_changed_since"), .conflict))
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

    init(_ sentence: String, detail: Facts? = nil, _ status: HTTPResponse.Status) {
        (self.sentence, self.status, self.detail) = (sentence, status, detail)
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
        let meant = try await meant(visit, table, lookup)
        let page = try await lookup.node.tables.page(query)
        let rows =
            (meant.map { [$0] } ?? [])
            + page.rows.map { (key: $0.key, values: $0.values) }.filter {
                // The field is of one line: what it cannot hold it would turn into another key.
                $0.key != meant?.key && FieldFacts.holdsInLine($0.key.first ?? .null)
            }
        var options = rows.map { row in
            ["value": FieldFacts.text(row.key.first ?? .null), "text": visit.labels.name(row.values, key: row.key)]
                as Facts
        }
        // A list of suggestions has no place for a sentence but among them; who chooses it keeps what was typed.
        if page.pausedAt != nil {
            let sentence = visit.language.text("search_paused", count: page.lookedAt)
            options.append(["value": visit.query["q"] ?? "", "text": sentence])
        }
        return .html(Templates.library.render(["options": options], withTemplate: "pick") ?? "")
    }

    /// The row whose key was typed; nil where there is none. In a large table a search would not come as far.
    private static func meant(
        _ visit: Visit, _ table: TableDefinition, _ lookup: RecordLookup
    ) async throws -> (key: [Value], values: [Value])? {
        guard table.key.count == 1, let column = table.column(table.key[0]), let typed = visit.query.filled("q")
        else { return nil }
        let key = [FieldFacts(lookup: lookup, visit: visit, table: table).value(typed, of: column)]
        let columns = visit.labels.nameColumns(of: table)
        let found = try await lookup.node.tables.values(of: columns, in: table.name, keys: [key])
        return found.first.flatMap { $0 }.map { (key, $0) }
    }
}
