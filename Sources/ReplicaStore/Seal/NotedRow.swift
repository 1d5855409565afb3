import ReplicaModel
import SQLiteAccess
import SyncWire

/// All that was noted of one row since the last sealing, as `Touch`, and the row beside it where it was at hand: bytes,
/// of which values are made only where something is to be asked of them.
struct NotedRow {
    let table: TableState
    private(set) var key: [UInt8] = []
    /// Whether the row was at hand; else it is to be looked up.
    private(set) var hasRow = false
    /// Its values as `RowEncoder` has them.
    private(set) var row: [UInt8] = []
    /// Where each of them ends; empty where nobody needs them.
    private(set) var ends: [UInt32] = []
    /// Whether others take the row as it is; false where nobody has looked.
    private(set) var isPlain = false
    private(set) var wasInserted = false
    private(set) var changed: Set<Int> = []
    /// The masks of updates, from which `changed` is made only when they alter.
    private var masks: [UInt64]
    private var changedOf: [UInt64] = []
    /// The note that has the values that were sealed.
    private(set) var noteOfOld: Int64?
    private var isToStay = false
    /// Whether an update was noted.
    private var isUpdated = false
    private(set) var isNoted = false

    init(_ table: TableState, maskCount: Int) {
        self.table = table
        masks = [UInt64](repeating: 0, count: maskCount)
    }

    /// Whether all that was noted is that columns were changed.
    var isUpdateAlone: Bool { isUpdated && !wasInserted && noteOfOld == nil && !isToStay }

    /// Begins another row.
    mutating func begin(_ key: UnsafeRawBufferPointer) {
        self.key.removeAll(keepingCapacity: true)
        self.key.append(contentsOf: key)
        row.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        (hasRow, isPlain, wasInserted, noteOfOld, isToStay, isUpdated, isNoted) = (
            false, false, false, nil, false, false, false
        )
        for index in masks.indices { masks[index] = 0 }
    }

    /// The notes of one row come in their order.
    mutating func add(_ kind: PendingLayout.Kind, note: Int64) {
        isNoted = true
        switch kind {
        case .inserted: wasInserted = true
        case .updated: isUpdated = true
        case .stays: isToStay = true
        case .deleted, .maybeReplaced: if noteOfOld == nil, !wasInserted, !isUpdated { noteOfOld = note }
        }
    }

    mutating func add(mask: UInt64, at index: Int) { masks[index] |= mask }

    mutating func add(row: UnsafeRawBufferPointer, isPlain: Bool) {
        self.row.append(contentsOf: row)
        (hasRow, self.isPlain) = (true, isPlain)
    }

    mutating func add(end: UInt32) { ends.append(end) }

    /// All is added. Rows are mostly changed in the same columns as the row before.
    mutating func finish() {
        guard masks != changedOf else { return }
        changedOf = masks
        changed = []
        for (index, mask) in masks.enumerated() {
            var bits = mask
            while bits != 0 {
                changed.insert(index * PendingLayout.maskWidth + bits.trailingZeroBitCount)
                bits &= bits - 1
            }
        }
    }

    var keyValues: [Value] { KeyBytes.values(of: key, count: table.keyColumns.count) }

    /// Writes the key's cells into an operation.
    func writeKey(into writer: inout RowWriter) throws(StoreError) {
        if table.keyColumns.count == 1 {
            try KeyBytes.withCell(of: key) { (cell) throws(StoreError) in writer.write(cell) }
        } else {
            for value in keyValues { writer.write(value) }
        }
    }

    /// Binds the key as the first parameters of a statement, which stay good while `body` runs.
    func binding<Result>(
        to statement: Statement, _ body: () throws(StoreError) -> Result
    ) throws(StoreError) -> Result {
        guard table.keyColumns.count > 1 else {
            return try KeyBytes.withCell(of: key) { (cell) throws(StoreError) -> Result in
                try statement.bind(cell: cell, at: 1)
                return try body()
            }
        }
        for (index, value) in keyValues.enumerated() { try statement.bind(value, at: index + 1) }
        return try body()
    }

    /// The notes as values.
    ///
    /// - Parameter oldValues: those that the note of old values has.
    func touch(oldValues: [Value]?) -> Touch {
        var touch = Touch(key: keyValues)
        (touch.wasInserted, touch.changed, touch.isToStay) = (wasInserted, changed, isToStay)
        touch.oldValues = oldValues
        return touch
    }

    /// The row's values in the columns that are not of the key, by place; nil where the row is to be looked up.
    func values() throws(StoreError) -> [Value]? {
        guard hasRow else { return nil }
        let wired: [Value]
        do { wired = try RowWriter.values(row, count: table.wireOrder.count) } catch {
            throw .damaged("a row that was sorted cannot be read: \(error.sentence)")
        }
        return wired.indices.map { wired[table.wirePosition[$0]] }
    }
}
