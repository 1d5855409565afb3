import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// A table in the place of a replicated one as somebody made it: which of its columns are those of the definition.
struct EnteredTable {
    struct Column {
        let name: Identifier
        let affinity: Affinity
        let isGenerated: Bool
        /// The text of its default; nil where it has none.
        let defaultText: String?
    }

    let name: Identifier
    /// The columns in the order of the table.
    let columns: [Column]
    /// The place in this table of each column of the key; nil where it is missing here.
    let keys: [Int?]
    /// The same for the others, by place.
    let valueColumns: [Int?]
    /// Columns that the definition does not have and that hold something.
    let own: [Int]
    /// Ordinary columns here that the definition computes.
    let computed: [Int]
    /// A name of SQLite's own row number; nil where it has none.
    let rowid: String?

    var hasKey: Bool { keys.allSatisfy { $0 != nil } }

    /// Whether a column, by its place, has another affinity here than the definition gives it.
    func retypes(_ place: Int, of table: TableState) -> Bool {
        guard let column = valueColumns[place] else { return false }
        return columns[column].affinity != table.valueColumns[place].affinity(isStrict: table.definition.isStrict)
    }

    /// Whether a column of the key has another affinity here than the definition gives it.
    func retypesKey(of table: TableState) -> Bool {
        zip(keys, table.keyColumns).contains { place, column in
            guard let place else { return false }
            return columns[place].affinity != column.affinity(isStrict: table.definition.isStrict)
        }
    }

    init(_ name: Identifier, for table: TableState, on connection: Connection) throws(StoreError) {
        let rows = try connection.rows(
            "SELECT name, type, hidden, dflt_value FROM pragma_table_xinfo(?1) ORDER BY cid", [.text(name)])
        let options = try connection.rows(
            "SELECT strict, wr, type FROM pragma_table_list(?1) WHERE schema = 'main'", [.text(name)]
        ).first
        let isStrict = options?.first == .integer(1)
        var columns: [Column] = []
        for row in rows {
            guard let column = row[0].identifier, case .text(let bytes) = row[1] else { continue }
            let type = String(decoding: bytes, as: UTF8.self)
            let isAny = isStrict && type.asciiUppercased == "ANY"
            let defaultText: String? =
                if case .text(let bytes) = row[3] { String(decoding: bytes, as: UTF8.self) } else { nil }
            columns.append(
                Column(
                    name: column, affinity: isAny ? .blob : Affinity(declared: type),
                    isGenerated: row[2] != .integer(0), defaultText: defaultText))
        }
        let place = { (wanted: Identifier) in columns.firstIndex { $0.name.isSame(as: wanted) && !$0.isGenerated } }
        self.name = name
        self.columns = columns
        keys = table.keyColumns.map { place($0.name) }
        valueColumns = table.valueColumns.map { place($0.name) }
        let replicated = Set((keys + valueColumns).compactMap { $0 })
        let defined = table.definition.columns.map(\.name)
        own = columns.indices.filter {
            !replicated.contains($0) && !columns[$0].isGenerated && !defined.containsSame(as: columns[$0].name)
        }
        computed = columns.indices.filter {
            !replicated.contains($0) && !columns[$0].isGenerated && defined.containsSame(as: columns[$0].name)
        }
        let taken = columns.map(\.name)
        let hasRowid = options?[1] == .integer(0) && options?[2] == .text("table")
        rowid = hasRowid ? ["rowid", "_rowid_", "oid"].first { !taken.containsSame(as: Identifier($0)) } : nil
    }
}
