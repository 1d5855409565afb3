import ReplicaModel
import SQLiteAccess

/// The writes that triggers noted in some columns of a table: what somebody entered, however the values look in a table
/// that was made anew.
final class NotedWrites {
    private let layout: PendingLayout
    private let transaction: Transaction
    /// Keys of rows in which a trigger noted a write of a column, by the place of the column.
    private let written: [Int: Set<[Value]>]
    /// Keys of rows of which a trigger noted the insert.
    let inserted: Set<[Value]>
    private var found: [Int: Set<[Value]>] = [:]

    /// - Parameter places: of the columns.
    init(of table: TableState, _ places: [Int], _ transaction: Transaction) throws(StoreError) {
        self.transaction = transaction
        layout = PendingLayout(table)
        let keys = layout.keyNames.joined(separator: ", ")
        var written: [Int: Set<[Value]>] = [:]
        for place in places {
            let mask = layout.mask(of: place)
            written[place] = Set(
                try transaction.connection.rows(
                    "SELECT DISTINCT \(keys) FROM \(layout.name) WHERE kind = 1 AND \(mask.name) & \(mask.bit)"))
        }
        self.written = written
        inserted =
            places.isEmpty
            ? [] : Set(try transaction.connection.rows("SELECT DISTINCT \(keys) FROM \(layout.name) WHERE kind = 0"))
    }

    /// Whether somebody was seen to write a column of a row, or all of it.
    func has(_ key: [Value], _ place: Int) -> Bool {
        inserted.contains(key) || written[place]?.contains(key) == true
    }

    /// The row does not hold any more what was written there.
    func add(_ key: [Value], _ place: Int) {
        if written[place]?.contains(key) == true { found[place, default: []].insert(key) }
    }

    /// Takes the notes back of what rows do not hold any more.
    func takeBack() throws(StoreError) {
        for (place, keys) in found.sorted(by: { $0.key < $1.key }) {
            let mask = layout.mask(of: place)
            let notes = try transaction.connection.rows(
                """
                SELECT note, \(layout.keyNames.joined(separator: ", ")) FROM \(layout.name) WHERE kind = 1 AND \
                \(mask.name) & \(mask.bit)
                """
            )
            for row in notes where keys.contains(Array(row.dropFirst())) {
                try transaction.statement(
                    "UPDATE \(layout.name) SET \(mask.name) = \(mask.name) & ~\(mask.bit) WHERE note = ?1"
                ).run([row[0]])
            }
        }
    }
}
