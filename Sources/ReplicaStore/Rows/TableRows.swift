import ReplicaModel
import SQLiteAccess

/// The rows and the row clocks of one table in a transaction.
struct TableRows {
    let transaction: Transaction
    private let statements: TableStatements

    /// - Parameter statements: of the table as it is in this transaction.
    init(transaction: Transaction, statements: TableStatements) {
        self.transaction = transaction
        self.statements = statements
    }

    /// Prepares statements that nobody keeps, for a table that is being made.
    init(transaction: Transaction, table: TableState) throws(StoreError) {
        self.init(transaction: transaction, statements: try TableStatements(of: table, in: transaction))
    }

    var table: TableState { statements.table }
    /// The foreign keys by which its rows refer to others.
    var links: [ReferenceMap.Link] { statements.links }
    var isReferredTo: Bool { statements.isReferredTo }
    /// Columns that are not of the key and refer to something, by index.
    var linkColumns: Set<Int> { statements.linkColumns }
    /// Takes the key and the dot; does nothing where the row is known.
    var insertClock: Statement { statements.insertClock }

    /// Equal rows or checks are looked for in this table.
    var isWatched: Bool {
        get { statements.isWatched }
        nonmutating set { statements.isWatched = newValue }
    }

    /// Inserts rows: takes of each the key, then these columns.
    func insert(columns: [Int], rows: Int = 1) throws(StoreError) -> Statement {
        try statements.insert(columns: columns, rows: rows)
    }

    /// Notes clocks: takes the dot, then the keys of so many rows; does nothing for those that are known.
    func insertClocks(_ rows: Int) throws(StoreError) -> Statement { try statements.insertClocks(rows) }

    /// Takes the key, the dot and the state that a clock must have, and the state that it gets; does nothing where it
    /// has others.
    var advanceClock: Statement { get throws(StoreError) { try statements.advanceClock } }

    /// Updates a row: takes the key, then these columns.
    func update(columns: [Int]) throws(StoreError) -> Statement { try statements.update(columns: columns) }

    /// The record of what is known of a row; nil if it was never heard of.
    func record(_ key: [Value]) throws(StoreError) -> RowRecord? {
        try bindKey(key, to: statements.selectClock)
        defer { statements.selectClock.reset() }
        guard try statements.selectClock.step() else { return nil }
        let base = statements.selectClock.isNull(at: 0) ? nil : Dot(bits: statements.selectClock.integer(at: 0))
        var record =
            statements.selectClock.isNull(at: 1)
            ? RowRecord(base: base, columnCount: table.valueColumns.count)
            : try RowRecordCodec.decode(
                statements.selectClock.bytes(at: 1), base: base, columnCount: table.valueColumns.count)
        if !table.addedColumns.isEmpty { complete(&record, base: base) }
        if !transaction.state.quarantined.isEmpty { record.clock.mark(transaction.state.quarantined) }
        return record
    }

    /// Completes a record in the columns that the table got later: of those the base wrote only the ones that its
    /// author knew; and an archive may be older than they are.
    private func complete(_ record: inout RowRecord, base: Dot?) {
        if let base {
            record.clock.leaveUnwritten(table.addedColumns.filter { !transaction.log.knew(table.columns[$0], base) })
        }
        if let archive = record.archive, archive.count < table.defaults.count {
            record.archive = archive + table.defaults[archive.count...]
        }
    }

    func save(_ record: RowRecord, key: [Value]) throws(StoreError) {
        try bindKey(key, to: statements.putClock)
        let after = statements.keyCount + 1
        try statements.putClock.bind(record.clock.base.map { .integer($0.dot.bits) } ?? .null, at: after)
        try statements.putClock.bind(RowRecordCodec.encode(record).map { .blob($0) } ?? .null, at: after + 1)
        try statements.putClock.bind(record.openBits.map { .integer($0) } ?? .null, at: after + 2)
        _ = try statements.putClock.step()
    }

    /// Keeps nothing of a row, as of one that was never heard of.
    func forget(_ key: [Value]) throws(StoreError) {
        try transaction.connection.rows("DELETE FROM \(statements.clockName) WHERE \(table.clockKeyTerm)", key)
    }

    /// The values that the row shows in the columns that are not of the key; nil if there is no such row.
    func row(_ key: [Value]) throws(StoreError) -> [Value]? {
        try bindKey(key, to: statements.selectRow)
        defer { statements.selectRow.reset() }
        guard try statements.selectRow.step() else { return nil }
        return (0..<table.valueColumns.count).map(statements.selectRow.value(at:))
    }

    /// The error that a row is not there although its clock says so: no damage of the file, and no reason to stop
    /// anybody else's changes.
    func missing(_ key: [Value]) -> StoreError {
        transaction.file.unseen.insert(table.id)
        return .notFound(
            """
            row \(key.sentenceText) of table \(table.name) is not there, and nothing in the log took it away: \
            something wrote while triggers were off
            """
        )
    }

    /// The error that a row is there although nothing in the log put it there.
    func unknown(_ key: [Value]) -> StoreError {
        transaction.file.unseen.insert(table.id)
        return .notFound(
            """
            row \(key.sentenceText) of table \(table.name) is there, and nothing in the log put it there: something \
            wrote while triggers were off
            """
        )
    }

    /// Whether there is such a row.
    func has(_ key: [Value]) throws(StoreError) -> Bool {
        try bindKey(key, to: statements.hasRow)
        defer { statements.hasRow.reset() }
        return try statements.hasRow.step()
    }

    func delete(_ key: [Value]) throws(StoreError) {
        try bindKey(key, to: statements.deleteRow)
        _ = try statements.deleteRow.step()
    }

    func bindKey(_ key: [Value], to statement: Statement) throws(StoreError) {
        for (index, value) in key.enumerated() { try statement.bind(value, at: index + 1) }
    }
}
