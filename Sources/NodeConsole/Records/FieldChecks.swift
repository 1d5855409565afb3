import ReplicaModel
import SyncNode

/// Sentences beside the fields of a form: what is wrong with what was typed, before and after the table refused it.
struct FieldChecks: Sendable {
    let fields: FieldFacts

    /// How SQLite begins to say that a check does not hold; its name follows.
    static let checkFailed = "CHECK constraint failed: "

    private var visit: Visit { fields.visit }
    private var table: TableDefinition { fields.table }

    /// All that is wrong with texts that are to be written, at once: what is needed and empty, numbers and days
    /// that are none, words that are not permitted, and records that are not there.
    ///
    /// - Parameters:
    ///   - typed: the texts of the fields that are written.
    ///   - stored: the values of the record; nil for a new one.
    func before(
        _ typed: [Identifier: String], stored: [Identifier: Value]?
    ) async throws(NodeError) -> [Identifier: String] {
        var out: [Identifier: String] = [:]
        for column in table.columns {
            guard let text = typed[column.name] else { continue }
            if text.isEmpty {
                if fields.isNeeded(column, isNew: stored == nil) { out[column.name] = visit.text("field_needed") }
            } else if let problem = try await problem(text, column, stored?[column.name]) {
                out[column.name] = problem
            }
        }
        return out
    }

    private func problem(
        _ text: String, _ column: ColumnDefinition, _ stored: Value?
    ) async throws(NodeError) -> String? {
        let value = fields.value(text, of: column, stored: stored)
        if fields.isNumber(column), case .text = value { return visit.text("field_number") }
        if case .real(let real) = value, let problem = problem(real, column) { return problem }
        if fields.isDay(column), ChangesPage.day(text) == nil { return visit.text("error_day") }
        if let words = WordList.words(of: column.name, in: table), !words.contains(where: text.isExactly) {
            return visit.text("field_word")
        }
        if let reference = fields.lookup.reference(of: column.name, in: table),
            let target = fields.lookup.target(of: reference), target.key.count == 1,
            try await fields.lookup.node.tables.values(of: [], in: target.name, keys: [[value]]).first == .some(nil)
        {
            return visit.language.text("field_no_record", fields.lookup.labels.table(target.name))
        }
        return nil
    }

    /// The reason why a real is not what was typed: it stands for a number that it cannot hold.
    private func problem(_ real: Double, _ column: ColumnDefinition) -> String? {
        guard real.isFinite else { return visit.text("field_infinite") }
        let isWhole = fields.affinity(of: column) != .real && Int64(exactly: real) == nil && real == real.rounded()
        return isWhole ? visit.text("field_large") : nil
    }

    /// The fields of which SQLite's sentence on a broken rule speaks, each with what to say beside it.
    func after(_ message: String) -> [Identifier: String] {
        if message.contains("FOREIGN KEY") {
            let columns = table.references.flatMap(\.columns)
            return Dictionary(
                columns.map { ($0, visit.text("field_reference")) }, uniquingKeysWith: { first, _ in first })
        }
        if let mark = message.range(of: Self.checkFailed) {
            return check(String(message[mark.upperBound...]))
        }
        for (mark, key) in Self.failed {
            guard let mark = message.range(of: mark) else { continue }
            let sentence = visit.text(key)
            return listed(in: String(message[mark.upperBound...])).reduce(into: [:]) { $0[$1] = sentence }
        }
        // Of whatever else SQLite says the sentence above the form tells.
        return [:]
    }

    /// The beginnings of what SQLite says of columns one by one, each with what is said beside these.
    private static let failed = [
        ("UNIQUE constraint failed: ", "field_unique"), ("NOT NULL constraint failed: ", "field_needed"),
    ]

    /// The columns of a list such as `plan.code, plan.level`, with or without a remark in parentheses behind it.
    private func listed(in text: String) -> [Identifier] {
        let names = text.components(separatedBy: " (")[0].components(separatedBy: ", ").map { Identifier($0) }
        return table.columns.map(\.name).filter { column in
            names.contains { $0.isSame(as: Identifier("\(table.name.text).\(column.text)")) }
        }
    }

    /// - Parameter rule: the name of a check, or the whole of it.
    private func check(_ rule: String) -> [Identifier: String] {
        for column in table.columns.map(\.name) {
            for other in table.columns.map(\.name)
            where Identifier("\(column.text)_is_not_before_\(other.text)").isSame(as: Identifier(rule)) {
                let labels = fields.lookup.labels
                let sentence = visit.language.text("field_order", labels.column(other, in: table.name))
                return [column: sentence]
            }
            if rule.hasPrefix(column.text + "_is_a_day") { return [column: visit.text("error_day")] }
        }
        let sentence = visit.language.text("field_check", rule.escaped())
        let expression = table.checks.first { $0.name?.text == rule }?.expression ?? rule
        return named(in: expression).reduce(into: [:]) { $0[$1] = sentence }
    }

    /// The columns of which a rule speaks. What stands in it as a text between quotes is none.
    private func named(in rule: String) -> [Identifier] {
        // A quote within such a text is written twice, so every second piece stands between quotes in any case.
        let pieces = rule.split(separator: "'", omittingEmptySubsequences: false)
        let outside = pieces.indices.filter { $0.isMultiple(of: 2) }.map { pieces[$0] }.joined(separator: " ")
        let words = outside.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map { Identifier(String($0)) }
        return table.columns.map(\.name).filter { name in words.contains { $0.isSame(as: name) } }
    }
}
