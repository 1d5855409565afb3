import Foundation
import ReplicaModel
import SyncNode

/// The fields of a form for one record: how each is asked for, and what is said beside it.
struct FieldFacts: Sendable {
    let lookup: RecordLookup
    let visit: Visit
    let table: TableDefinition
    /// Rows of a table that are offered as a list; more are searched as one types.
    var choicesMax = 300

    /// The columns that a form asks for, the minted key of a new record not among them.
    ///
    /// - Parameter isNew: whether the record is entered; else its key is fixed.
    func columns(isNew: Bool) -> [ColumnDefinition] {
        table.columns.filter { column in
            guard column.generated == nil else { return false }
            return !table.key.contains(column.name) || isNew && column.defaultExpression == nil
        }
    }

    /// The texts of a form, and the sentences beside its fields.
    struct Content {
        /// The texts of the fields, by column.
        var typed: [Identifier: String]
        /// The values that the record has; nil for a new one.
        var stored: [Identifier: Value]?
        /// The texts that the record holds meanwhile, where they are others than when the form was made.
        var now: [Identifier: String] = [:]
        /// Sentences on what is wrong.
        var errors: [Identifier: String] = [:]
    }

    /// The fields of a form.
    func fields(_ content: Content) async throws(NodeError) -> [Facts] {
        var out: [Facts] = []
        var room = Self.textBytesMax
        for column in columns(isNew: content.stored == nil) {
            let text = content.typed[column.name] ?? ""
            let former = content.stored.map { Self.text($0[column.name] ?? .null) }
            // What somebody typed is shown again however long it is.
            let isTooLong = former.map { text.utf8.count > room && text.isExactly($0) } ?? false
            if !isTooLong { room -= text.utf8.count }
            var facts = try await field(column, content, isTooLong: isTooLong)
            if let former {
                let field = FormerText(former).field(of: column.name)
                facts["was"] = ["name": field.name, "text": field.value] as Facts
            }
            facts["field"] = "v." + column.name.text
            // Blanks would make several names of one.
            facts["id"] = column.name.text.urlEncoded
            out.append(facts)
        }
        return out
    }

    /// Bytes of all texts that a form has to be edited; what does not go in is shown by its beginning. A browser sends
    /// up to three bytes for each, which is less than a form may have.
    static let textBytesMax = 1 << 20

    /// One field, without the name under which it is sent.
    ///
    /// - Parameter isTooLong: whether the form has no room for the text, which is only shown.
    func field(
        _ column: ColumnDefinition, _ content: Content, isTooLong: Bool = false
    ) async throws(NodeError) -> Facts {
        let text = content.typed[column.name] ?? ""
        let stored = content.stored?[column.name]
        // What holds an empty text already is not to be filled in before anything else can be saved.
        let isNeeded = isNeeded(column, isNew: content.stored == nil) && (stored.map { !Self.text($0).isEmpty } ?? true)
        var facts: Facts = [
            "name": column.name.text, "label": lookup.labels.column(column.name, in: table.name), "value": text,
            "needed": isNeeded,
        ]
        if let now = content.now[column.name] { facts["now"] = ["text": now] }
        if let error = content.errors[column.name] { facts["wrong"] = error }
        if isTooLong || isFixed(column, stored) {
            facts["fixed"] = ["text": stored.map { lookup.labels.short($0, max: 300) } ?? "—"] as Facts
        } else {
            try await add(control: column, text, to: &facts, isNew: content.stored == nil)
        }
        return facts
    }

    /// Whether a field is to be filled in: it takes no NULL, and an empty text is nothing that it can hold.
    func isNeeded(_ column: ColumnDefinition, isNew: Bool) -> Bool {
        guard column.isNotNull else { return false }
        if column.defaultExpression == nil { return true }
        return !isNew && ![.text, .blob].contains(affinity(of: column))
    }

    /// Whether a form shows a value and takes none: bytes are nothing that one types.
    private func isFixed(_ column: ColumnDefinition, _ stored: Value?) -> Bool {
        if case .blob? = stored { return true }
        return table.isStrict && Identifier(column.type).isSame(as: "BLOB")
    }

    private func add(
        control column: ColumnDefinition, _ text: String, to facts: inout Facts, isNew: Bool
    ) async throws(NodeError) {
        if let words = WordList.words(of: column.name, in: table) {
            let isOptional = !column.isNotNull || isNew && column.defaultExpression != nil
            var choices = words.map {
                ["value": $0, "text": lookup.labels.word($0), "chosen": $0.isExactly(text)] as Facts
            }
            if isOptional { choices.insert(["value": "", "text": "—", "chosen": text.isEmpty], at: 0) }
            Self.keep(text, in: &choices)
            facts["choices"] = ["list": choices] as Facts
            return
        }
        if let reference = lookup.reference(of: column.name, in: table), let target = lookup.target(of: reference) {
            try await add(picker: target, of: column, text, to: &facts)
            return
        }
        if Self.hasControls(text) {
            facts["long"] = true
        } else if isDay(column) {
            facts["line"] = ["hint": visit.text("hint_day"), "type": "text"] as Facts
        } else if isNumber(column) {
            facts["line"] = ["type": "text", "numeric": true] as Facts
        } else if ["note", "description", "summary", "text"].contains(column.name.text) {
            facts["long"] = true
        } else {
            facts["line"] = ["type": "text"] as Facts
        }
    }

    private func add(
        picker target: TableDefinition, of column: ColumnDefinition, _ text: String, to facts: inout Facts
    ) async throws(NodeError) {
        var query = RowQuery(table: target.name)
        query.columns = lookup.labels.nameColumns(of: target)
        query.rowsMax = choicesMax
        let page = try await lookup.node.tables.page(query)
        guard page.hasMore else {
            var choices = page.rows.compactMap { row -> Facts? in
                let (key, value) = (row.key.first ?? .null, Self.text(row.key.first ?? .null))
                // What a page cannot carry would come back as another key.
                guard !value.isEmpty, Self.holds(key) || value.isExactly(text) else { return nil }
                return [
                    "value": value, "text": lookup.labels.name(row.values, key: row.key),
                    "chosen": value.isExactly(text),
                ]
            }
            choices.sort { ($0["text"] as? String ?? "") < ($1["text"] as? String ?? "") }
            if !column.isNotNull || text.isEmpty {
                choices.insert(["value": "", "text": "—", "chosen": text.isEmpty], at: 0)
            }
            Self.keep(text, in: &choices)
            facts["choices"] = ["list": choices] as Facts
            return
        }
        if Self.hasControls(text) {
            facts["long"] = true
            return
        }
        facts["picker"] =
            [
                "source": "/pick/" + target.name.text.urlEncoded, "list": RecordLink.list(target.name),
                "hint": visit.language.text("hint_pick", lookup.labels.table(target.name)),
            ] as Facts
    }

    /// Whether a text has something that a field of one line drops, as it does the ends of lines: it would send
    /// something else back.
    private static func hasControls(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    }

    /// A list has also what the field holds though nothing permits it: else it would be lost with the next write.
    private static func keep(_ text: String, in choices: inout [Facts]) {
        guard !text.isEmpty, !choices.contains(where: { $0["chosen"] as? Bool == true }) else { return }
        choices.insert(["value": text, "text": text.escaped(), "chosen": true], at: 0)
    }

    func isNumber(_ column: ColumnDefinition) -> Bool { [.integer, .real].contains(affinity(of: column)) }

    func isDay(_ column: ColumnDefinition) -> Bool { ReadText.isDay(column, table) }

    /// The affinity of a column; one of type ANY in a STRICT table keeps everything as it is.
    func affinity(of column: ColumnDefinition) -> Affinity {
        table.isStrict && Identifier(column.type).isSame(as: "ANY") ? .blob : Affinity(declared: column.type)
    }

    // MARK: Texts of fields and values of columns

    /// A value as a field holds it, with what browsers send back for what a page cannot carry.
    static func text(_ value: Value) -> String { normal(value.plainText) }

    /// Whether a field holds exactly a value, so that it is meant by what comes back.
    static func holds(_ value: Value) -> Bool {
        switch value {
        case .integer, .real: true
        case .text(let bytes): text(value).utf8.elementsEqual(bytes)
        case .null, .blob: false
        }
    }

    /// Whether a field of one line holds exactly a value: it drops the ends of lines.
    static func holdsInLine(_ value: Value) -> Bool {
        if case .text(let bytes) = value, bytes.contains(0x0A) { return false }
        return holds(value)
    }

    /// A text as a form brings it back: with line feeds alone at the ends of its lines, and for a NUL the character
    /// that browsers put in its place.
    static func normal(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        var scalars = text.unicodeScalars.makeIterator()
        var last: Unicode.Scalar?
        while let scalar = scalars.next() {
            switch scalar {
            case "\r": out.append("\n")
            case "\n" where last == "\r": break
            case "\0": out.append("\u{FFFD}")
            default: out.append(scalar)
            }
            last = scalar
        }
        return String(out)
    }

    /// The value that a text of a field means in a column.
    ///
    /// - Parameter stored: the value that the column has: where it takes any, a number stays one.
    func value(_ text: String, of column: ColumnDefinition, stored: Value? = nil) -> Value {
        if text.isEmpty { return column.isNotNull ? .text("") : .null }
        let affinity = affinity(of: column)
        let typed = affinity == .real ? decimal(text) : text
        guard affinity == .blob else { return affinity.converted(typed) }
        return switch stored {
        case .integer?: Affinity.numeric.converted(text)
        case .real?: Affinity.real.converted(decimal(text))
        default: affinity.converted(text)
        }
    }

    /// A number with the comma that Russian writes before its fraction as SQLite reads it. In other languages a comma
    /// may stand between thousands, so it is left.
    private func decimal(_ text: String) -> String {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let isDigits = { (part: Substring) in !part.isEmpty && part.utf8.allSatisfy { (48...57).contains($0) } }
        guard visit.language == .ru, parts.count == 2, isDigits(parts[1]),
            isDigits(parts[0].first == "-" ? parts[0].dropFirst() : parts[0])
        else { return text }
        return parts.joined(separator: ".")
    }
}
