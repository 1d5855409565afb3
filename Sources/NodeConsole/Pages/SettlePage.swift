import Hummingbird
import HTTPTypes
import ReplicaModel
import SyncNode

/// Settling of one conflict as a person saw it: where the record is not what was shown any more, nothing is written,
/// and what is there now stands beside what was typed.
struct SettlePage: Sendable {
    private let visit: Visit
    private let lookup: RecordLookup
    private let table: TableDefinition
    private let key: [Value]
    private let fields: FieldFacts

    private init(_ visit: Visit) async throws {
        self.visit = visit
        lookup = try await RecordLookup(visit)
        table = try lookup.table(visit.form["table"] ?? "")
        key = try await lookup.node.tables.key(visit.form["key"] ?? "", of: table.name.text)
        fields = FieldFacts(
            lookup: lookup, visit: visit, table: table, choicesMax: ConflictFacts.choicesMax)
    }

    static func settle(_ visit: Visit) async throws -> Response { try await SettlePage(visit).settle() }

    private var column: ColumnDefinition? { visit.form.filled("column").flatMap { table.column(Identifier($0)) } }

    /// The text that somebody wrote instead of all values; nil where nobody did.
    private var typed: String? { visit.form["act"] == "value" ? visit.form["value"].map(FieldFacts.normal) : nil }

    private func settle() async throws -> Response {
        guard let record = try await lookup.node.records.record(table: table.name.text, key: key) else {
            throw PageError(status: .notFound, key: "deleted_since_settling")
        }
        if let column, let typed {
            let stored = record.values
            if let wrong = try await FieldChecks(fields: fields).before([column.name: typed], stored: stored)[
                column.name]
            {
                return try await again(FormProblem(visit.text("error_fields"), .unprocessableContent), wrong: wrong)
            }
        }
        guard let wanted = try resolution(record) else {
            return try await again(FormProblem(visit.text("conflict_changed_since"), .conflict))
        }
        do {
            let done = try await visit.writer().tables.settle(
                wanted, table: table.name, key: key, shown: [(key, visit.form["version"] ?? "")])
            guard case .written = done.outcome else {
                return try await again(FormProblem(visit.text("conflict_changed_since"), .conflict))
            }
            let back = visit.form["back"] ?? ""
            let place = back.isOwnPlace ? back : "/conflicts"
            // What shows the same values as before has nothing that could be put back.
            let after = try await lookup.node.records.record(table: table.name.text, key: key)
            if let after, after.values == record.values {
                return await visit.done(visit.joined("done_settled", "settled_same"), at: place)
            }
            return await visit.done(
                visit.text("done_settled"), undo: done.changeset.map { "\($0.feed):\($0.seq)" }, at: place)
        } catch let error as NodeError {
            guard let column, typed != nil else { throw error }
            return try await again(
                FormProblem(error, visit, breaking: .unprocessableContent),
                wrong: FieldChecks(fields: fields).after(error.message)[column.name])
        }
    }

    /// The resolution that the form asks for; nil where the side that it takes is not open any more.
    private func resolution(_ record: RecordReport) throws -> Resolution? {
        switch (visit.form["act"], column) {
        case ("keep", _): return .keepRow
        case ("delete", _): return .deleteRow
        case ("take", let column?): return side(of: column.name, in: record)
        case ("value", let column?):
            guard let typed else { break }
            let value = fields.value(typed, of: column, stored: record.values[column.name])
            return .value(column: column.name, literal: value.sqlLiteral)
        default: break
        }
        throw PageError(status: .badRequest, key: "error_usage")
    }

    private func side(of column: Identifier, in record: RecordReport) -> Resolution? {
        for report in record.reports {
            guard case .cell(column, _, let candidates) = report.kind,
                let taken = candidates.first(where: { $0.write.name == visit.form["write"] })
            else { continue }
            return .takeWrite(column: column, feed: taken.write.feed, seq: taken.write.seq)
        }
        return nil
    }

    /// The page that shows what is there now, and keeps what was typed.
    private func again(_ problem: FormProblem, wrong: String? = nil) async throws -> Response {
        guard let record = try await lookup.node.records.record(table: table.name.text, key: key) else {
            throw PageError(status: .notFound, key: "deleted_since_settling")
        }
        let conflicts = ConflictFacts(lookup, visit, record: record)
        var shown: [Facts] = []
        for report in record.reports { shown.append(try await conflicts.facts(report)) }
        let name = try await lookup.name(of: key, in: table.name)
        var facts: Facts = [
            "error": problem.facts, "conflicts": shown, "table": visit.labels.table(table.name), "name": name,
            "link": RecordLink.record(table.name, key), "table_name": table.name.text, "key": key.linkText,
            "version": NodeTables.settlingVersion(of: record), "back": visit.form["back"] ?? "",
        ]
        if let column {
            let value = record.values[column.name] ?? .null
            var there: Facts = [
                "column": visit.labels.column(column.name, in: table.name), "column_name": column.name.text,
                "value": lookup.cutFacts(
                    value, column, in: table, names: try await names(value, column),
                    whole: RecordLink.record(table.name, key, "all=1")),
            ]
            if let typed {
                var other = try await conflicts.field(column, of: record, typed, wrong: wrong)
                other?["id"] = "typed"
                there["other"] = other
            }
            facts["there"] = there
        }
        return await visit.page(
            "settle", title: visit.text("settle_title"), at: .conflicts, facts, status: problem.status)
    }

    private func names(_ value: Value, _ column: ColumnDefinition) async throws(NodeError) -> [[Value]: String] {
        guard let reference = lookup.reference(of: column.name, in: table), !value.isNull,
            let target = lookup.target(of: reference)
        else { return [:] }
        return try await lookup.names(of: [[value]], in: target)
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
            // Bytes: to Swift a quote and an accent behind it are one character, which is no quote.
            "'" + String(decoding: bytes.flatMap { $0 == 0x27 ? [0x27, 0x27] : [$0] }, as: UTF8.self) + "'"
        case .blob(let bytes): "X'" + Secret.hexadecimal(bytes) + "'"
        }
    }
}
