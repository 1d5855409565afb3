import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// Objects that a person made on replicated tables and that are computed when a row is written: indexes, generated
/// columns, defaults. Such an object may refuse a row that everybody else has, and no merge waits for it. What stands
/// in the way is put aside, and `doctor` names it with its text and the reason.
struct ComputedObjects {
    private struct Index {
        let table: Identifier
        let name: Identifier
        let sql: String
        /// Whether it was written by a function or a collation that another program has under the name of one of
        /// SQLite's.
        let isForeign: Bool
    }

    private let transaction: Transaction
    private var indexes: [Index] = []
    private var columns: [(table: TableState, column: OwnColumn)] = []
    /// The count of what was put right at once: indexes of the alliance, and defaults.
    private var mended = 0

    private var connection: Connection { transaction.connection }

    /// Takes out all that may have refused.
    ///
    /// - Parameter error: how.
    init(takenFrom transaction: Transaction, after error: StoreError) throws(StoreError) {
        self.transaction = transaction
        for table in transaction.state.tables {
            let wrong = if case .foreign = error { try indexesThatDisagree(with: table) } else { Set<Identifier>() }
            try takeOut(from: table, wrong: wrong)
        }
    }

    var isEmpty: Bool { indexes.isEmpty && columns.isEmpty && mended == 0 }

    private mutating func takeOut(from table: TableState, wrong: Set<Identifier>) throws(StoreError) {
        let own = try transaction.ownColumns.addedByHand(in: table.name, beside: table.definition)
        let failing = try defaultsThatFail(in: table.name, own)
        let computed = own.filter { column in column.isGenerated || failing.contains { $0.column.name == column.name } }
        for object in try transaction.ownObjects.ownObjects(on: table.name) {
            let isForeign = wrong.contains(object.name.folded)
            let isComputed = try computes(object.name, with: computed)
            guard isForeign || isComputed else { continue }
            indexes.append(Index(table: table.name, name: object.name, sql: object.sql, isForeign: isForeign))
            try connection.run("DROP INDEX \(object.name.quoted)")
        }
        var taken: [(table: TableState, column: OwnColumn)] = []
        // One may be computed from another that stands before it.
        for column in own.reversed() where column.isGenerated && column.declaration != nil {
            do { try drop(column.name, of: table.name) } catch {
                guard case .sqlite = error else { throw error }
                continue
            }
            taken.append((table, column))
        }
        columns += taken.reversed()
        for (column, expression, message) in failing {
            try takeDefault(from: column, of: table.name, expression, message)
        }
        let known = Set(indexes.map(\.name.folded))
        for name in wrong.sorted() where !known.contains(name) { try remake(name, of: table) }
    }

    // MARK: What may refuse

    /// Whether an index holds something else than ordinary columns, or not all rows. False for a trigger.
    private func computes(_ index: Identifier, with columns: [OwnColumn]) throws(StoreError) -> Bool {
        let parts = try connection.rows("SELECT name FROM pragma_index_xinfo(?1) WHERE key", [.text(index)])
        guard !parts.isEmpty else { return false }
        let isPartial = try connection.value(
            """
            SELECT 1 FROM sqlite_master AS m JOIN pragma_index_list(m.tbl_name) AS l ON l.name = m.name WHERE m.name = \
            ?1 AND l.partial
            """,
            [.text(index)])
        return isPartial != nil
            || parts.contains { part in
                part.first?.identifier.map { name in columns.contains { $0.name.isSame(as: name) } } ?? true
            }
    }

    /// Names, folded, of indexes that lack a row of their table or have one more.
    private func indexesThatDisagree(with table: TableState) throws(StoreError) -> Set<Identifier> {
        let known = try connection.rows("SELECT name FROM pragma_index_list(?1)", [.text(table.name)]).compactMap {
            $0.first?.identifier
        }
        guard !known.isEmpty else { return [] }
        let found: [[Value]]
        do { found = try connection.rows("PRAGMA integrity_check(\(table.name.quoted))") } catch {
            guard error.mayBeOfOwnObject else { throw error }
            return []
        }
        let texts = found.compactMap { row in
            if case .text(let bytes)? = row.first { String(decoding: bytes, as: UTF8.self) } else { nil }
        }
        let wrong = texts.filter(Doctor.isOfIndex)
        return Set(known.filter { name in wrong.contains { $0.hasSuffix("index \(name)") } }.map(\.folded))
    }

    /// Columns of which the default cannot be computed, as DEFAULT (abs(-9223372036854775808)), with its text and what
    /// SQLite says of it.
    private func defaultsThatFail(in table: Identifier, _ own: [OwnColumn]) throws(StoreError) -> [(
        column: OwnColumn, expression: String, message: String
    )] {
        var out: [(column: OwnColumn, expression: String, message: String)] = []
        for column in own where !column.isGenerated {
            let text = try connection.value(
                "SELECT dflt_value FROM pragma_table_xinfo(?1) WHERE name = ?2", [.text(table), .text(column.name)])
            guard case .text(let bytes)? = text else { continue }
            let expression = String(decoding: bytes, as: UTF8.self)
            do { _ = try connection.value("SELECT (\(expression))") } catch {
                guard error.mayBeOfOwnObject, case .sqlite(_, let message, _) = error else { throw error }
                out.append((column, expression, message))
            }
        }
        return out
    }

    // MARK: What is put right at once

    /// Makes an index of the alliance anew, as this node's SQLite has it.
    private mutating func remake(_ name: Identifier, of table: TableState) throws(StoreError) {
        mended += 1
        do { try connection.run("REINDEX main.\(name.quoted)") } catch {
            let index = transaction.state.indexes.first { $0.definition.name.isSame(as: name) }?.definition
            guard case .sqlite(ResultCode.uniqueFailed, _, _) = error, let index else { throw error }
            try connection.run("DROP INDEX \(index.name.quoted)")
            try transaction.schemaKeeper.relaxUnique(index, table)
        }
    }

    /// Makes a column anew without its default, with what it holds.
    private mutating func takeDefault(
        from column: OwnColumn, of table: Identifier, _ expression: String, _ message: String
    ) throws(StoreError) {
        mended += 1
        let moved = Identifier("caravan_moved")
        try connection.run(
            """
            ALTER TABLE \(table.quoted) ADD COLUMN \(moved.quoted) \(column.writtenType); UPDATE \(table.quoted) SET \
            \(moved.quoted) = \(column.name.quoted)
            """
        )
        try drop(column.name, of: table)
        try alterUnread("ALTER TABLE \(table.quoted) RENAME COLUMN \(moved.quoted) TO \(column.name.quoted)")
        try transaction.ownObjects.keepText(
            of: Identifier("\(table.text).\(column.name.text) DEFAULT"), "DEFAULT (\(expression))", for: message)
    }

    private func drop(_ column: Identifier, of table: Identifier) throws(StoreError) {
        try alterUnread("ALTER TABLE \(table.quoted) DROP COLUMN \(column.quoted)")
    }

    /// Runs an ALTER also where a view or a trigger of a person's own reads what it alters. One that was refused cannot
    /// be tried again in the same transaction, for SQLite has then forgotten the column.
    private func alterUnread(_ sql: String) throws(StoreError) {
        try connection.run("PRAGMA legacy_alter_table = ON; PRAGMA writable_schema = ON")
        defer { try? connection.run("PRAGMA writable_schema = OFF; PRAGMA legacy_alter_table = OFF") }
        try connection.run(sql)
    }

    // MARK: What comes back

    /// Makes those again that can be made, and keeps the others as text.
    func bringBack() throws(StoreError) {
        for (table, column) in columns { try bringBack(column, to: table.name) }
        for index in indexes {
            guard index.isForeign else {
                try transaction.ownObjects.remakeOwn([(index.name, index.sql)])
                continue
            }
            try transaction.ownObjects.keepText(
                of: index.name, index.sql,
                for:
                    """
                    it did not agree with table \(index.table), as where a program brings a function or a collation of \
                    its own for one of SQLite's
                    """
            )
        }
    }

    /// Adds a generated column again, if it comes to something in every row.
    private func bringBack(_ column: OwnColumn, to table: Identifier) throws(StoreError) {
        guard let declaration = column.declaration else { return }
        do {
            try transaction.ownColumns.addComputed(column, to: table)
            try transaction.ownObjects.compute(column.name, of: table)
        } catch {
            guard error.mayBeOfOwnObject, case .sqlite(_, let message, _) = error else { throw error }
            if try transaction.ownColumns.columnNames(in: table).containsSame(as: column.name) {
                try drop(column.name, of: table)
            }
            try transaction.ownColumns.keepText(of: column, declaration, in: table, for: message)
            try takeOutTriggers(reading: column.name, on: table)
        }
    }

    /// An own trigger that reads what is no more would refuse every write of the person's own.
    private func takeOutTriggers(reading column: Identifier, on table: Identifier) throws(StoreError) {
        for object in try transaction.ownObjects.ownObjects(on: table) {
            let words = SQLTokens.spelling(object.sql)
            guard words.dropFirst().first == "TRIGGER", words.contains(column.text.asciiUppercased) else { continue }
            try connection.run("DROP TRIGGER \(object.name.quoted)")
            try transaction.ownObjects.keepText(
                of: object.name, object.sql, for: "it reads column \(column) of table \(table), which had to go")
        }
    }
}

extension StoreError {
    /// Whether something computed of a person's own may be what refused: it comes to what cannot be, or was written by
    /// another program's function.
    var mayBeOfOwnObject: Bool {
        switch self {
        case .sqlite(let code, _, _): ResultCode.mayBeOfExpression(code)
        case .foreign: true
        default: false
        }
    }
}

extension OwnObjects {
    /// Does something without the own objects that may have refused it, and makes those again that then can be made.
    ///
    /// - Returns: nil if there are none.
    func sparing<Result>(after error: StoreError, _ body: () throws(StoreError) -> Result) throws(StoreError) -> Result?
    {
        let taken = try ComputedObjects(takenFrom: transaction, after: error)
        guard !taken.isEmpty else { return nil }
        let result = try body()
        try taken.bringBack()
        return result
    }

    /// Computes a column in every row.
    func compute(_ column: Identifier, of table: Identifier) throws(StoreError) {
        _ = try transaction.connection.value("SELECT count(*) FROM \(table.quoted) WHERE \(column.quoted) IS x'00'")
    }
}
