import ReplicaModel
import ReplicaSchema
import SyncWire

/// The text of one table's triggers.
struct CaptureTriggers {
    enum Event: String, CaseIterable {
        case insertGuard, updateGuard, insertCollision, updateCollision, updateRowid, inserted, updated, rekeyed,
            deleted
        case insertRefused, updateRefused, deleteRefused
        case uniqueInsertGuard, uniqueUpdateGuard
        case referInsertGuard, referUpdateGuard, referredDeleteGuard, referredUpdateGuard
    }

    let layout: PendingLayout
    let uniqueIndexes: [IndexState]
    let valueBytesMax: Int

    static func name(_ event: Event, _ id: Int64) -> String { "caravan_\(event.rawValue)_\(id)" }

    /// The names of all triggers that a table may have.
    static func names(_ id: Int64) -> [Identifier] { Event.allCases.map { Identifier(name($0, id)) } }

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
        if !layout.valueColumns.isEmpty {
            let isChanged = SQLTerms.balanced(layout.valueColumns.map(changed), by: "OR")
            out.append(trigger(.updated, "AFTER UPDATE", of: "NOT (\(hasNewKey)) AND (\(isChanged))", [noteUpdate]))
        }
        let inserting =
            uniqueIndexes.map { noteCollision(equal(in: $0.definition)) }
            + rowids.map { noteCollision(["r.\($0) = NEW.\($0)"]) }
        if !inserting.isEmpty { out.append(trigger(.insertCollision, "BEFORE INSERT", inserting)) }
        let updating = uniqueIndexes.map { noteCollision(equal(in: $0.definition) + [isAnother("OLD")]) }
        if !updating.isEmpty { out.append(trigger(.updateCollision, "BEFORE UPDATE", updating)) }
        for name in rowids {
            let collision = noteCollision(["r.\(name) = NEW.\(name)"])
            out.append(trigger(.updateRowid, "BEFORE UPDATE", of: "OLD.\(name) <> NEW.\(name)", [collision]))
        }
        return out
    }

    /// The name of SQLite's own row number where that is not the key: a statement may name it, and REPLACE takes away
    /// the row that has the same. None where the table's own columns hide every name of it.
    private var rowids: [String] {
        guard !layout.table.isWithoutRowid, !SchemaSQL.isRowidKey(layout.table) else { return [] }
        let names = layout.table.columns.map(\.name)
        return Array(["rowid", "_rowid_", "oid"].filter { !names.containsSame(as: Identifier($0)) }.prefix(1))
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
        let values =
            ["\(kind.rawValue)", Self.now] + layout.keys.map { "\(key).\($0.name.quoted)" }
            + (old.map { row in layout.valueColumns.map { "\(row).\($0.name.quoted)" } } ?? [])
        return
            "INSERT INTO \(layout.name)(\(columns.joined(separator: ", "))) VALUES (\(values.joined(separator: ", ")))"
    }

    private var noteUpdate: String {
        let masks = (0..<layout.maskCount).map { mask in
            let first = mask * PendingLayout.maskWidth
            let last = min(first + PendingLayout.maskWidth, layout.valueColumns.count)
            return SQLTerms.balanced(
                (first..<last).map { "(\(changed(layout.valueColumns[$0])) << \($0 - first))" }, by: "|")
        }
        let columns = ["kind", "time"] + layout.keyNames + layout.maskNames
        let values =
            ["\(PendingLayout.Kind.updated.rawValue)", Self.now] + layout.keys.map { "NEW.\($0.name.quoted)" } + masks
        return
            "INSERT INTO \(layout.name)(\(columns.joined(separator: ", "))) VALUES (\(values.joined(separator: ", ")))"
    }

    /// Notes the rows that REPLACE would take away without a word.
    private func noteCollision(_ terms: [String]) -> String {
        let columns = ["kind", "time"] + layout.keyNames + layout.oldNames
        let values =
            ["\(PendingLayout.Kind.maybeReplaced.rawValue)", Self.now] + layout.keys.map { "r.\($0.name.quoted)" }
            + layout.valueColumns.map { "r.\($0.name.quoted)" }
        return """
            INSERT INTO \(layout.name)(\(columns.joined(separator: ", "))) SELECT \(values.joined(separator: ", ")) \
            FROM \(table) AS r WHERE \(SQLTerms.balanced(terms, by: "AND"))
            """
    }

    /// A row is equal to NEW in a UNIQUE.
    ///
    /// - Parameter row: what the statement calls it.
    private func equal(in index: IndexDefinition, as row: String = "r") -> [String] {
        let terms = index.parts.map { part in
            switch part.term {
            case .column(let name): "\(row).\(name.quoted) = \(written(name)) COLLATE \(part.collation)"
            // A bare name is a column of the row, of the only table that is read there.
            case .expression(let text): "(\(text)) = \(computed(text, of: "NEW")) COLLATE \(part.collation)"
            }
        }
        return terms + (index.condition.map { ["(\($0))", computed($0, of: "NEW")] } ?? [])
    }

    /// An expression of NEW or OLD: bare names are columns of a row made of it.
    private func computed(_ text: String, of row: String) -> String {
        let columns = layout.table.columns.map { column in
            "\(row == "NEW" ? written(column.name) : "OLD.\(column.name.quoted)") AS \(column.name.quoted)"
        }
        return "(SELECT (\(text)) FROM (SELECT \(columns.joined(separator: ", "))))"
    }

    /// A row `r` is not the one that is being written.
    private func isAnother(_ row: String) -> String {
        "NOT (\(SQLTerms.balanced(layout.keys.map { "r.\($0.name.quoted) IS \(row).\($0.name.quoted)" }, by: "AND")))"
    }

    /// The triggers that refuse what would make more equal rows in a UNIQUE whose index is a plain one, because a merge
    /// made rows equal there.
    private var uniqueGuards: [String] {
        let plain = uniqueIndexes.filter(\.isPlain).map(\.definition)
        guard !plain.isEmpty else { return [] }
        return [
            trigger(
                .uniqueInsertGuard, "BEFORE INSERT",
                plain.map { refuse(equal(in: $0) + [isAnother("NEW"), isNew(in: $0)], $0) }),
            trigger(
                .uniqueUpdateGuard, "BEFORE UPDATE",
                plain.map { refuse(equal(in: $0) + [isAnother("OLD"), isMoved($0)], $0) }),
        ]
    }

    /// No row of NEW's key is there that is equal to it already: where one is, an upsert or a replacement by the key
    /// makes no more equal rows.
    private func isNew(in index: IndexDefinition) -> String {
        let terms = equal(in: index, as: "s") + layout.keys.map { "s.\($0.name.quoted) IS NEW.\($0.name.quoted)" }
        return "NOT EXISTS (SELECT 1 FROM \(table) AS s WHERE \(SQLTerms.balanced(terms, by: "AND")))"
    }

    private func refuse(_ terms: [String], _ index: IndexDefinition) -> String {
        let names = index.parts.compactMap(\.column).map { "\(layout.table.name).\($0)" }.joined(separator: ", ")
        let what = names.isEmpty ? "index '\(index.name)'" : names
        let sentence =
            """
            UNIQUE constraint failed: \(what) (rows entered apart are equal in it already: `caravan conflicts` lists \
            them)
            """
        return
            "SELECT RAISE(ABORT, \(sentence.literal)) FROM \(table) AS r WHERE \(SQLTerms.balanced(terms, by: "AND"))"
    }

    /// The update changes what the index has of the row, so that rows that are equal already may be edited otherwise.
    private func isMoved(_ index: IndexDefinition) -> String {
        let terms = index.parts.map { part in
            switch part.term {
            case .column(let name): "OLD.\(name.quoted) IS NOT NEW.\(name.quoted)"
            case .expression(let text): "\(computed(text, of: "OLD")) IS NOT \(computed(text, of: "NEW"))"
            }
        }
        let condition = index.condition.map { ["\(computed($0, of: "OLD")) IS NOT \(computed($0, of: "NEW"))"] } ?? []
        return "(\(SQLTerms.balanced(terms + condition, by: "OR")))"
    }

    /// The value that a column will hold, in SQL: OR REPLACE puts the default where NULL may not be.
    private func written(_ name: Identifier) -> String {
        guard let column = layout.table.column(name), column.isNotNull, let text = column.defaultExpression else {
            return "NEW.\(name.quoted)"
        }
        return "coalesce(NEW.\(name.quoted), (\(text)))"
    }

    // MARK: What is refused

    var guards: [String] {
        [
            trigger(.insertGuard, "BEFORE INSERT", guardBody(isUpdate: false)),
            trigger(.updateGuard, "BEFORE UPDATE", guardBody(isUpdate: true)),
        ] + uniqueGuards
    }

    /// The value is stored by its column's affinity, so a real that is whole is an integer in an INTEGER column.
    private func guardBody(isUpdate: Bool) -> [String] {
        [
            refuse(
                SQLTerms.balanced(layout.keys.map { "typeof(NEW.\($0.name.quoted)) = 'real'" }, by: "OR"),
                "a key of \(layout.table.name) must be an integer, a text or a blob, not a real"),
            refuseSizes(isUpdate: isUpdate),
        ]
    }

    /// Refuses what is larger than the protocol or this node allows. Nearly every row is small, and is looked at once:
    /// only where some value is large enough that a limit may be passed are the limits themselves held against it. A
    /// value that came from a node with a higher limit may stay while others of its row are written.
    private func refuseSizes(isUpdate: Bool) -> String {
        let name = layout.table.name
        let stored = layout.keys + layout.valueColumns
        let keyLeast = WireLimits.keyBytesMax / layout.keys.count - 8
        let least = min(valueBytesMax, Self.rowBytesMax / stored.count)
        let isLarge =
            layout.keys.map { isLonger($0, than: keyLeast) } + layout.valueColumns.map { isLonger($0, than: least) }
        let isTooLarge = stored.map { isLonger($0, than: valueBytesMax, isUpdate ? changes($0) : "") }
        let refusals = [
            (
                SQLTerms.balanced(isTooLarge, by: "OR"),
                "a value is larger than \(valueBytesMax) bytes: store it in parts, or raise valueBytesMax on every node"
            ),
            (
                "\(bytes(of: layout.keys, each: 8)) > \(WireLimits.keyBytesMax)",
                "a key of \(name) has more than \(WireLimits.keyBytesMax) bytes: store what is long in another column"
            ),
            (
                "\(bytes(of: stored, each: 0)) > \(Self.rowBytesMax)",
                "a row of \(name) has more than \(Self.rowBytesMax) bytes: store it in several rows"
            ),
        ]
        let cases = refusals.map { "WHEN \($0.0) THEN RAISE(ABORT, \($0.1.literal))" }.joined(separator: " ")
        return "SELECT CASE \(cases) END WHERE \(SQLTerms.balanced(isLarge, by: "OR"))"
    }

    private func isLonger(_ column: ColumnDefinition, than count: Int, _ more: String = "") -> String {
        "(\(isBytes(column)) AND \(byteCount(column)) > \(count)\(more))"
    }

    /// The bytes of texts and blobs together, and `each` for every other value, in SQL.
    private func bytes(of columns: [ColumnDefinition], each: Int) -> String {
        SQLTerms.balanced(columns.map { "(CASE WHEN \(isBytes($0)) THEN \(byteCount($0)) ELSE \(each) END)" }, by: "+")
    }

    /// The most bytes that a row's values may come to: what an operation holds, less room for what is written around
    /// them.
    static let rowBytesMax = WireLimits.operationBytesMax - (1 << 20)

    private func refuse(_ condition: String, _ sentence: String) -> String {
        "SELECT RAISE(ABORT, \(sentence.literal)) WHERE \(condition)"
    }

    private func changes(_ column: ColumnDefinition) -> String {
        " AND NEW.\(column.name.quoted) IS NOT OLD.\(column.name.quoted)"
    }

    private func isBytes(_ column: ColumnDefinition) -> String {
        "typeof(NEW.\(column.name.quoted)) IN ('text', 'blob')"
    }

    private func byteCount(_ column: ColumnDefinition) -> String { "length(CAST(NEW.\(column.name.quoted) AS BLOB))" }

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
        return
            "(\(balanced(terms[..<middle], by: operation)) \(operation) \(balanced(terms[middle...], by: operation)))"
    }
}
