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

    /// - Parameter known: the names of the replicated indexes, in small letters.
    private static func ownUnique(
        on table: TableState, beside known: Set<Identifier>, _ transaction: Transaction, _ catalog: SchemaCatalog
    ) throws(StoreError) -> [(name: Identifier, sql: String)] {
        let indexes = catalog.objects(on: table.name).filter { $0.type == "index" && !known.contains($0.name.folded) }
        guard !indexes.isEmpty else { return [] }
        let unique = try transaction.connection.rows(
            "SELECT name FROM pragma_index_list(?1) WHERE \"unique\" AND origin = 'c'", [.text(table.name)])
        return unique.compactMap { row in
            row.first?.identifier.flatMap { name in indexes.first { $0.name == name } }.map { ($0.name, $0.text) }
        }
    }

    init(_ transaction: Transaction) throws(StoreError) {
        let state = transaction.state
        let catalog = try SchemaCatalog(transaction.connection)
        let known = Set(state.indexes.map(\.definition.name.folded))
        let triggers = try transaction.capture.captureTriggers()
        let wanted = try WantedShapes(state.tables)
        let texts = try TableTexts(transaction: transaction)
        var isAnyFailing: Bool?
        for table in state.tables {
            let own = try Self.ownColumns(of: table, transaction)
            if !own.isEmpty { ownColumns.append((table, own)) }
            let unique = try Self.ownUnique(on: table, beside: known, transaction, catalog)
            ownUnique += unique
            let isAsDefined = try wanted.isMet(by: table, on: transaction.connection, catalog)
            let isMadeAnew = transaction.remaker.isMadeAnew(table, in: catalog)
            let readded = try texts.readded(of: table)
            if !isAsDefined || isMadeAnew || !readded.isEmpty {
                altered.append(table)
                continue
            }
            let younger = YoungerTriggers(of: table, than: triggers[table.id] ?? [:], transaction, catalog)
            let isWatched = Self.isWatched(table, by: triggers[table.id] ?? [:], catalog)
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
            let present = catalog.objects(on: index.definition.table).first {
                $0.type == "index" && $0.name.isSame(as: index.definition.name)
            }
            let wanted = SQLTokens.spelling(SchemaSQL.createIndex(index.written))
            return present.map { SQLTokens.spelling($0.text) } != wanted
        }
    }

    /// Whether the triggers on a table are those that should be there.
    private static func isWatched(
        _ table: TableState, by wanted: [Identifier: String], _ catalog: SchemaCatalog
    ) -> Bool {
        let present = Dictionary(
            catalog.objects(on: table.name).filter { $0.type == "trigger" }.map { ($0.name.folded, $0.sql) },
            uniquingKeysWith: { first, _ in first })
        return wanted.allSatisfy { present[$0.key.folded] == Array($0.value.utf8) }
    }

    /// Adds tables that are to be made anew although they look as they should.
    mutating func add(altered tables: [TableState]) {
        altered += tables.filter { table in !altered.contains { $0.id == table.id } }
        let isAdded = { (table: TableState) in tables.contains { $0.id == table.id } }
        unwatched.removeAll(where: isAdded)
        overtaken.removeAll(where: isAdded)
    }

    /// Adds tables of which something may have been written unseen, for what was noted is gone.
    mutating func add(unwatched tables: [TableState]) {
        let known = Set((altered + unwatched).map(\.id))
        var added: Set<Int64> = []
        for table in tables where !known.contains(table.id) && added.insert(table.id).inserted {
            unwatched.append(table)
            overtaken.removeAll { $0.id == table.id }
        }
    }

    private static func ownColumns(of table: TableState, _ transaction: Transaction) throws(StoreError) -> [Identifier]
    {
        let wanted = table.definition.columns.map(\.name)
        return try transaction.ownColumns.columnNames(in: table.name).filter { !wanted.containsSame(as: $0) }
    }
}
