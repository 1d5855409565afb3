import ReplicaModel
import SQLiteAccess

/// Walks along a table beside the notes of rows that were inserted: rows that were inserted one after the other lie one
/// after the other, and to look up each by its key would read the pages of the key's index and of the table at random.
///
/// It is a guess, so each row is held against its note.
struct RowWalk {
    /// Reads rows from a row number on: the key's columns first.
    private let scan: Statement
    private let find: Statement
    private let keyCount: Int
    private var isAtRow = false
    private var (found, sought) = (0, 0)

    /// Fails where rows lie in the order of their keys, or have no number that can be named.
    init?(of table: TableState, in connection: Connection) throws(StoreError) {
        guard let rowid = CaptureTriggers.rowids(of: table.definition).first else { return nil }
        let name = table.definition.name.quoted
        keyCount = table.keyColumns.count
        scan = try connection.prepare(
            "SELECT \(RowEncoder.columns(of: table)) FROM \(name) WHERE \(rowid) >= ?1 ORDER BY \(rowid)")
        find = try connection.prepare("SELECT \(rowid) FROM \(name) WHERE \(table.keyTerm)")
    }

    /// The row that a note is of; nil where it is not at hand. Good until `pass`.
    ///
    /// - Parameter first: the column of the note in which its key begins.
    mutating func row(of note: Statement, keyAt first: Int) throws(StoreError) -> Statement? {
        if isAtRow, isSame(note, first) { return scan }
        // What lies elsewhere is sought as long as that mostly leads to more than one row.
        guard sought < 16 + found / 4 else { return nil }
        sought += 1
        for index in 0..<keyCount { try find.bind(cell: note.cell(at: first + index), at: index + 1) }
        guard try find.step() else { return nil }
        let number = find.integer(at: 0)
        find.reset()
        scan.reset()
        try scan.bind(number, at: 1)
        isAtRow = try scan.step()
        return isAtRow && isSame(note, first) ? scan : nil
    }

    mutating func pass() throws(StoreError) {
        found += 1
        isAtRow = try scan.step()
    }

    private func isSame(_ note: Statement, _ first: Int) -> Bool {
        (0..<keyCount).allSatisfy { scan.cell(at: $0).isSame(as: note.cell(at: first + $0)) }
    }
}
