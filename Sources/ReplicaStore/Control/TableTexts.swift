import ReplicaModel

/// The texts of the replicated tables as the node left them, against those that they have now.
///
/// A column that somebody dropped by hand and added again looks like the one that was there, but holds its default in every row. The text of the table
/// tells: what ALTER adds stands at the end, in other words or with other blanks than the node writes.
struct TableTexts {
    let replica: Replica

    /// Keeps the texts as they are now.
    func keep() throws(StoreError) {
        for table in replica.state.tables {
            guard let text = try text(of: table) else { continue }
            let name = Self.metaName(table)
            if try replica.meta(name) != text { try replica.setMeta(name, text) }
        }
    }

    /// Whether some text is another than the node left.
    func areAltered() throws(StoreError) -> Bool {
        for table in replica.state.tables {
            if let known = try replica.meta(Self.metaName(table)), try text(of: table) != known { return true }
        }
        return false
    }

    /// The columns, by place, that somebody dropped and added again. None of a table that was made anew.
    func readded(of table: TableState) throws(StoreError) -> Set<Int> {
        guard case .text(let before)? = try replica.meta(Self.metaName(table)), case .text(let now)? = try text(of: table), before != now,
            !replica.hasAlteredTexts, try !replica.isMadeAnew(table)
        else { return [] }
        let known = TableText(String(decoding: before, as: UTF8.self)).pieces
        var next = 0
        var out: Set<Int> = []
        for piece in TableText(String(decoding: now, as: UTF8.self)).pieces {
            // Columns that stay keep their order.
            if let found = known[next...].firstIndex(where: { $0.name.isSame(as: piece.name) && $0.text == piece.text }) {
                next = found + 1
            } else if known.contains(where: { $0.name.isSame(as: piece.name) }), let place = table.others.firstIndex(where: { $0.name.isSame(as: piece.name) }) {
                out.insert(place)
            }
        }
        return out
    }

    /// The columns of a table in the order in which the node left them.
    func columns(of table: TableState) throws(StoreError) -> [Identifier] {
        guard case .text(let text)? = try replica.meta(Self.metaName(table)) else { return table.definition.columns.map(\.name) }
        return TableText(String(decoding: text, as: UTF8.self)).pieces.map(\.name)
    }

    private static func metaName(_ table: TableState) -> String { "text \(table.id)" }

    private func text(of table: TableState) throws(StoreError) -> Value? {
        try replica.connection.value("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?1 COLLATE NOCASE", [.text(table.name)])
    }
}
