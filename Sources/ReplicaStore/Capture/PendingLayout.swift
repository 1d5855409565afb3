import ReplicaModel

/// The pending table of one table: what triggers append to, and sealing reads.
///
/// It has no unique constraint, for an outer OR IGNORE or OR REPLACE overrides the conflict handling inside a trigger;
/// and its key columns have no affinity, so values stand as they are.
struct PendingLayout {
    /// Why a note was made.
    enum Kind: Int {
        case inserted = 0
        case updated = 1
        case deleted = 2
        /// The row collides with one that is being written: it is gone if the statement replaced it.
        case maybeReplaced = 3
        /// The wish of a person that the row stays as it is: an operation on it that writes nothing.
        case stays = 4
    }

    let table: TableDefinition
    let id: Int64
    let keys: [ColumnDefinition]
    /// The columns that are not of the key, by their places.
    let valueColumns: [ColumnDefinition]

    init(_ table: TableState) {
        self.table = table.definition
        id = table.id
        keys = table.keyColumns
        valueColumns = table.valueColumns
    }

    var name: String { "caravan_pending_\(id)" }

    /// Columns of one mask integer: well below the 63 that SQLite's integers keep.
    static let maskWidth = 60

    var maskCount: Int { (valueColumns.count + Self.maskWidth - 1) / Self.maskWidth }

    var keyNames: [String] { keys.indices.map { "k\($0 + 1)" } }
    var maskNames: [String] { (0..<maskCount).map { "m\($0)" } }
    var oldNames: [String] { valueColumns.indices.map { "o\($0 + 1)" } }

    /// The mask that says of an update whether it changed the column in a place, and the bit there.
    func mask(of place: Int) -> (name: String, bit: Int64) {
        (maskNames[place / Self.maskWidth], Int64(1) << Int64(place % Self.maskWidth))
    }

    var createTable: String {
        let columns = ["note INTEGER PRIMARY KEY", "kind INTEGER", "time INTEGER"] + keyNames + maskNames + oldNames
        return "CREATE TABLE IF NOT EXISTS \(name)(\(columns.joined(separator: ", ")))"
    }
}
