import ReplicaModel
import SQLiteAccess
import SyncWire

/// Seals rows in which the same columns were changed, one after the other: rows whose clocks are equal before have
/// equal clocks after, so one is folded and the others take what it came to.
struct EqualPuts {
    private let transaction: Transaction
    private let tableRows: TableRows
    private let gate: RowGate
    private let rowFold: RowFold
    private let advance: Statement
    private var writer = RowWriter()
    /// The columns that the rows were changed in, by place, and their positions on the wire, ascending.
    private var columns: Set<Int> = []
    private var positions: [Int] = []
    private var select: Statement?
    /// The clock that rows have before, and what it is after.
    private var known: (before: Clock, after: Clock)?
    private var (found, missed) = (0, 0)

    /// A row's clock as the file has it.
    private struct Clock {
        let base: Value
        let state: Value
        let open: Value

        init(_ record: RowRecord) {
            base = record.clock.base.map { .integer($0.dot.bits) } ?? .null
            state = RowRecordCodec.encode(record).map { .blob($0) } ?? .null
            open = record.openBits.map { .integer($0) } ?? .null
        }
    }

    /// Fails where clocks that are equal in the file may be of rows that differ.
    init?(_ tableRows: TableRows, gate: RowGate, rowFold: RowFold, in transaction: Transaction) throws(StoreError) {
        let table = tableRows.table
        guard table.addedColumns.isEmpty, transaction.state.quarantined.isEmpty else { return nil }
        (self.transaction, self.tableRows, self.gate, self.rowFold) = (transaction, tableRows, gate, rowFold)
        let count = table.keyColumns.count
        advance = try transaction.connection.prepare(
            """
            UPDATE caravan_clock_\(table.id) SET state = ?\(count + 3), open = ?\(count + 4) \
            WHERE \(table.clockKeyTerm) AND dot IS ?\(count + 1) AND state IS ?\(count + 2)
            """)
    }

    /// The operation on a row, whose clock says it then; nil, and nothing is done, where the row has to be looked at
    /// more closely.
    mutating func put(_ row: NotedRow) throws(StoreError) -> [UInt8]? {
        guard row.isUpdateAlone, row.key.count <= WireLimits.keyBytesMax, missed < 100 + found else { return nil }
        if columns != row.changed { try begin(row.changed) }
        guard !columns.isEmpty, tableRows.linkColumns.isDisjoint(with: columns), try encode(row) else { return nil }
        if try advanceClock(of: row) { return writer.bytes }
        missed += 1
        guard try learn(row.keyValues), try advanceClock(of: row) else { return nil }
        return writer.bytes
    }

    private mutating func begin(_ changed: Set<Int>) throws(StoreError) {
        let table = tableRows.table
        columns = changed
        positions = changed.map { table.wirePosition[$0] }.sorted()
        known = nil
        let names = positions.map { table.valueColumns[table.wireOrder[$0]].name.quoted }
        select =
            names.isEmpty
            ? nil
            : try transaction.connection.prepare(
                "SELECT \(names.joined(separator: ", ")) FROM \(table.name.quoted) WHERE \(table.keyTerm)")
    }

    // MARK: The operation

    private mutating func encode(_ row: NotedRow) throws(StoreError) -> Bool {
        writer.beginUpdate(keyCount: tableRows.table.keyColumns.count)
        try row.writeKey(into: &writer)
        writer.beginColumns(positions.count)
        guard row.ends.isEmpty else { return copyCells(of: row) }
        guard let select else { return false }
        return try row.binding(to: select) { () throws(StoreError) -> Bool in
            defer { select.reset() }
            guard try select.step() else { return false }
            return writeCells(select)
        }
    }

    private mutating func copyCells(of row: NotedRow) -> Bool {
        guard row.isPlain else { return false }
        return row.row.withUnsafeBytes { bytes in
            for position in positions {
                guard let range = row.range(of: position) else { return false }
                writer.write(position: position)
                writer.write(encoded: UnsafeRawBufferPointer(rebasing: bytes[range]))
            }
            return true
        }
    }

    private mutating func writeCells(_ present: Statement) -> Bool {
        for (index, position) in positions.enumerated() {
            let cell = present.cell(at: index)
            guard gate.takes(cell, at: tableRows.table.wireOrder[position]),
                writer.byteCount + (cell.bytes?.count ?? 0) <= RowEncoder.bytesMax
            else { return false }
            writer.write(position: position)
            writer.write(cell)
        }
        return true
    }

    // MARK: The clock

    /// False where the row's clock is not the known one.
    private mutating func advanceClock(of row: NotedRow) throws(StoreError) -> Bool {
        guard let (before, after) = known else { return false }
        let count = tableRows.table.keyColumns.count
        for (index, value) in [before.base, before.state, after.state, after.open].enumerated() {
            try advance.bind(value, at: count + 1 + index)
        }
        let isAdvanced = try row.binding(to: advance) { () throws(StoreError) -> Bool in
            _ = try advance.step()
            return transaction.connection.changes == 1
        }
        guard isAdvanced else { return false }
        found += 1
        if tableRows.isWatched { transaction.dirtyRows.touched(row.keyValues, in: tableRows) }
        return true
    }

    /// Folds the put into the clock of one row. False where that asks for values.
    private mutating func learn(_ key: [Value]) throws(StoreError) -> Bool {
        guard var record = try tableRows.record(key), record.isVisible,
            !record.clock.needsShown(toPut: columns, context: rowFold.context)
        else { return false }
        let before = Clock(record)
        let cells = columns.sorted().map { (column: $0, value: Value.null) }
        let file = transaction.file.path
        _ = try record.clock.put(
            cells, isInsert: false, dot: rowFold.dot, context: rowFold.context,
            shown: { (_) throws(StoreError) -> Value in throw .damaged("a row clock of \(file) cannot be read") },
            rank: { (dot) throws(StoreError) -> Rank in try transaction.log.rank(of: dot) })
        known = (before, Clock(record))
        return true
    }
}
