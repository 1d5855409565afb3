import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// The schema that the file has, against the one that it should have: people change a schema by hand too.
struct SchemaInspection {
    /// Replicated tables that are not there, that are not what their definition says, that somebody made anew, or of
    /// which somebody dropped a column and added it again.
    private(set) var altered: [TableState] = []
    /// Replicated indexes that are not there, or are others.
    private(set) var alteredIndexes: [IndexState] = []
    /// Tables whose triggers are not what they should be, so that something may have been written unseen.
    private(set) var unwatched: [TableState] = []
    /// Tables on which a trigger of a person's own runs before ours and keeps nothing from being noticed.
    private(set) var overtaken: [TableState] = []
    /// Columns that somebody added by hand: they are on this node only.
    private(set) var ownColumns: [(table: TableState, columns: [Identifier])] = []

    /// UNIQUE indexes that somebody made by hand, as SQL.
    private(set) var ownUnique: [(name: Identifier, sql: String)] = []

    var isWhole: Bool {
        altered.isEmpty && alteredIndexes.isEmpty && unwatched.isEmpty && overtaken.isEmpty && ownUnique.isEmpty
    }

    private static func ownUnique(on table: TableState, _ transaction: Transaction) throws(StoreError) -> [(
        name: Identifier, sql: String
    )] {
        let known = Set(transaction.state.indexes.map(\.definition.name.folded))
        let rows = try transaction.connection.rows(
            """
            SELECT l.name, m.sql FROM pragma_index_list(?1) AS l JOIN sqlite_master AS m ON m.type = 'index' AND \
            m.name = l.name
            WHERE l."unique" AND l.origin = 'c'
            """, [.text(table.name)])
        return rows.compactMap { row in
            guard let name = row.first?.identifier, case .text(let sql)? = row.last, !known.contains(name.folded) else {
                return nil
            }
            return (name: name, sql: String(decoding: sql, as: UTF8.self))
        }
    }

    /// The SQL of what is in the file, by its type and name.
    private static func objects(_ transaction: Transaction) throws(StoreError) -> [Identifier: [Identifier: String]] {
        var out: [Identifier: [Identifier: String]] = [:]
        for row in try transaction.connection.rows(
            "SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'index', 'trigger')")
        {
            if let type = row[0].identifier, let name = row[1].identifier, case .text(let sql) = row[2] {
                out[type, default: [:]][name.folded] = String(decoding: sql, as: UTF8.self)
            }
        }
        return out
    }

    init(_ transaction: Transaction) throws(StoreError) {
        let state = transaction.state
        let found = try Self.objects(transaction)
        let triggers = try transaction.capture.captureTriggers()
        let wanted = try WantedShapes(state.tables)
        let texts = try TableTexts(transaction: transaction)
        var isAnyFailing: Bool?
        for table in state.tables {
            let own = try Self.ownColumns(of: table, transaction)
            if !own.isEmpty { ownColumns.append((table, own)) }
            let unique = try Self.ownUnique(on: table, transaction)
            ownUnique += unique
            let isAsDefined = try wanted.isMet(by: table, on: transaction.connection)
            let isMadeAnew = try transaction.remaker.isMadeAnew(table)
            let readded = try texts.readded(of: table)
            if !isAsDefined || isMadeAnew || !readded.isEmpty {
                altered.append(table)
                continue
            }
            let isWatched = (triggers[table.id] ?? [:]).allSatisfy { found["trigger"]?[$0.key.folded] == $0.value }
            let younger = try YoungerTriggers(of: table, than: triggers[table.id] ?? [:], transaction)
            // OR REPLACE took rows for their sake that no trigger saw.
            if !isWatched || !unique.isEmpty {
                unwatched.append(table)
            } else if !younger.isEmpty {
                let isFailing =
                    if let known = isAnyFailing { known } else { try YoungerTriggers.isAnyFailing(transaction) }
                isAnyFailing = isFailing
                if try younger.mayHaveHidden(isFailing: isFailing) {
                    unwatched.append(table)
                } else {
                    overtaken.append(table)
                }
            }
        }
        alteredIndexes = state.indexes.filter { index in
            let text = found["index"]?[index.definition.name.folded].map(SQLTokens.spelling)
            return text != SQLTokens.spelling(SchemaSQL.createIndex(index.written))
        }
    }

    /// Adds tables that are to be made anew although they look as they should.
    mutating func add(altered tables: [TableState]) {
        altered += tables.filter { table in !altered.contains { $0.id == table.id } }
        let isAdded = { (table: TableState) in tables.contains { $0.id == table.id } }
        unwatched.removeAll(where: isAdded)
        overtaken.removeAll(where: isAdded)
    }

    private static func ownColumns(of table: TableState, _ transaction: Transaction) throws(StoreError) -> [Identifier]
    {
        let wanted = table.definition.columns.map(\.name)
        return try transaction.ownColumns.columnNames(in: table.name).filter { !wanted.containsSame(as: $0) }
    }
}
