import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// A replicated index as it stands here.
struct IndexState {
    let definition: IndexDefinition
    /// A UNIQUE index that stands as a plain one, because a merge made duplicates.
    var isPlain: Bool

    /// The definition of the index as it is written in the file.
    var written: IndexDefinition {
        IndexDefinition(
            name: definition.name, table: definition.table, isUnique: definition.isUnique && !isPlain,
            parts: definition.parts, condition: definition.condition)
    }
}

/// Names a column for as long as a replica lives, whatever it is called: row clocks know columns by their place in a
/// list of these.
struct ColumnSlot: Hashable {
    /// The name under which the column was defined, in small letters of ASCII.
    let declared: Identifier
    /// One of the changesets that defined it.
    let origin: Dot

    func names(_ column: MergedColumn) -> Bool { column.declared == declared && column.origins.contains(origin) }
}

/// A replicated table with what belongs to it.
struct TableState {
    let id: Int64
    let merged: MergedTable
    /// The places of the columns that are replicated and not of the key, in the order in which this replica came to
    /// know them: first all that the table had, ascending by the bytes of their names, then each that was added. The
    /// order of row clocks.
    let columnSlots: [ColumnSlot]
    /// The columns in those places.
    let valueColumns: [ColumnDefinition]
    let columns: [MergedColumn]
    /// The key's columns, in the order of the key.
    let keyColumns: [ColumnDefinition]
    /// The places, ascending by the bytes of the columns' names: the order of operations on the wire.
    let wireOrder: [Int]
    /// The inverse of `wireOrder`.
    let wirePosition: [Int]
    /// Places of columns that not everybody knows who knows the table.
    let addedColumns: [Int]
    /// The value that each column shows in rows where nobody wrote it, by place. NULL for columns that are not added.
    let defaults: [Value]

    /// - Throws: `damaged` where a place names no column.
    init(id: Int64, merged: MergedTable, columnSlots: [ColumnSlot]) throws(StoreError) {
        let definition = merged.definition
        var found: [(MergedColumn, ColumnDefinition)] = []
        for place in columnSlots {
            guard let index = merged.columns.firstIndex(where: place.names) else {
                throw .damaged("a column \(place.declared) of table \(merged.name) is not in its definition")
            }
            found.append((merged.columns[index], definition.columns[index]))
        }
        self.id = id
        self.merged = merged
        self.columnSlots = columnSlots
        valueColumns = found.map(\.1)
        columns = found.map(\.0)
        keyColumns = definition.key.compactMap { definition.column($0) }
        let names = valueColumns.map(\.name)
        wireOrder = names.indices.sorted { names[$0] < names[$1] }
        var positions = [Int](repeating: 0, count: names.count)
        for (position, place) in wireOrder.enumerated() { positions[place] = position }
        wirePosition = positions
        addedColumns = columns.indices.filter { [columns] in !columns[$0].isOriginal }
        defaults = try DefaultValues.of(valueColumns, added: addedColumns, isStrict: definition.isStrict)
    }

    /// The places of a table's columns: those that it had, then the new ones by name.
    static func columnSlots(of merged: MergedTable, after old: [ColumnSlot] = []) -> [ColumnSlot] {
        let names = Set(merged.definition.valueColumns.map(\.name))
        let added = merged.columns.filter { column in names.contains(column.name) && !old.contains { $0.names(column) }
        }
        return old
            + added.sorted { $0.name < $1.name }.compactMap { column in
                column.origins.min { $0.bits < $1.bits }.map { ColumnSlot(declared: column.declared, origin: $0) }
            }
    }

    var definition: TableDefinition { merged.definition }
    var name: Identifier { merged.name }

    /// The SQL term by which a statement means one row: the columns of the key are its first parameters, in order.
    var keyTerm: String { KeyPredicate.of(keyColumns.map(\.name.quoted)) }

    /// The same by the names that clock tables have for the columns of the key.
    var clockKeyTerm: String { KeyPredicate.ofClock(keyCount: keyColumns.count) }

    /// The key as clock tables name it.
    var clockKeys: String { (1...keyColumns.count).map { "k\($0)" }.joined(separator: ", ") }

    /// Whether some column is not called as those called it who defined it.
    var hasRenamed: Bool { columns.contains { $0.isRenamed } }
}

/// The places of tables in a list, by what they are asked for.
struct TablePlaces {
    private(set) var ofIDs: [Int64: Int] = [:]
    private(set) var ofNames: [Identifier: Int] = [:]
    /// By the name by which their creators called them, in small letters of ASCII.
    private(set) var ofBases: [Identifier: [Int]] = [:]

    init() {}

    init(_ tables: [TableState]) {
        for (place, table) in tables.enumerated() {
            ofIDs[table.id] = place
            ofNames[table.name] = place
            ofBases[table.merged.base, default: []].append(place)
        }
    }
}
