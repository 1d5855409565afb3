import ReplicaModel
import SQLiteAccess
import SyncWire

/// Turns the notes of one table into operations, and folds each into the row's clock. The table shows it already.
struct TableSealing {
    private let transaction: Transaction
    private let tableRows: TableRows
    private let rowFold: RowFold
    private let gate: RowGate
    private var hasBegun = false
    private var lookup: SealedLookup
    private var equalPuts: EqualPuts?
    private var insert = RowWriter()

    init(transaction: Transaction, tableRows: TableRows, dot: Dot) throws(StoreError) {
        self.transaction = transaction
        self.tableRows = tableRows
        rowFold = RowFold(transaction: transaction, dot: dot, context: transaction.state.applied, tableHolds: true)
        gate = RowGate(
            tableRows.table,
            indexed: IndexedColumns.names(
                of: tableRows.table.definition, transaction.state.indexes.map(\.definition)))
        lookup = SealedLookup(transaction: transaction, table: tableRows.table)
    }

    /// Seals one of many rows: nearly all are new, or had the same columns changed as others, and are neither looked up
    /// nor made values of. False as below.
    mutating func seal(_ row: NotedRow, of rows: NotedRows, into writer: inout ChangesetWriter) throws(StoreError)
        -> Bool
    {
        if try insertUnknown(row) {
            try begin(&writer)
            insert.beginInsert(keyCount: tableRows.table.keyColumns.count, valueCount: tableRows.table.wireOrder.count)
            try row.writeKey(into: &insert)
            row.row.withUnsafeBytes { insert.write(encoded: $0) }
            try writer.write(operation: insert.bytes)
            return true
        }
        if equalPuts == nil, row.isUpdateAlone {
            equalPuts = try EqualPuts(tableRows, gate: gate, rowFold: rowFold, in: transaction)
        }
        if let operation = try equalPuts?.put(row) {
            try begin(&writer)
            try writer.write(operation: operation)
            return true
        }
        return try seal(try rows.touch(row), present: try row.values(), into: &writer)
    }

    /// - Parameter present: what the table shows, if that is known.
    /// - Returns: false where others would hold as void what the table shows: then nothing is sealed of the row.
    mutating func seal(
        _ touch: Touch, present known: [Value]? = nil, into writer: inout ChangesetWriter
    ) throws(StoreError) -> Bool {
        let present = if let known { known } else { try tableRows.row(touch.key) }
        let record = try tableRows.record(touch.key)
        switch touch.netEffect(isPresent: present != nil, wasVisible: record?.isVisible ?? false) {
        case .nothing: break
        case .putAll:
            guard let present else { break }
            if gate.refuses(key: touch.key, values: present) { return false }
            try begin(&writer)
            try writer.insert(key: touch.key, values: present)
            if record == nil {
                try insertUnknown(touch.key)
            } else {
                try rowFold.put(
                    tableRows, key: touch.key, cells: Array(present.enumerated().map { ($0, $1) }), isInsert: true)
                transaction.dirtyRows.disappeared(in: tableRows)
            }
            try link(touch.key, present)
        case .put(let changed):
            guard let present else { break }
            let columns = whole(changed)
            if gate.refuses(key: touch.key, values: present, columns: columns) { return false }
            try begin(&writer)
            try put(touch.key, present, columns, into: &writer)
        case .delete:
            guard let record else { break }
            try begin(&writer)
            try writer.delete(key: touch.key)
            let sealed =
                if let old = touch.oldValues { old } else { try lookup.values(key: touch.key, clock: record.clock) }
            try rowFold.delete(tableRows, key: touch.key, sealed: sealed)
            transaction.dirtyRows.disappeared(in: tableRows)
        }
        return true
    }

    private func put(_ key: [Value], _ present: [Value], _ columns: [Int], into writer: inout ChangesetWriter)
        throws(StoreError)
    {
        let cells = columns.map { (index: $0, value: present[$0]) }
        try writer.update(key: key, columns: cells)
        try rowFold.put(tableRows, key: key, cells: cells.map { ($0.index, $0.value) }, isInsert: false)
        guard !tableRows.linkColumns.isDisjoint(with: columns) else { return }
        transaction.dirtyRows.disappeared(in: tableRows)
        try link(key, present)
    }

    private func link(_ key: [Value], _ present: [Value]) throws(StoreError) {
        transaction.dirtyRows.appeared(key, present, in: tableRows)
        try transaction.constraints.trimDirtyRows()
    }

    /// The columns of a foreign key are written together, or a merge would tear them apart. Ascending.
    private func whole(_ columns: [Int]) -> [Int] {
        var out = Set(columns)
        for link in tableRows.links where !out.isDisjoint(with: link.valueColumns) { out.formUnion(link.valueColumns) }
        return out.sorted()
    }

    private mutating func begin(_ writer: inout ChangesetWriter) throws(StoreError) {
        if !hasBegun { try writer.beginTable(tableRows.table) }
        hasBegun = true
    }

    private func insertUnknown(_ key: [Value]) throws(StoreError) {
        try tableRows.bindKey(key, to: tableRows.insertClock)
        try tableRows.insertClock.bind(rowFold.dot.bits, at: key.count + 1)
        _ = try tableRows.insertClock.step()
        transaction.dirtyRows.touched(key, in: tableRows)
    }

    /// Notes the clock of a row of which nobody has heard. False where somebody has, or it is not at hand.
    private func insertUnknown(_ row: NotedRow) throws(StoreError) -> Bool {
        guard row.wasInserted, row.isWholeAndPlain, row.key.count <= WireLimits.keyBytesMax else { return false }
        let insert = tableRows.insertClock
        try insert.bind(rowFold.dot.bits, at: tableRows.table.keyColumns.count + 1)
        let isUnknown = try row.binding(to: insert) { () throws(StoreError) -> Bool in
            _ = try insert.step()
            return transaction.connection.changes == 1
        }
        guard isUnknown else { return false }
        if tableRows.isWatched { transaction.dirtyRows.touched(row.keyValues, in: tableRows) }
        if !tableRows.links.isEmpty, let values = try row.values() { try link(row.keyValues, values) }
        return true
    }
}
