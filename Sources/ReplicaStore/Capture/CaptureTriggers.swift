import ReplicaModel

/// The text of one table's triggers.
struct CaptureTriggers {
    enum Event: String, CaseIterable {
        case insertGuard, updateGuard, insertCollision, updateCollision, inserted, updated, rekeyed, deleted
        case insertRefused, updateRefused, deleteRefused
    }

    let layout: PendingLayout
    let uniqueIndexes: [IndexDefinition]
    let valueBytesMax: Int

    static func name(_ event: Event, _ id: Int64) -> String { "caravan_\(event.rawValue)_\(id)" }

    private var table: String { layout.table.name.quoted }

    private func trigger(_ event: Event, _ when: String, of condition: String? = nil, _ body: [String]) -> String {
        let test = condition.map { "WHEN \($0) " } ?? ""
        return """
            CREATE TRIGGER \(Self.name(event, layout.id)) \(when) ON \(table) FOR EACH ROW \(test)BEGIN
            \(body.map { $0 + ";" }.joined(separator: "\n"))
            END
            """
    }

    /// Milliseconds since 1970. 'now' stands still during a statement.
    static let now = "CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER)"

    // MARK: What is noted

    var notes: [String] {
        var out = [
            trigger(.inserted, "AFTER INSERT", [note(.inserted, key: "NEW")]),
            trigger(.deleted, "AFTER DELETE", [note(.deleted, key: "OLD", old: "OLD")]),
            trigger(
                .rekeyed, "AFTER UPDATE", of: hasNewKey,
                [note(.deleted, key: "OLD", old: "OLD"), note(.inserted, key: "NEW")]),
        ]
        if !layout.others.isEmpty {
            let isChanged = SQLTerms.balanced(layout.others.map(changed), by: "OR")
            out.append(trigger(.updated, "AFTER UPDATE", of: "NOT (\(hasNewKey)) AND (\(isChanged))", [noteUpdate]))
        }
        if !uniqueIndexes.isEmpty {
            out.append(trigger(.insertCollision, "BEFORE INSERT", uniqueIndexes.map { noteCollision($0, isUpdate: false) }))
            out.append(trigger(.updateCollision, "BEFORE UPDATE", uniqueIndexes.map { noteCollision($0, isUpdate: true) }))
        }
        return out
    }

    /// Whether a column differs by class or by bytes; the column's own collation has no say.
    private func changed(_ column: ColumnDefinition) -> String {
        let name = column.name.quoted
        return "(typeof(OLD.\(name)) <> typeof(NEW.\(name)) OR OLD.\(name) IS NOT NEW.\(name) COLLATE BINARY)"
    }

    private var hasNewKey: String { SQLTerms.balanced(layout.keys.map(changed), by: "OR") }

    private func note(_ kind: PendingLayout.Kind, key: String, old: String? = nil) -> String {
        let olds = old == nil ? [] : layout.oldNames
        let columns = ["kind", "time"] + layout.keyNames + olds
        let values = ["\(kind.rawValue)", Self.now] + layout.keys.map { "\(key).\($0.name.quoted)" }
            + (old.map { row in layout.others.map { "\(row).\($0.name.quoted)" } } ?? [])
        return "INSERT INTO \(layout.name)(\(columns.joined(separator: ", "))) VALUES (\(values.joined(separator: ", ")))"
    }

    private var noteUpdate: String {
        let masks = (0..<layout.maskCount).map { mask in
            let first = mask * PendingLayout.maskWidth
            let last = min(first + PendingLayout.maskWidth, layout.others.count)
            return SQLTerms.balanced((first..<last).map { "(\(changed(layout.others[$0])) << \($0 - first))" }, by: "|")
        }
        let columns = ["kind", "time"] + layout.keyNames + layout.maskNames
        let values = ["\(PendingLayout.Kind.updated.rawValue)", Self.now] + layout.keys.map { "NEW.\($0.name.quoted)" } + masks
        return "INSERT INTO \(layout.name)(\(columns.joined(separator: ", "))) VALUES (\(values.joined(separator: ", ")))"
    }

    /// Notes the rows that REPLACE would take away without a word: those that are equal to NEW in a UNIQUE. The one that is being
    /// written is not among them.
    private func noteCollision(_ index: IndexDefinition, isUpdate: Bool) -> String {
        let columns = ["kind", "time"] + layout.keyNames + layout.oldNames
        let values = ["\(PendingLayout.Kind.maybeReplaced.rawValue)", Self.now] + layout.keys.map { "r.\($0.name.quoted)" }
            + layout.others.map { "r.\($0.name.quoted)" }
        var terms = index.parts.map { part in "r.\(part.column.quoted) = \(written(part.column)) COLLATE \(part.collation)" }
        if isUpdate {
            let own = layout.keys.map { "r.\($0.name.quoted) IS OLD.\($0.name.quoted)" }
            terms.append("NOT (\(SQLTerms.balanced(own, by: "AND")))")
        }
        return """
            INSERT INTO \(layout.name)(\(columns.joined(separator: ", "))) SELECT \(values.joined(separator: ", ")) \
            FROM \(table) AS r WHERE \(SQLTerms.balanced(terms, by: "AND"))
            """
    }

    /// What a column will hold: OR REPLACE puts the default where NULL may not be.
    private func written(_ name: String) -> String {
        guard let column = layout.table.column(name), column.isNotNull, let text = column.defaultExpression else {
            return "NEW.\(name.quoted)"
        }
        return "coalesce(NEW.\(name.quoted), (\(text)))"
    }

    // MARK: What is refused

    var guards: [String] {
        [
            trigger(.insertGuard, "BEFORE INSERT", guardBody),
            trigger(.updateGuard, "BEFORE UPDATE", guardBody),
        ]
    }

    /// The value is stored by its column's affinity, so a real that is whole is an integer in an INTEGER column.
    private var guardBody: [String] {
        let reals = SQLTerms.balanced(layout.keys.map { "typeof(NEW.\($0.name.quoted)) = 'real'" }, by: "OR")
        let large = SQLTerms.balanced(
            layout.table.columns.map { column in
                let name = "NEW.\(column.name.quoted)"
                return "(typeof(\(name)) IN ('text', 'blob') AND length(CAST(\(name) AS BLOB)) > \(valueBytesMax))"
            }, by: "OR")
        let realSentence = "a key of \(layout.table.name) must be an integer, a text or a blob, not a real"
        let largeSentence = "a value is larger than \(valueBytesMax) bytes: store it in parts, or raise valueBytesMax on every node"
        return [
            "SELECT RAISE(ABORT, \(realSentence.literal)) WHERE \(reals)",
            "SELECT RAISE(ABORT, \(largeSentence.literal)) WHERE \(large)",
        ]
    }

    func refusals(_ sentence: String) -> [String] {
        let body = ["SELECT RAISE(ABORT, \(sentence.literal))"]
        return [
            trigger(.insertRefused, "BEFORE INSERT", body), trigger(.updateRefused, "BEFORE UPDATE", body),
            trigger(.deleteRefused, "BEFORE DELETE", body),
        ]
    }
}

/// Terms joined so that hundreds of them stay within SQLite's limit of a thousand on the depth of an expression.
enum SQLTerms {
    static func balanced(_ terms: some RandomAccessCollection<String>, by operation: String) -> String {
        guard terms.count > 1 else { return terms.first ?? "0" }
        let middle = terms.index(terms.startIndex, offsetBy: terms.count / 2)
        return "(\(balanced(terms[..<middle], by: operation)) \(operation) \(balanced(terms[middle...], by: operation)))"
    }
}
