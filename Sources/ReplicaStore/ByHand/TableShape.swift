import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// A table as SQLite has it, in a form in which two can be compared: what its definition says, whatever the order of
/// its columns and the way in which it was written.
struct TableShape: Equatable {
    struct Column: Equatable {
        /// The type in capitals.
        let type: String
        let isNotNull: Bool
        /// The text of the default, or NULL.
        let defaultText: Value
        /// The place of the column in the key from 1; 0 for a column that is not of the key.
        let keyPlace: Value
        /// 0 for an ordinary column, 2 or 3 for one that is generated.
        let hidden: Value
        let collation: String
        /// The expression that the column is generated from, word by word.
        let expression: [String]?
    }

    /// The columns by their names in small letters.
    private(set) var columns: [Identifier: Column] = [:]
    private var options: SchemaCatalog.Options
    /// Constraints that stand in the table: of UNIQUE there is never one, for those are indexes of their own.
    private var uniqueCount = 0
    private var keyCollations: [Value] = []
    private var references: Set<[Value]> = []
    private var checks: Set<[String]> = []
    private var hasConflictClause = false
    private var deferredCount = 0

    /// Reads a table; nil where there is no ordinary table of that name.
    ///
    /// - Parameters:
    ///   - catalog: what the connection has.
    ///   - wanted: the columns to read, in small letters: others are a person's own, and what they bring with them is
    ///     left out. Nil for all.
    init?(
        of name: Identifier, on connection: Connection, _ catalog: SchemaCatalog, among wanted: Set<Identifier>? = nil
    ) throws(StoreError) {
        guard let options = catalog.options(of: name), let table = catalog.table(name) else { return nil }
        self.options = options
        let text = TableText(table.text)
        let isWanted = { (column: Identifier) in wanted?.contains(column.folded) ?? true }
        try readColumns(of: name, text, on: connection, isWanted)
        checks = Set(text.checks(where: isWanted).map { SQLTokens.spelling($0.expression) })
        hasConflictClause =
            text.words.indices.dropLast().contains { text.words[$0] == "ON" && text.words[$0 + 1] == "CONFLICT" }
            || text.words.contains("AUTOINCREMENT")
        deferredCount = text.deferred.count { $0 }
        uniqueCount += try connection.rows("SELECT 1 FROM pragma_index_list(?1) WHERE origin = 'u'", [.text(name)])
            .count
        keyCollations = try connection.rows(
            """
            SELECT upper(x.coll) FROM pragma_index_list(?1) AS l JOIN pragma_index_xinfo(l.name) AS x WHERE l.origin = \
            'pk' AND x.key = 1 ORDER BY x.seqno
            """,
            [.text(name)]
        ).compactMap(\.first)
        let links = try connection.rows(
            "SELECT lower(\"table\"), \"from\", \"to\", on_delete, on_update, seq FROM pragma_foreign_key_list(?1)",
            [.text(name)])
        references = Set(links.filter { $0[1].identifier.map(isWanted) ?? true })
    }

    private mutating func readColumns(
        of name: Identifier, _ text: TableText, on connection: Connection, _ isWanted: (Identifier) -> Bool
    ) throws(StoreError) {
        let expressions = text.generated
        let rows = try connection.rows(
            "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?1) ORDER BY cid",
            [.text(name)])
        for (number, row) in rows.enumerated() {
            guard let column = row[0].identifier else { continue }
            guard isWanted(column) else {
                // A person's own column may take no part in the key, and may refuse no row that does not name it.
                if row[4] != .integer(0) || (row[2] != .integer(0) && row[3].isNull && row[5] == .integer(0)) {
                    uniqueCount += 1
                }
                continue
            }
            let type =
                if case .text(let bytes) = row[1] { String(decoding: bytes, as: UTF8.self).asciiUppercased } else { "" }
            columns[column.folded] = Column(
                type: type, isNotNull: row[2] != .integer(0), defaultText: row[3], keyPlace: row[4], hidden: row[5],
                collation: try connection.collation(of: column, in: name),
                expression: number < expressions.count ? expressions[number].map(SQLTokens.spelling) : nil)
        }
    }
}

/// The shapes that the tables of a replica should have.
struct WantedShapes {
    private let connection: Connection
    private let catalog: SchemaCatalog

    init(_ tables: [TableState]) throws(StoreError) {
        connection = try Connection.scratch()
        for table in tables { try connection.create(table.definition) }
        catalog = try SchemaCatalog(connection)
    }

    /// Whether a table in the file is what its definition says, but for what people added to it.
    ///
    /// - Parameter present: what the file has.
    func isMet(by table: TableState, on file: Connection, _ present: SchemaCatalog) throws(StoreError) -> Bool {
        let names = Set(table.definition.columns.map(\.name.folded))
        guard let wanted = try TableShape(of: table.name, on: connection, catalog) else { return false }
        return try TableShape(of: table.name, on: file, present, among: names) == wanted
    }
}
