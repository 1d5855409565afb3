import ReplicaModel
import ReplicaSchema
import SyncWire

/// The text of one table's triggers.
struct CaptureTriggers {
    enum Event: String, CaseIterable {
        case insertCollision, updateCollision, updateRowid, inserted, updated, rekeyed, deleted
        /// Triggers of older software, which are only dropped.
        case insertGuard, updateGuard
        case insertRefused, updateRefused, deleteRefused
        case uniqueInsertGuard, uniqueUpdateGuard
        case referInsertGuard, referUpdateGuard, referredDeleteGuard, referredUpdateGuard
    }

    let layout: PendingLayout
    let uniqueIndexes: [IndexState]
    /// The columns that an index keeps.
    let indexed: Set<Identifier>
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
    static let now = "CAST(round((julianday() - 2440587.5) * 86400000.0) AS INTEGER)"
    /// The same in a note, within a tenth of one: who reads it rounds it, which for every row would be dear.
    private static let noted = "(julianday() - 2440587.5) * 86400000.0"

    // MARK: What is noted

    /// The statements that note a write. Each trigger that is run costs a row more than what it says, and a term of one
    /// next to nothing: so what cannot be replicated is refused where the row is noted, and what is nearly never
    /// written is told by its name in UPDATE OF. What a trigger has to say in rare cases costs too, by each value that
    /// it speaks of.
    var notes: [String] {
        let rowids = Self.rowids(of: layout.table)
        var out = [
            trigger(.inserted, "AFTER INSERT", [refuseUnfit(.inserted), note(.inserted, key: "NEW")]),
            trigger(.deleted, "AFTER DELETE", [note(.deleted, key: "OLD", old: "OLD")]),
            trigger(
                .rekeyed, "AFTER UPDATE OF \(Self.namesOfKey(of: layout.table))", of: hasNewKey,
                [refuseUnfit(.rekeyed), note(.deleted, key: "OLD", old: "OLD"), note(.inserted, key: "NEW")]),
        ]
        if !layout.valueColumns.isEmpty {
            let isChanged = SQLTerms.balanced(layout.valueColumns.map(changed), by: "OR")
            out.append(
                trigger(
                    .updated, "AFTER UPDATE", of: "NOT (\(hasNewKey)) AND (\(isChanged))",
                    [refuseUnfit(.updated), noteUpdate]))
        }
        let (inserting, isNumbered) = collisions(of: rowids)
        if !inserting.isEmpty {
            out.append(trigger(.insertCollision, "BEFORE INSERT", of: isNumbered, inserting.map(noteCollision)))
        }
        let updating = uniqueIndexes.map {
            noteCollision(equal(in: $0.definition, isGenerous: true) + [isAnother("OLD")])
        }
        if !updating.isEmpty { out.append(trigger(.updateCollision, "BEFORE UPDATE\(ofIndexed)", updating)) }
        if let name = rowids.first {
            out.append(
                trigger(
                    .updateRowid, "BEFORE UPDATE OF \(rowids.joined(separator: ", "))",
                    of: "OLD.\(name) <> NEW.\(name)",
                    [
                        "SELECT RAISE(ABORT, \(lowNumber.literal)) WHERE \(hasLowNumber(name))",
                        noteCollision(hasNewRowid(name)),
                    ]))
        }
        return out
    }

    /// The rows that an insert may take away, by the terms that each is equal by, and the condition on which there may
    /// be one at all; nil where that is always.
    ///
    /// - Parameter rowids: the names of the row number.
    private func collisions(of rowids: [String]) -> (rows: [[String]], condition: String?) {
        let equals = uniqueIndexes.map { equal(in: $0.definition, isGenerous: true) }
        guard let name = rowids.first else { return (equals, nil) }
        let isNumbered = "NOT (\(hasNoNumber(name)))"
        guard !equals.isEmpty else { return ([hasNewRowid(name)], isNumbered) }
        return (equals + [[isNumbered] + hasNewRowid(name)], nil)
    }

    /// The term for a number that is not chosen yet. Before an insert SQLite has -1 for the number that it is yet to
    /// choose, so that a row in that place could be replaced unseen: none may be there.
    private func hasNoNumber(_ name: String) -> String { "NEW.\(name) = -1" }

    /// SQLite chooses -1 itself where the greatest number of a table is -2, so none below zero may be there.
    private func hasLowNumber(_ name: String) -> String { "NEW.\(name) < 0" }

    private var lowNumber: String {
        "a row of \(layout.table.name) may not have a row number below zero: leave it to SQLite"
    }

    /// The columns of which an update must set one so that a row becomes equal to another in a UNIQUE; empty where
    /// something computed, or a condition, may read any.
    private var ofIndexed: String {
        var names: Set<Identifier> = []
        for index in uniqueIndexes.map(\.definition) {
            let columns = index.parts.compactMap(\.column)
            let isPlain = columns.allSatisfy { layout.table.column($0)?.generated == nil }
            guard isPlain, index.condition == nil, columns.count == index.parts.count else { return "" }
            names.formUnion(columns)
        }
        return " OF \(names.sorted().map(\.quoted).joined(separator: ", "))"
    }

    private static let rowidNames = ["rowid", "_rowid_", "oid"]

    /// The names of SQLite's own row number where that is not the key: a statement may name it, and REPLACE takes away
    /// the row that has the same. None where the table's own columns hide every name of it.
    static func rowids(of table: TableDefinition) -> [String] {
        guard !table.isWithoutRowid, !table.hasRowNumberAsKey else { return [] }
        let names = table.columns.map(\.name)
        return rowidNames.filter { !names.containsSame(as: Identifier($0)) }
    }

    private func hasNewRowid(_ name: String) -> [String] { ["r.\(name) = NEW.\(name)"] }

    /// The names by which a statement may set a column of the key.
    static func namesOfKey(of table: TableDefinition) -> String {
        let others = table.hasRowNumberAsKey ? rowidNames : []
        return (table.key.map(\.quoted) + others).joined(separator: ", ")
    }

    /// Whether a column differs by class or by bytes; the column's own collation has no say. Where a column cannot hold
    /// both integers and reals, whatever is equal is of one class.
    private func changed(_ column: ColumnDefinition) -> String {
        let name = column.name.quoted
        let isOther = "OLD.\(name) IS NOT NEW.\(name) COLLATE BINARY"
        let affinity = affinity(of: column)
        guard affinity != .text, affinity != .real else { return "(\(isOther))" }
        return "(typeof(OLD.\(name)) <> typeof(NEW.\(name)) OR \(isOther))"
    }

    private func affinity(of column: ColumnDefinition) -> Affinity {
        column.affinity(isStrict: layout.table.isStrict)
    }

    private var hasNewKey: String { SQLTerms.balanced(layout.keys.map(changed), by: "OR") }

    private func note(_ kind: PendingLayout.Kind, key: String, old: String? = nil) -> String {
        let olds = old == nil ? [] : layout.oldNames
        let columns = ["kind", "time"] + layout.keyNames + olds
        let values =
            ["\(kind.rawValue)", Self.noted] + layout.keys.map { "\(key).\($0.name.quoted)" }
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
            ["\(PendingLayout.Kind.updated.rawValue)", Self.noted] + layout.keys.map { "NEW.\($0.name.quoted)" } + masks
        return
            "INSERT INTO \(layout.name)(\(columns.joined(separator: ", "))) VALUES (\(values.joined(separator: ", ")))"
    }

    /// Notes the rows that REPLACE would take away without a word.
    private func noteCollision(_ terms: [String]) -> String {
        let columns = ["kind", "time"] + layout.keyNames + layout.oldNames
        let values =
            ["\(PendingLayout.Kind.maybeReplaced.rawValue)", Self.noted] + layout.keys.map { "r.\($0.name.quoted)" }
            + layout.valueColumns.map { "r.\($0.name.quoted)" }
        return """
            INSERT INTO \(layout.name)(\(columns.joined(separator: ", "))) SELECT \(values.joined(separator: ", ")) \
            FROM \(table) AS r WHERE \(SQLTerms.balanced(terms, by: "AND"))
            """
    }

    /// A row is equal to NEW in a UNIQUE.
    ///
    /// - Parameters:
    ///   - row: what the statement calls it.
    ///   - isGenerous: a NEW of which SQL cannot say what its index has is equal to all that may be; else to none.
    private func equal(in index: IndexDefinition, as row: String = "r", isGenerous: Bool) -> [String] {
        let terms = index.parts.map { part in
            switch part.term {
            case .column(let name): "\(row).\(name.quoted) = \(written(name)) COLLATE \(part.collation)"
            // A bare name is a column of the row, of the only table that is read there.
            case .expression(let text):
                known("(\(text)) = \(computed(text, of: "NEW")) COLLATE \(part.collation)", isGenerous)
            }
        }
        return terms + (index.condition.map { ["(\($0))", known(computed($0, of: "NEW"), isGenerous)] } ?? [])
    }

    /// A term with what is computed of NEW, where that is what SQLite itself computes.
    private func known(_ term: String, _ isGenerous: Bool) -> String {
        let others: [String] = layout.table.columns.compactMap { column in
            let value = written(column.name)
            return switch affinity(of: column) {
            case .integer, .real, .numeric: "typeof(\(value)) IN ('text', 'blob')"
            case .text: "typeof(\(value)) = 'blob'"
            case .blob: nil
            }
        }
        guard !others.isEmpty else { return term }
        let isOther = SQLTerms.balanced(others, by: "OR")
        return isGenerous ? "(\(isOther) OR \(term))" : "(NOT (\(isOther)) AND \(term))"
    }

    /// An expression of NEW or OLD: bare names are columns of a row made of it. In a trigger neither has the affinity
    /// of its column, by which SQLite compares, so CAST gives it; it leaves alone what is of that affinity's classes
    /// already.
    private func computed(_ text: String, of row: String) -> String {
        let columns = layout.table.columns.map { column in
            let value = row == "NEW" ? written(column.name) : "OLD.\(column.name.quoted)"
            let typed =
                switch affinity(of: column) {
                case .integer, .real, .numeric: "CAST(\(value) AS NUMERIC)"
                case .text: "CAST(\(value) AS TEXT)"
                case .blob: value
                }
            return "\(typed) AS \(column.name.quoted)"
        }
        return "(SELECT (\(text)) FROM (SELECT \(columns.joined(separator: ", "))))"
    }

    /// A row `r` is not the one that is being written.
    private func isAnother(_ row: String) -> String {
        "NOT (\(SQLTerms.balanced(layout.keys.map { "r.\($0.name.quoted) IS \(row).\($0.name.quoted)" }, by: "AND")))"
    }

    /// The triggers that refuse what would make more equal rows in a UNIQUE whose index is a plain one, because a merge
    /// made rows equal there.
    var guards: [String] {
        let plain = uniqueIndexes.filter(\.isPlain).map(\.definition)
        guard !plain.isEmpty else { return [] }
        return [
            trigger(
                .uniqueInsertGuard, "BEFORE INSERT",
                plain.map { refuse(equal(in: $0, isGenerous: false) + [isAnother("NEW"), isNew(in: $0)], $0) }),
            trigger(
                .uniqueUpdateGuard, "BEFORE UPDATE",
                plain.map { refuse(equal(in: $0, isGenerous: false) + [isAnother("OLD"), isMoved($0)], $0) }),
        ]
    }

    /// No row of NEW's key is there that is equal to it already: where one is, an upsert or a replacement by the key
    /// makes no more equal rows.
    private func isNew(in index: IndexDefinition) -> String {
        let terms =
            equal(in: index, as: "s", isGenerous: false)
            + layout.keys.map { "s.\($0.name.quoted) IS NEW.\($0.name.quoted)" }
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

    /// Refuses what no changeset could carry: a key that is a real, and what is larger than the protocol or this node
    /// allows. Nearly every row is small, and is looked at once: only where some value is large enough that a limit may
    /// be passed is it asked which. A value that came from a node with a higher limit may stay while others of its row
    /// are written; a row of another key is a new one, with all its values.
    ///
    /// What is looked at is what the row holds: a real that is whole is an integer in an INTEGER column.
    private func refuseUnfit(_ event: Event) -> String {
        let (name, columns) = (layout.table.name, layout.keys + layout.valueColumns)
        // An update that is noted as one leaves the key as it is.
        let keys = event == .updated ? [] : layout.keys
        let reals = keys.filter(mayBeReal).map { "typeof(NEW.\($0.name.quoted)) = 'real'" }
        let keyLeast = keys.count > 1 ? WireLimits.keyBytesMax / keys.count - 8 : WireLimits.keyBytesMax
        let isRowBounded = columns.count * valueBytesMax <= Self.rowBytesMax
        let least = isRowBounded ? valueBytesMax : min(valueBytesMax, Self.rowBytesMax / columns.count)
        let isTooLarge = { (column: ColumnDefinition) in
            let isLonger = self.isLonger(column, than: self.bytesMax(of: column))
            return event == .updated ? "(\(isLonger) AND \(self.isChanged(column)))" : isLonger
        }
        // A row number is set where a row is inserted; an update of it has a trigger of its own.
        let lowNumbers = event == .inserted ? Self.rowids(of: layout.table).prefix(1).map(hasLowNumber) : []
        let refusals = [
            (any(lowNumbers), lowNumber),
            (any(reals), "a key of \(name) must be an integer, a text or a blob, not a real"),
            (
                keys.isEmpty ? nil : "\(bytes(of: keys, each: 8)) > \(WireLimits.keyBytesMax)",
                "a key of \(name) has more than \(WireLimits.keyBytesMax) bytes: store what is long in another column"
            ),
        ]
        let cases = refusals.compactMap { condition, sentence in
            condition.map { "WHEN \($0) THEN RAISE(ABORT, \(sentence.literal)) " }
        }
        // Where nothing else is left to ask, it is that.
        let isLast = isRowBounded && keys.count < 2
        let isToAsk =
            lowNumbers + reals + keys.map { isLonger($0, than: keyLeast) }
            + layout.valueColumns.map { isLast ? isTooLarge($0) : isLonger($0, than: min(least, bytesMax(of: $0))) }
        let refusal = isLast ? "RAISE(ABORT, \(largeValue.literal))" : refuseLarge(columns, isNew: event != .updated)
        let which = cases.isEmpty ? refusal : "CASE \(cases.joined())ELSE \(refusal) END"
        return "SELECT \(which) WHERE \(SQLTerms.balanced(isToAsk, by: "OR"))"
    }

    private var largeValue: String {
        isIndexBounded && layout.valueColumns.contains { indexed.contains($0.name) }
            ? """
            a value is larger than \(valueBytesMax) bytes, or than \(WireLimits.indexedBytesMax) in a column that an \
            index keeps: store it in parts
            """
            : "a value is larger than \(valueBytesMax) bytes: store it in parts, or raise valueBytesMax on every node"
    }

    /// Whether an index keeps less than other columns hold.
    private var isIndexBounded: Bool { WireLimits.indexedBytesMax < valueBytesMax }

    /// The most bytes of a text or blob in a column.
    private func bytesMax(of column: ColumnDefinition) -> Int {
        indexed.contains(column.name) ? min(valueBytesMax, WireLimits.indexedBytesMax) : valueBytesMax
    }

    /// The factor by which the bytes of a value count, so that each is held against `valueBytesMax`.
    private func weight(of column: ColumnDefinition) -> Int {
        isIndexBounded && indexed.contains(column.name)
            ? (valueBytesMax + WireLimits.indexedBytesMax - 1) / WireLimits.indexedBytesMax : 1
    }

    /// Refuses what is too large for a row, or for a value that was written, in SQL; NULL where nothing is.
    ///
    /// Nearly never come to, so it says each value once, in one row of a SELECT after the other: a call of a function
    /// for each would be as many registers of the trigger, which are made and cleared for every row that is written.
    private func refuseLarge(_ columns: [ColumnDefinition], isNew: Bool) -> String {
        let rows = columns.map { column in
            let weight = weight(of: column)
            let isCounted = isNew ? "\(weight)" : weight == 1 ? isChanged(column) : "(\(isChanged(column))) * \(weight)"
            return "(NEW.\(column.name.quoted), \(isCounted))"
        }
        let row =
            "a row of \(layout.table.name) has more than \(Self.rowBytesMax) bytes: store it in several rows"
        return """
            (SELECT CASE WHEN sum(n) > \(Self.rowBytesMax) THEN RAISE(ABORT, \(row.literal)) WHEN max(c * n) > \
            \(valueBytesMax) THEN RAISE(ABORT, \(largeValue.literal)) END FROM (SELECT length(CAST(column1 AS BLOB)) AS \
            n, column2 AS c FROM (VALUES (NULL, 0), \(rows.joined(separator: ", "))) WHERE column1 >= ''))
            """
    }

    private func any(_ terms: [String]) -> String? { terms.isEmpty ? nil : SQLTerms.balanced(terms, by: "OR") }

    private func mayBeReal(_ column: ColumnDefinition) -> Bool {
        affinity(of: column) != .text && !layout.table.hasRowNumberAsKey
    }

    /// Whether a value is a text or a blob, and longer.
    private func isLonger(_ column: ColumnDefinition, than count: Int) -> String {
        let isLonger = "\(byteCount(column)) > \(count)"
        return affinity(of: column) == .text ? isLonger : "(\(isBytes(column)) AND \(isLonger))"
    }

    /// The bytes of texts and blobs together, and `each` for every other value, in SQL.
    private func bytes(of columns: [ColumnDefinition], each: Int) -> String {
        let terms = columns.map { column in
            affinity(of: column) == .text
                ? "coalesce(\(byteCount(column)), \(each))"
                : "(CASE WHEN \(isBytes(column)) THEN \(byteCount(column)) ELSE \(each) END)"
        }
        return SQLTerms.balanced(terms, by: "+")
    }

    /// The most bytes that a row's values may come to: what an operation holds, less room for what is written around
    /// them.
    static let rowBytesMax = WireLimits.operationBytesMax - (1 << 20)

    private func isChanged(_ column: ColumnDefinition) -> String {
        "NEW.\(column.name.quoted) IS NOT OLD.\(column.name.quoted) COLLATE BINARY"
    }

    /// Whether a value is a text or a blob: numbers are less than every text, and texts less than every blob. A column
    /// of affinity TEXT has nothing else, but for NULL.
    private func isBytes(_ column: ColumnDefinition) -> String { "NEW.\(column.name.quoted) >= '' COLLATE BINARY" }

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
