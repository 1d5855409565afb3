import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// Indexes, triggers and views of a person's own: they stay on this node, work after a table was made anew as before,
/// and give way to what the alliance defines under their names.
struct OwnObjects {
    let transaction: Transaction

    /// The SQL of the indexes and triggers that a person made on a table, by their names, oldest first.
    func ownObjects(on table: Identifier) throws(StoreError) -> [(name: Identifier, sql: String)] {
        let known = Set(transaction.state.indexes.map(\.definition.name.folded))
        return try transaction.connection.rows(
            """
            SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name = \
            ?1 COLLATE NOCASE ORDER BY rowid
            """,
            [.text(table)]
        ).compactMap { row in
            guard let name = row[0].identifier, case .text(let sql) = row[1], !name.begins(with: "caravan_"),
                !known.contains(name.folded)
            else { return nil }
            return (name, String(decoding: sql, as: UTF8.self))
        }
    }

    /// Makes them again. What cannot be made, for it names what is no more, is kept as text, and `doctor` names it.
    func remakeOwn(_ objects: [(name: Identifier, sql: String)]) throws(StoreError) {
        for object in objects {
            // A trigger may have the name of a table or an index.
            let isTrigger = SQLTokens.words(object.sql).dropFirst().first == "TRIGGER"
            let isThere = try transaction.connection.value(
                "SELECT 1 FROM sqlite_master WHERE name = ?1 COLLATE NOCASE AND (type = 'trigger') = ?2",
                [.text(object.name), .integer(isTrigger ? 1 : 0)])
            guard isThere == nil else { continue }
            do { try transaction.connection.run(object.sql) } catch {
                guard case .sqlite(_, let message, _) = error else { throw error }
                try keepText(of: object.name, object.sql, for: message)
            }
        }
    }

    private static let keptHead = "kept "

    static let plainHead = "plain "

    func keepText(of name: Identifier, _ sql: String, for reason: String) throws(StoreError) {
        try transaction.setMeta(Self.keptHead + name.text, .text("\(reason)\n\(sql)"))
    }

    /// Objects that are there as text only, with why and what they were. Of a column the name is that of its table, a
    /// point, and its own; of a default that and the word.
    func keptTexts() throws(StoreError) -> [(name: String, reason: String, sql: String)] {
        try kept(thatAreThere: false).compactMap { row in
            guard let name = row[0].identifier, case .text(let bytes) = row[1] else { return nil }
            let parts = String(decoding: bytes, as: UTF8.self).split(separator: "\n", maxSplits: 1).map(String.init)
            return (name.text, parts.first ?? "", parts.last ?? "")
        }
    }

    private func kept(thatAreThere: Bool) throws(StoreError) -> [[Value]] {
        try transaction.connection.rows(
            """
            SELECT substr(name, ?1), value FROM caravan_meta AS k WHERE name >= 'kept ' AND name < 'kept!'
            AND ?2 = (EXISTS (
                SELECT 1 FROM sqlite_master AS m WHERE m.name = substr(k.name, ?1) COLLATE NOCASE
                AND (m.type = 'trigger') = (instr(CAST(k.value AS TEXT), char(10) || 'CREATE TRIGGER ') > 0)
            ) OR EXISTS (
                SELECT 1 FROM sqlite_master AS m JOIN pragma_table_xinfo(m.name) AS x WHERE m.type = 'table'
                AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND m.name || '.' || x.name = substr(k.name, ?1) COLLATE NOCASE
            ) OR substr(k.name, -8) = ' DEFAULT' AND NOT EXISTS (
                SELECT 1 FROM sqlite_master AS m JOIN pragma_table_xinfo(m.name) AS x WHERE m.type = 'table' AND m.sql \
                NOT LIKE 'CREATE VIRTUAL%'
                AND m.name || '.' || x.name || ' DEFAULT' = substr(k.name, ?1) COLLATE NOCASE AND x.dflt_value IS NULL
            )) ORDER BY 1
            """, [.integer(Int64(Self.keptHead.utf8.count + 1)), .integer(thatAreThere ? 1 : 0)])
    }

    /// Forgets what is settled: what a person made again is his to drop again; what is not there any more needs no
    /// word.
    private func forgetWhatIsSettled() throws(StoreError) {
        try transaction.connection.run(
            """
            DELETE FROM caravan_meta WHERE (name GLOB 'moved *' OR name GLOB 'copy *')
            AND NOT EXISTS (SELECT 1 FROM sqlite_master AS m WHERE m.type <> 'trigger' AND lower(m.name) = \
            substr(caravan_meta.name, instr(caravan_meta.name, ' ') + 1))
            """)
        for row in try kept(thatAreThere: true) {
            guard let name = row[0].identifier else { continue }
            try transaction.connection.rows(
                "DELETE FROM caravan_meta WHERE name = ?1", [.text(Self.keptHead + name.text)])
        }
    }

    /// Gives a view or an index that a person made another name, for the alliance has a use for its own.
    func giveWay(_ name: Identifier) throws(StoreError) {
        let found = try transaction.connection.rows(
            "SELECT type, sql FROM sqlite_master WHERE type IN ('view', 'index') AND name = ?1 COLLATE NOCASE",
            [.text(name)])
        guard let type = found.first?[0].identifier, case .text(let bytes)? = found.first?[1] else { return }
        let sql = String(decoding: bytes, as: UTF8.self)
        // A view takes with it what stands in for writing to it.
        let writers = type == "view" ? try triggers(on: name) : []
        try transaction.connection.run("DROP \(type.text) \(name.quoted)")
        let aside = try freeName(beside: name)
        let read = SQLTokens(sql)
        // As SQLite keeps it, the name follows the word for what it is.
        guard let word = read.tokens.firstIndex(where: { ["VIEW", "INDEX"].contains($0.word) }),
            word + 1 < read.tokens.count
        else { return }
        let range = read.tokens[word + 1].range
        let head = type == "index" ? Array("CREATE INDEX ".utf8) : Array(read.bytes[..<range.lowerBound])
        let renamed = String(decoding: head + Array(aside.quoted.utf8) + read.bytes[range.upperBound...], as: UTF8.self)
        if head.count < range.lowerBound, type == "index" {
            try transaction.setMeta(Self.plainHead + aside.folded.text, .integer(1))
        }
        do { try transaction.connection.run(renamed) } catch {
            guard case .sqlite(_, let message, _) = error else { throw error }
            return try keepText(of: name, sql, for: message)
        }
        try transaction.setMeta(Self.movedHead + aside.folded.text, .text(name))
        try remakeOwn(writers.map { ($0.name, Self.moved($0.sql, to: aside)) })
    }

    private func triggers(on view: Identifier) throws(StoreError) -> [(name: Identifier, sql: String)] {
        try transaction.connection.rows(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?1 COLLATE NOCASE ORDER BY rowid",
            [.text(view)]
        ).compactMap { row in
            guard let name = row[0].identifier, case .text(let sql) = row[1] else { return nil }
            return (name, String(decoding: sql, as: UTF8.self))
        }
    }

    /// The text of a trigger, on another view.
    private static func moved(_ sql: String, to view: Identifier) -> String {
        let read = SQLTokens(sql)
        guard let word = read.tokens.firstIndex(where: { $0.word == "ON" }), word + 1 < read.tokens.count else {
            return sql
        }
        let range = read.tokens[word + 1].range
        return String(
            decoding: Array(read.bytes[..<range.lowerBound]) + Array(view.quoted.utf8)
                + read.bytes[range.upperBound...], as: UTF8.self)
    }

    static let movedHead = "moved "

    /// Views and indexes that gave way: what each is, its name now, and the one that it had. An index that was shared,
    /// and so is the alliance's now, is none.
    func movedObjects() throws(StoreError) -> [(type: String, name: Identifier, before: Identifier)] {
        let parts = { (name: String) in
            "(SELECT group_concat(coalesce(quote(name), '') || coll || desc) FROM pragma_index_xinfo(\(name)) WHERE key)"
        }
        return try transaction.connection.rows(
            """
            SELECT m.type, m.name, k.value FROM sqlite_master AS m JOIN caravan_meta AS k ON k.name = ?1 || \
            lower(m.name) WHERE m.type IN ('view', 'index')
            AND NOT EXISTS (
                SELECT 1 FROM sqlite_master AS n WHERE n.type = 'index' AND n.name = k.value COLLATE NOCASE AND \
                n.tbl_name = m.tbl_name COLLATE NOCASE
                AND \(parts("n.name")) = \(parts("m.name"))
            ) ORDER BY m.name
            """, [.text(Self.movedHead)]
        ).compactMap { row in
            guard let type = row[0].identifier?.text, let name = row[1].identifier, let before = row[2].identifier
            else { return nil }
            return (type, name, before)
        }
    }

    /// A name that nothing has, for what gives way to another of its name.
    func freeName(beside name: Identifier) throws(StoreError) -> Identifier {
        var aside = OwnColumns.aside(name)
        while try transaction.connection.value(
            "SELECT 1 FROM sqlite_master WHERE name = ?1 COLLATE NOCASE", [.text(aside)]) != nil
        { aside = aside + "_" }
        return aside
    }

    /// Takes out indexes on replicated tables that only the program can keep which made them, for they need a function
    /// or a collation of its own: no merge could write those tables.
    func removeUnusableIndexes() throws(StoreError) {
        try forgetWhatIsSettled()
        for table in transaction.state.tables {
            for object in try ownObjects(on: table.name) {
                let isIndex =
                    try transaction.connection.value(
                        "SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = ?1", [.text(object.name)]) != nil
                guard isIndex else { continue }
                do { _ = try transaction.connection.prepare("REINDEX main.\(object.name.quoted)") } catch {
                    guard case .sqlite(_, let message, _) = error else { throw error }
                    try transaction.connection.run("DROP INDEX \(object.name.quoted)")
                    try keepText(of: object.name, object.sql, for: message)
                }
            }
        }
    }
}
