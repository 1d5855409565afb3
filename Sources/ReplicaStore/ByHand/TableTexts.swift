import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// The texts of the replicated tables as the node left them, against those that they have now.
///
/// A column that somebody dropped by hand and added again looks like the one that was there, but holds its default in
/// every row. The text of the table tells: what ALTER adds stands at the end, in other words or with other blanks than
/// the node writes.
struct TableTexts {
    private let transaction: Transaction
    /// The texts as the node left them, by the names under which they are kept.
    private var known: [String: Value] = [:]
    /// The texts as they stand in the file, by the names of tables, folded.
    private var present: [Identifier: Value] = [:]

    /// Reads them all at once: every process of the node does so when it opens the file.
    init(transaction: Transaction) throws(StoreError) {
        self.transaction = transaction
        for row in try transaction.connection.rows("SELECT name, value FROM caravan_meta WHERE name GLOB 'text *'") {
            if case .text(let name) = row[0] { known[String(decoding: name, as: UTF8.self)] = row[1] }
        }
        for row in try transaction.connection.rows("SELECT name, sql FROM sqlite_master WHERE type = 'table'") {
            if let name = row[0].identifier { present[name.folded] = row[1] }
        }
    }

    /// Keeps the texts as they are now.
    func keep() throws(StoreError) {
        for table in transaction.state.tables {
            guard let text = present[table.name.folded], text != known[Self.metaName(table)] else { continue }
            try transaction.setMeta(Self.metaName(table), text)
        }
    }

    /// Whether some text is another than the node left.
    var areAltered: Bool {
        transaction.state.tables.contains { table in
            guard let text = known[Self.metaName(table)] else { return false }
            return text != present[table.name.folded]
        }
    }

    /// The columns, by place, that somebody dropped and added again. None of a table that was made anew.
    func readded(of table: TableState) throws(StoreError) -> Set<Int> {
        guard case .text(let before)? = known[Self.metaName(table)], case .text(let now)? = present[table.name.folded],
            before != now,
            !transaction.file.hasAlteredTexts, try !transaction.remaker.isMadeAnew(table)
        else { return [] }
        let known = TableText(String(decoding: before, as: UTF8.self)).pieces
        var next = 0
        var out: Set<Int> = []
        for piece in TableText(String(decoding: now, as: UTF8.self)).pieces {
            // Columns that stay keep their order.
            if let found = known[next...].firstIndex(where: { $0.name.isSame(as: piece.name) && $0.text == piece.text })
            {
                next = found + 1
            } else if known.contains(where: { $0.name.isSame(as: piece.name) }),
                let place = table.valueColumns.firstIndex(where: { $0.name.isSame(as: piece.name) })
            {
                out.insert(place)
            }
        }
        return out
    }

    /// The columns of a table in the order in which the node left them.
    func columns(of table: TableState) -> [Identifier] {
        guard case .text(let text)? = known[Self.metaName(table)] else { return table.definition.columns.map(\.name) }
        return TableText(String(decoding: text, as: UTF8.self)).pieces.map(\.name)
    }

    private static func metaName(_ table: TableState) -> String { "text \(table.id)" }
}
