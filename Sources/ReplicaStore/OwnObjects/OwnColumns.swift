import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// A column that somebody added by hand, and that the alliance does not know.
struct OwnColumn: Hashable {
    let name: Identifier
    /// The type as declared.
    let type: String
    /// The text behind DEFAULT; nil where there is none.
    let defaultText: String?
    /// Whether the column is computed, and holds nothing.
    let isGenerated: Bool
    /// The whole declaration of the column, where it refuses no row that a merge brings.
    let declaration: String?

    /// The type as it stands in a declaration: whatever its words are, they are no more than a type.
    var writtenType: String { type.isEmpty ? "" : Identifier(type).quoted }
}

/// The columns that people add to a table by hand: they stay on this node, whatever becomes of the table.
struct OwnColumns {
    let transaction: Transaction

    /// The columns that a person added to a table, as it is in the file.
    func addedByHand(in table: Identifier, beside definition: TableDefinition) throws(StoreError) -> [OwnColumn] {
        let known = definition.columns.map(\.name)
        let others = try transaction.connection.rows(
            "SELECT name, type, hidden, \"notnull\", dflt_value FROM pragma_table_xinfo(?1) ORDER BY cid",
            [.text(table)]
        ).filter { row in row[0].identifier.map { !known.containsSame(as: $0) } ?? false }
        guard !others.isEmpty else { return [] }
        let sql = try transaction.connection.value(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?1 COLLATE NOCASE", [.text(table)])
        guard case .text(let bytes)? = sql else { return [] }
        let text = TableText(String(decoding: bytes, as: UTF8.self))
        return others.compactMap { row in
            guard let name = row[0].identifier, case .text(let type) = row[1] else { return nil }
            let isGenerated = row[2] != .integer(0)
            let defaultText: String? =
                if case .text(let bytes) = row[4] { String(decoding: bytes, as: UTF8.self) } else { nil }
            let refusesRows = row[3] == .integer(1) && !isGenerated && isNull(defaultText)
            return OwnColumn(
                name: name, type: String(decoding: type, as: UTF8.self), defaultText: defaultText,
                isGenerated: isGenerated,
                declaration: refusesRows ? nil : text.declaration(of: name))
        }
    }

    /// Whether a default comes to NULL, or to nothing.
    private func isNull(_ text: String?) -> Bool {
        guard let text else { return true }
        return (try? transaction.connection.value("SELECT (\(text)) IS NULL")) != .integer(0)
    }

    /// The columns that a table has in the file, in its order.
    func columnNames(in table: Identifier) throws(StoreError) -> [Identifier] {
        try transaction.connection.rows("SELECT name FROM pragma_table_xinfo(?1) ORDER BY cid", [.text(table)])
            .compactMap { $0.first?.identifier }
    }

    /// Adds columns to a table. Of a declaration that ALTER cannot add what can be is left: the name, and the type and
    /// the default as far as the table takes them.
    ///
    /// - Parameters:
    ///   - name: the table's, where it has none yet.
    ///   - source: a table that has what they are to hold.
    func add(_ columns: [OwnColumn], to table: Identifier, named name: Identifier? = nil, holding source: Identifier)
        throws(StoreError)
    {
        let isStrict =
            try transaction.connection.value(
                "SELECT strict FROM pragma_table_list(?1) WHERE schema = 'main'", [.text(table)]) == .integer(1)
        var left = columns
        // A computed one may read one that stands behind it.
        while !left.isEmpty {
            var failed: [(column: OwnColumn, error: StoreError)] = []
            for column in left {
                do {
                    if column.isGenerated {
                        try addComputed(column, to: table)
                    } else {
                        try addPlain(column, to: table, isStrict: isStrict, holding: source)
                    }
                } catch { failed.append((column, error)) }
            }
            guard failed.count == left.count else {
                left = failed.map(\.column)
                continue
            }
            for (column, error) in failed {
                guard case .sqlite(_, let message, _) = error, let text = column.declaration, column.isGenerated else {
                    throw error
                }
                try keepText(of: column, text, in: name ?? table, for: message)
            }
            return
        }
    }

    private func addPlain(_ column: OwnColumn, to table: Identifier, isStrict: Bool, holding source: Identifier)
        throws(StoreError)
    {
        let head = "ALTER TABLE \(table.quoted) ADD COLUMN "
        let bare = "\(column.name.quoted) "
        // A STRICT table takes few types, and holds them to it.
        let isMisfit = isStrict ? try !isHeld(column, in: source) : false
        var attempts = isMisfit ? [] : [column.declaration].compactMap(\.self)
        let type = isMisfit ? "ANY" : column.writtenType
        if let text = column.defaultText { attempts.append("\(bare)\(type) DEFAULT (\(text))") }
        for attempt in attempts {
            do { return try transaction.connection.run(head + attempt) } catch {
                // What ALTER does not do, or rows that are there do not keep.
                guard case .sqlite(let code, _, _) = error,
                    [ResultCode.error, ResultCode.constraintFailed].contains(code & 0xFF)
                else { throw error }
            }
        }
        try transaction.connection.run(head + bare + type)
    }

    /// Whether a column of a STRICT table with that type can hold what stands in a column of the same name.
    private func isHeld(_ column: OwnColumn, in source: Identifier) throws(StoreError) -> Bool {
        let classes: [String]
        switch column.type.asciiUppercased {
        case "ANY": return true
        case "INT", "INTEGER": classes = ["integer"]
        case "REAL": classes = ["integer", "real"]
        case "TEXT": classes = ["text"]
        case "BLOB": classes = ["blob"]
        default: return false
        }
        let held = (classes + ["null"]).map(\.literal).joined(separator: ", ")
        return try transaction.connection.value(
            "SELECT 1 FROM \(source.quoted) WHERE typeof(\(column.name.quoted)) NOT IN (\(held)) LIMIT 1"
        ) == nil
    }

    /// ALTER adds no STORED column: it is computed when it is read from now on, and comes to the same.
    func addComputed(_ column: OwnColumn, to table: Identifier) throws(StoreError) {
        guard let text = column.declaration else { return }
        let read = SQLTokens(text)
        let last = read.tokens.last.flatMap { $0.word == "STORED" ? $0.range.lowerBound : nil }
        let declaration =
            last.map { String(decoding: read.bytes[..<$0] + Array("VIRTUAL".utf8), as: UTF8.self) } ?? text
        try transaction.connection.run("ALTER TABLE \(table.quoted) ADD COLUMN \(declaration)")
    }

    func keepText(of column: OwnColumn, _ declaration: String, in table: Identifier, for reason: String)
        throws(StoreError)
    {
        try transaction.ownObjects.keepText(
            of: Identifier("\(table.text).\(column.name.text)"),
            "ALTER TABLE \(table.quoted) ADD COLUMN \(declaration)", for: reason)
    }

    /// Gives a column made by hand another name where the alliance has a use for its own.
    func renameLocal(in old: TableState, for new: TableDefinition) throws(StoreError) {
        let own = try addedByHand(in: old.name, beside: old.definition)
        var names = Set(own.map(\.name.folded) + (old.definition.columns + new.columns).map(\.name.folded))
        for column in own where new.columns.contains(where: { $0.name.isSame(as: column.name) }) {
            var aside = Self.aside(column.name)
            while !names.insert(aside.folded).inserted { aside = aside + "_" }
            try transaction.renames.alter(
                "ALTER TABLE \(old.name.quoted) RENAME COLUMN \(column.name.quoted) TO \(aside.quoted)")
        }
    }

    static func aside(_ name: Identifier) -> Identifier { name + "__local" }

    /// A column that was made by hand is the alliance's now: what was entered in it is noted as entered in that.
    ///
    /// What does not fit there stays where it is, and `doctor` names it.
    func shareColumn(_ added: AddedColumn, now: Int64) throws(StoreError) {
        guard added.reference == nil, added.column.generated == nil,
            let table = transaction.state.table(named: added.table),
            let place = table.valueColumns.firstIndex(where: { $0.name == added.column.name }),
            let own = try addedByHand(in: table.name, beside: table.definition).first(where: {
                $0.name == Self.aside(added.column.name)
            })
        else { return }
        try transaction.capture.refreshCapture()
        let (name, mine, theirs) = (table.name.quoted, own.name.quoted, added.column.name.quoted)
        let differs = "\(mine) IS NOT NULL AND (\(mine) IS NOT \(theirs) OR typeof(\(mine)) <> typeof(\(theirs)))"
        let keys = try transaction.connection.rows(
            "SELECT \(table.keyColumns.map(\.name.quoted).joined(separator: ", ")) FROM \(name) WHERE \(differs)")
        do { try transaction.connection.run("UPDATE \(name) SET \(theirs) = \(mine) WHERE \(differs)") } catch {
            guard case .sqlite(let code, _, _) = error, code & 0xFF == ResultCode.constraintFailed else { throw error }
            return
        }
        let notes = PendingNotes(connection: transaction.connection, table: table)
        for key in keys { try notes.noteWrite(of: place, key, at: now) }
        // Where the new column changed the class of a value, the old one stays to be looked at.
        guard try transaction.connection.value("SELECT 1 FROM \(name) WHERE \(differs) LIMIT 1") == nil else { return }
        // A view of a person's own may read it: then it stays, too.
        try? transaction.connection.run("ALTER TABLE \(name) DROP COLUMN \(mine)")
    }
}
