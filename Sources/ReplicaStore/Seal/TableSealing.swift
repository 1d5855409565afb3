import ReplicaModel
import SQLiteAccess
import SyncWire

/// Turns the notes of one table into operations, and folds each into the row's clock. The table shows it already.
struct TableSealing {
    private let transaction: Transaction
    private let tableRows: TableRows
    private let rows: RowsInOrder?
    private let rowFold: RowFold
    private let gate: RowGate
    private var hasBegun = false
    private var lookup: SealedLookup

    /// - Parameter rows: where many are noted; else each is looked up.
    init(transaction: Transaction, tableRows: TableRows, rows: RowsInOrder?, dot: Dot) {
        self.transaction = transaction
        self.tableRows = tableRows
        self.rows = rows
        rowFold = RowFold(transaction: transaction, dot: dot, context: transaction.state.applied, tableHolds: true)
        gate = RowGate(tableRows.table)
        lookup = SealedLookup(transaction: transaction, table: tableRows.table)
    }

    /// False where others would hold as void what the table shows: then nothing is sealed of the row.
    mutating func seal(_ touch: Touch, into writer: inout ChangesetWriter) throws(StoreError) -> Bool {
        let present = try row(touch.key)
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

    private func row(_ key: [Value]) throws(StoreError) -> [Value]? {
        guard let rows, RowsInOrder.hasPlace(key) else { return try tableRows.row(key) }
        return try rows.row(key)
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
}
