import ReplicaModel
import SQLiteAccess
import SyncWire

/// The notes of one row since the last sealing, as `Touch`, and the row beside it where it was at hand: bytes, of which
/// values are made only where something is to be asked of them.
struct NotedRow {
    let table: TableState
    private(set) var key: [UInt8] = []
    /// How much of the row was at hand; what was not is to be looked up.
    enum Extent {
        case nothing, someColumns, whole
    }
    private var extent = Extent.nothing
    /// The values of the row as `RowEncoder` has them.
    private(set) var row: [UInt8] = []
    /// The end of each of them; empty where nobody needs them.
    private(set) var ends: [UInt32] = []
    /// The place of a column's value among those of a row of which some columns were read, by its position on the wire;
    /// nil where nobody reads such rows.
    private let slots: [Int?]?
    /// Whether others take what was at hand as it is; false where nobody has looked.
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

    /// - Parameter positions: of the columns that were read of rows of which not all were.
    init(_ table: TableState, maskCount: Int, positions: [Int]?) {
        self.table = table
        slots = positions.map { read in table.wireOrder.indices.map { read.firstIndex(of: $0) } }
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
        (extent, isPlain, wasInserted, noteOfOld, isToStay, isUpdated, isNoted) = (
            .nothing, false, false, nil, false, false, false
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

    /// Whether all of the row is at hand, and others take it as it is.
    var isWholeAndPlain: Bool { isPlain && extent == .whole }

    /// Takes what was read of the row: of it all nothing more, and of some columns it all in their stead.
    ///
    /// - Parameter ends: where each value ends, four bytes each.
    mutating func add(
        row: UnsafeRawBufferPointer, ends: UnsafeRawBufferPointer? = nil, isPlain: Bool, _ extent: Extent
    ) {
        guard self.extent != .whole, extent != self.extent else { return }
        self.row.removeAll(keepingCapacity: true)
        self.ends.removeAll(keepingCapacity: true)
        self.row.append(contentsOf: row)
        for offset in stride(from: 0, to: ends?.count ?? 0, by: 4) {
            self.ends.append(ends?.loadUnaligned(fromByteOffset: offset, as: UInt32.self) ?? 0)
        }
        (self.extent, self.isPlain) = (extent, isPlain)
    }

    /// The bytes of `row` in which a column's value stands; nil where it is not there, or nobody knows.
    ///
    /// - Parameter position: on the wire.
    func range(of position: Int) -> Range<Int>? {
        let slot = extent == .someColumns ? slots?[position] : position
        guard let slot, slot < ends.count else { return nil }
        return (slot == 0 ? 0 : Int(ends[slot - 1]))..<Int(ends[slot])
    }

    /// Ends the row, to which all is added. Rows are mostly changed in the same columns as the row before.
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
        guard extent == .whole else { return nil }
        let wired: [Value]
        do { wired = try RowWriter.values(row, count: table.wireOrder.count) } catch {
            throw .damaged("a row that was sorted cannot be read: \(error.sentence)")
        }
        return wired.indices.map { wired[table.wirePosition[$0]] }
    }
}
