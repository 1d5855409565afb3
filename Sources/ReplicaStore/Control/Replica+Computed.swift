import CSQLite
import ReplicaModel

/// Indexes and columns of a person's own that compute something when a row is written: they may refuse a row that everybody else has, and no merge
/// waits for them. One that stands in the way is put aside, and `doctor` names it with its text and the reason.
struct ComputedObjects {
    struct Index {
        let table: Identifier
        let name: Identifier
        let sql: String
        /// It was written by a function or a collation that another program has under the name of one of SQLite's.
        let isForeign: Bool
    }

    struct Column {
        let table: TableState
        let column: OwnColumn
    }

    var indexes: [Index] = []
    var columns: [Column] = []
    /// Indexes of the alliance that were made anew.
    var remade: [Identifier] = []

    var isEmpty: Bool { indexes.isEmpty && columns.isEmpty && remade.isEmpty }
}

extension StoreError {
    /// Whether an index or a computed column of a person's own may be what refused: it computed something that cannot be, or was written by another
    /// program's function.
    var mayBeOfOwnObject: Bool {
        switch self {
        case .sqlite(let code, _, _): [SQLITE_ERROR, SQLITE_TOOBIG, SQLITE_NOMEM, SQLITE_MISMATCH].contains(code & 0xFF)
        case .foreign: true
        default: false
        }
    }
}

/// Inside a transaction only.
extension Replica {
    /// Does something without the own objects that may have refused it, and makes those again that then can be made.
    ///
    /// - Returns: nil if there are none.
    func sparing<Result>(after error: StoreError, _ body: () throws(StoreError) -> Result) throws(StoreError) -> Result? {
        let taken = try takeOutComputed(after: error)
        guard !taken.isEmpty else { return nil }
        let result = try body()
        try bringBack(taken)
        return result
    }

    private func takeOutComputed(after error: StoreError) throws(StoreError) -> ComputedObjects {
        var out = ComputedObjects()
        for table in state.tables {
            let wrong = if case .foreign = error { try indexesThatDisagree(with: table) } else { Set<Identifier>() }
            let columns = try ownColumns(in: table.name, beside: table.definition).filter(\.isGenerated)
            for object in try ownObjects(on: table.name) {
                let isForeign = wrong.contains(object.name.folded)
                let isComputed = try computes(object.name, with: columns)
                guard isForeign || isComputed else { continue }
                out.indexes.append(.init(table: table.name, name: object.name, sql: object.sql, isForeign: isForeign))
                try connection.run("DROP INDEX \(object.name.quoted)")
            }
            // One may be computed from another that stands before it.
            for column in columns.reversed() where (try? dropColumn(column.name, of: table.name)) != nil {
                out.columns.insert(.init(table: table, column: column), at: 0)
            }
            let own = Set(out.indexes.map(\.name.folded))
            for name in wrong.sorted() where !own.contains(name) {
                try remakeIndex(name, of: table)
                out.remade.append(name)
            }
        }
        return out
    }

    /// Whether an index holds something else than ordinary columns, or not all rows. False for a trigger.
    private func computes(_ index: Identifier, with columns: [OwnColumn]) throws(StoreError) -> Bool {
        let parts = try connection.rows("SELECT name FROM pragma_index_xinfo(?1) WHERE key", [.text(index)])
        guard !parts.isEmpty else { return false }
        let isPartial = try connection.value("SELECT 1 FROM sqlite_master AS m JOIN pragma_index_list(m.tbl_name) AS l ON l.name = m.name WHERE m.name = ?1 AND l.partial", [.text(index)]) != nil
        return isPartial || parts.contains { part in part.first?.identifier.map { name in columns.contains { $0.name.isSame(as: name) } } ?? true }
    }

    /// Names, folded, of indexes that lack a row of their table or have one more.
    private func indexesThatDisagree(with table: TableState) throws(StoreError) -> Set<Identifier> {
        let known = try connection.rows("SELECT name FROM pragma_index_list(?1)", [.text(table.name)]).compactMap { $0.first?.identifier }
        guard !known.isEmpty else { return [] }
        let found: [[Value]]
        do { found = try connection.rows("PRAGMA integrity_check(\(table.name.quoted))") } catch {
            guard error.mayBeOfOwnObject else { throw error }
            return []
        }
        let texts = found.compactMap { row in if case .text(let bytes)? = row.first { String(decoding: bytes, as: UTF8.self) } else { nil } }.filter(Self.isOfIndex)
        return Set(known.filter { name in texts.contains { $0.hasSuffix("index \(name)") } }.map(\.folded))
    }

    /// Makes an index of the alliance anew, as this node's SQLite has it.
    private func remakeIndex(_ name: Identifier, of table: TableState) throws(StoreError) {
        do { try connection.run("REINDEX main.\(name.quoted)") } catch {
            guard case .sqlite(Connection.uniqueFailed, _, _) = error, let index = state.indexes.first(where: { $0.definition.name.isSame(as: name) })?.definition else { throw error }
            try connection.run("DROP INDEX \(index.name.quoted)")
            try standPlain(index, table)
        }
    }

    private func bringBack(_ taken: ComputedObjects) throws(StoreError) {
        for item in taken.columns { try bringBack(item) }
        for index in taken.indexes {
            guard index.isForeign else {
                try remakeOwn([(index.name, index.sql)])
                continue
            }
            try keepText(
                of: index.name, index.sql, for: "it did not agree with table \(index.table), as where a program brings a function or a collation of its own for one of SQLite's")
        }
    }

    /// Adds a computed column again, if it comes to something in every row.
    private func bringBack(_ item: ComputedObjects.Column) throws(StoreError) {
        guard let declaration = item.column.declaration else { return }
        let (table, name) = (item.table.name, item.column.name)
        do {
            try addComputed(item.column, to: table)
            try compute(name, of: table)
        } catch {
            guard error.mayBeOfOwnObject, case .sqlite(_, let message, _) = error else { throw error }
            if try columnNames(in: table).containsSame(as: name) { try dropColumn(name, of: table) }
            try keepText(of: item.column, declaration, in: table, for: message)
            try takeOutTriggers(reading: name, on: table)
        }
    }

    /// Also where a view or a trigger of a person's own reads it. One that was refused inside a transaction cannot be tried again in it, for SQLite has
    /// then forgotten the column.
    private func dropColumn(_ name: Identifier, of table: Identifier) throws(StoreError) {
        try connection.run("PRAGMA legacy_alter_table = ON; PRAGMA writable_schema = ON")
        defer { try? connection.run("PRAGMA writable_schema = OFF; PRAGMA legacy_alter_table = OFF") }
        try connection.run("ALTER TABLE \(table.quoted) DROP COLUMN \(name.quoted)")
    }

    /// Computes a column in every row.
    func compute(_ column: Identifier, of table: Identifier) throws(StoreError) {
        _ = try connection.value("SELECT count(*) FROM \(table.quoted) WHERE \(column.quoted) IS x'00'")
    }

    /// An own trigger that reads what is no more would refuse every write of the person's own.
    private func takeOutTriggers(reading column: Identifier, on table: Identifier) throws(StoreError) {
        for object in try ownObjects(on: table) {
            let words = SQLTokens.spelling(object.sql)
            guard words.dropFirst().first == "TRIGGER", words.contains(column.text.asciiUppercased) else { continue }
            try connection.run("DROP TRIGGER \(object.name.quoted)")
            try keepText(of: object.name, object.sql, for: "it reads column \(column) of table \(table), which had to go")
        }
    }
}
