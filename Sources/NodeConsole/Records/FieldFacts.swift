import Foundation
import ReplicaModel
import SyncNode

/// The fields of a form for one record: how each is asked for, and what is said beside it.
struct FieldFacts: Sendable {
    let lookup: RecordLookup
    let visit: Visit
    let table: TableDefinition

    /// Rows of a table that are offered as a list; more are searched as one types.
    private static let choicesMax = 300

    /// The columns that a form asks for, the minted key of a new record not among them.
    ///
    /// - Parameter isNew: whether the record is entered; else its key is fixed.
    func columns(isNew: Bool) -> [ColumnDefinition] {
        table.columns.filter { column in
            guard column.generated == nil, Affinity(declared: column.type) != .blob || !column.type.isEmpty else {
                return false
            }
            return !table.key.contains(column.name) || isNew && column.defaultExpression == nil
        }
    }

    /// The fields of a form.
    ///
    /// - Parameters:
    ///   - values: what the fields hold, by column.
    ///   - was: what the record held when the form was made; nil for a new one.
    ///   - now: what the record holds meanwhile, where that is something else.
    ///   - errors: sentences beside fields.
    func fields(
        _ values: [Identifier: String], was: [Identifier: String]?, now: [Identifier: String] = [:],
        errors: [Identifier: String] = [:], isNew: Bool
    ) async throws(NodeError) -> [Facts] {
        var out: [Facts] = []
        for column in columns(isNew: isNew) {
            let text = values[column.name] ?? ""
            var facts: Facts = [
                "name": column.name.text, "label": lookup.labels.column(column.name, in: table.name), "value": text,
                "needed": column.isNotNull && column.defaultExpression == nil,
            ]
            if let was { facts["was"] = was[column.name] ?? "" }
            if let now = now[column.name] { facts["now"] = ["text": now] }
            if let error = errors[column.name] { facts["wrong"] = error }
            try await add(control: column, text, to: &facts, isNew: isNew)
            out.append(facts)
        }
        return out
    }

    private func add(
        control column: ColumnDefinition, _ text: String, to facts: inout Facts, isNew: Bool
    ) async throws(NodeError) {
        if let words = WordList.words(of: column.name, in: table) {
            let isOptional = !column.isNotNull || isNew && column.defaultExpression != nil
            var choices = words.map { ["value": $0, "text": lookup.labels.word($0), "chosen": $0 == text] as Facts }
            if isOptional { choices.insert(["value": "", "text": "—", "chosen": text.isEmpty], at: 0) }
            Self.keep(text, in: &choices)
            facts["choices"] = ["list": choices] as Facts
            return
        }
        if let reference = lookup.reference(of: column.name, in: table), let target = lookup.target(of: reference) {
            try await add(picker: target, text, to: &facts, isOptional: !column.isNotNull)
            return
        }
        if isDay(column) {
            facts["line"] = ["hint": visit.text("hint_day"), "type": "text"] as Facts
        } else if isNumber(column) {
            facts["line"] = ["type": "text", "numeric": true] as Facts
        } else if text.contains("\n") || ["note", "description", "summary", "text"].contains(column.name.text) {
            facts["long"] = true
        } else {
            facts["line"] = ["type": "text"] as Facts
        }
    }

    private func add(
        picker target: TableDefinition, _ text: String, to facts: inout Facts, isOptional: Bool
    ) async throws(NodeError) {
        var query = RowQuery(table: target.name)
        query.columns = lookup.labels.nameColumns(of: target)
        query.rowsMax = Self.choicesMax
        let page = try await lookup.node.tables.page(query)
        guard page.hasMore else {
            var choices = page.rows.map { row in
                [
                    "value": row.key.linkText, "text": lookup.labels.name(row.values, key: row.key),
                    "chosen": row.key.linkText == text,
                ] as Facts
            }
            choices.sort { ($0["text"] as? String ?? "") < ($1["text"] as? String ?? "") }
            if isOptional || text.isEmpty { choices.insert(["value": "", "text": "—", "chosen": text.isEmpty], at: 0) }
            Self.keep(text, in: &choices)
            facts["choices"] = ["list": choices] as Facts
            return
        }
        var picker: Facts = [
            "source": "/pick/" + target.name.text.urlEncoded, "list": RecordLink.list(target.name),
            "hint": visit.language.text("hint_pick", lookup.labels.table(target.name)),
        ]
        if !text.isEmpty, let key = try? await lookup.node.tables.key(text, of: target.name.text) {
            picker["name"] = try await lookup.name(of: key, in: target.name)
        }
        facts["picker"] = picker
    }

    /// A list has also what the field holds though nothing permits it: else it would be lost with the next write.
    private static func keep(_ text: String, in choices: inout [Facts]) {
        guard !text.isEmpty, !choices.contains(where: { $0["chosen"] as? Bool == true }) else { return }
        choices.insert(["value": text, "text": text.escaped(), "chosen": true], at: 0)
    }

    func isNumber(_ column: ColumnDefinition) -> Bool {
        [.integer, .real].contains(Affinity(declared: column.type))
    }

    func isDay(_ column: ColumnDefinition) -> Bool {
        table.checks.contains { $0.name?.text.hasPrefix(column.name.text + "_is_a_day") ?? false }
    }

    // MARK: Texts of fields and values of columns

    /// A value as a field holds it, with the ends of lines that browsers send back.
    static func text(_ value: Value) -> String {
        switch value {
        case .null, .blob: ""
        case .integer(let integer): String(integer)
        case .real(let real): "\(real)"
        case .text(let bytes): normal(String(decoding: bytes, as: UTF8.self))
        }
    }

    /// A text with line feeds alone at the ends of its lines.
    static func normal(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        var scalars = text.unicodeScalars.makeIterator()
        var last: Unicode.Scalar?
        while let scalar = scalars.next() {
            if scalar == "\r" { out.append("\n") } else if scalar != "\n" || last != "\r" { out.append(scalar) }
            last = scalar
        }
        return String(out)
    }

    /// The value that a text of a field means in a column.
    func value(_ text: String, of column: ColumnDefinition) -> Value {
        if text.isEmpty { return column.isNotNull ? .text("") : .null }
        let affinity =
            table.isStrict && Identifier(column.type).isSame(as: "ANY") ? .blob : Affinity(declared: column.type)
        return affinity.converted(text)
    }
}
