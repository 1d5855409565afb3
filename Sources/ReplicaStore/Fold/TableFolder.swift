import CSQLite
import ReplicaModel

/// The statements that fold operations into one table and its row clocks, prepared once.
///
/// Parameters: the key from 1, then what the statement says.
final class TableFolder {
    let table: TableState
    /// What its rows refer to.
    let links: [ReferenceMap.Link]
    let isReferredTo: Bool
    /// Columns that are not of the key and refer to something, by index.
    let linkColumns: Set<Int>
    /// Equal rows or checks are looked for in this table.
    var isWatched: Bool
    private unowned let replica: Replica
    private let connection: Connection
    private let clockName: String
    private let keyCount: Int
    /// Takes the key and the dot; does nothing where the row is known.
    let insertClock: Statement
    private let selectClock: Statement
    private let putClock: Statement
    private let selectRow: Statement
    private let hasRow: Statement
    private let deleteRow: Statement
    /// By the columns that they name: nearly always one or two kinds a table.
    private var inserts: [[Int]: Statement] = [:]
    private var updates: [[Int]: Statement] = [:]

    init(replica: Replica, table: TableState) throws(StoreError) {
        let (connection, state, references) = (replica.connection, replica.state, replica.state.references)
        self.replica = replica
        self.connection = connection
        self.table = table
        isWatched = !table.definition.checks.isEmpty || state.indexes.contains { $0.isPlain && $0.definition.table == table.name }
        links = references.from(table.id)
        isReferredTo = !references.to(table.id).isEmpty
        linkColumns = Set(links.flatMap(\.others))
        clockName = "caravan_clock_\(table.id)"
        keyCount = table.keyColumns.count
        let keys = table.clockKeys
        let marks = (1...keyCount).map { "?\($0)" }.joined(separator: ", ")
        let clockKey = (1...keyCount).map { "k\($0) = ?\($0)" }.joined(separator: " AND ")
        let n = keyCount
        insertClock = try connection.prepare(
            "INSERT INTO \(clockName)(\(keys), dot) VALUES (\(marks), ?\(n + 1)) ON CONFLICT DO NOTHING")
        selectClock = try connection.prepare("SELECT dot, state FROM \(clockName) WHERE \(clockKey)")
        putClock = try connection.prepare(
            """
            INSERT INTO \(clockName)(\(keys), dot, state, open) VALUES (\(marks), ?\(n + 1), ?\(n + 2), ?\(n + 3))
            ON CONFLICT DO UPDATE SET dot = ?\(n + 1), state = ?\(n + 2), open = ?\(n + 3)
            """)
        // A key-only table has no other column to read, so the row answers with a constant.
        let others = table.others.isEmpty ? "1" : table.others.map(\.name.quoted).joined(separator: ", ")
        selectRow = try connection.prepare("SELECT \(others) FROM \(table.name.quoted) WHERE \(Self.keyTerm(table))")
        hasRow = try connection.prepare("SELECT 1 FROM \(table.name.quoted) WHERE \(Self.keyTerm(table))")
        deleteRow = try connection.prepare("DELETE FROM \(table.name.quoted) WHERE \(Self.keyTerm(table))")
    }

    private static func keyTerm(_ table: TableState) -> String {
        table.keyColumns.enumerated().map { "\($1.name.quoted) = ?\($0 + 1)" }.joined(separator: " AND ")
    }

    /// Inserts a row: takes the key, then these columns.
    func insert(columns: [Int]) throws(StoreError) -> Statement {
        if let known = inserts[columns] { return known }
        let names = table.keyColumns.map(\.name.quoted) + columns.map { table.others[$0].name.quoted }
        let marks = (1...names.count).map { "?\($0)" }.joined(separator: ", ")
        let statement = try connection.prepare(
            "INSERT INTO \(table.name.quoted)(\(names.joined(separator: ", "))) VALUES (\(marks))")
        if inserts.count >= Self.kindsMax { inserts = [:] }
        inserts[columns] = statement
        return statement
    }

    /// Updates a row: takes the key, then these columns.
    func update(columns: [Int]) throws(StoreError) -> Statement {
        if let known = updates[columns] { return known }
        let sets = columns.enumerated().map { "\(table.others[$1].name.quoted) = ?\($0 + keyCount + 1)" }
        let statement = try connection.prepare(
            "UPDATE \(table.name.quoted) SET \(sets.joined(separator: ", ")) WHERE \(Self.keyTerm(table))")
        if updates.count >= Self.kindsMax { updates = [:] }
        updates[columns] = statement
        return statement
    }

    /// Bounds the memory that statements take where every update names other columns.
    private static let kindsMax = 256

    /// What is known of a row; nil if it was never heard of.
    func record(_ key: [Value]) throws(StoreError) -> RowRecord? {
        try bindKey(key, to: selectClock)
        defer { selectClock.reset() }
        guard try selectClock.step() else { return nil }
        let base = selectClock.isNull(at: 0) ? nil : Dot(bits: selectClock.integer(at: 0))
        var record =
            selectClock.isNull(at: 1)
            ? RowRecord(base: base, columnCount: table.others.count)
            : try RowRecordCodec.decode(selectClock.bytes(at: 1), base: base, columnCount: table.others.count)
        if !table.late.isEmpty { complete(&record, base: base) }
        return record
    }

    /// Of columns that a table got later, the base wrote only those that its author knew; and an archive may be older than they are.
    private func complete(_ record: inout RowRecord, base: Dot?) {
        if let base { record.clock.leaveUnwritten(table.late.filter { !replica.knew(table.columns[$0], base) }) }
        if let archive = record.archive, archive.count < table.defaults.count {
            record.archive = archive + table.defaults[archive.count...]
        }
    }

    func save(_ record: RowRecord, key: [Value]) throws(StoreError) {
        try bindKey(key, to: putClock)
        let after = keyCount + 1
        try putClock.bind(record.clock.base.map { .integer($0.dot.bits) } ?? .null, at: after)
        try putClock.bind(RowRecordCodec.encode(record).map { .blob($0) } ?? .null, at: after + 1)
        try putClock.bind(record.openBits.map { .integer($0) } ?? .null, at: after + 2)
        _ = try putClock.step()
    }

    /// Keeps nothing of a row, as of one that was never heard of.
    func forget(_ key: [Value]) throws(StoreError) {
        let isIt = key.indices.map { "k\($0 + 1) = ?\($0 + 1)" }.joined(separator: " AND ")
        try connection.rows("DELETE FROM \(clockName) WHERE \(isIt)", key)
    }

    /// What the row shows in the columns that are not of the key; nil if there is no such row.
    func row(_ key: [Value]) throws(StoreError) -> [Value]? {
        try bindKey(key, to: selectRow)
        defer { selectRow.reset() }
        guard try selectRow.step() else { return nil }
        return (0..<table.others.count).map(selectRow.value(at:))
    }

    /// That a row is not there although its clock says so: no damage of the file, and no reason to stop anybody else's changes.
    func missing(_ key: [Value]) -> StoreError {
        replica.unseen.insert(table.id)
        return .notFound("row \(key.sentenceText) of table \(table.name) is not there, and nothing in the log took it away: something wrote while triggers were off")
    }

    /// That a row is there although nothing in the log put it there.
    func unknown(_ key: [Value]) -> StoreError {
        replica.unseen.insert(table.id)
        return .notFound("row \(key.sentenceText) of table \(table.name) is there, and nothing in the log put it there: something wrote while triggers were off")
    }

    /// Whether there is such a row.
    func has(_ key: [Value]) throws(StoreError) -> Bool {
        try bindKey(key, to: hasRow)
        defer { hasRow.reset() }
        return try hasRow.step()
    }

    func delete(_ key: [Value]) throws(StoreError) {
        try bindKey(key, to: deleteRow)
        _ = try deleteRow.step()
    }

    func bindKey(_ key: [Value], to statement: Statement) throws(StoreError) {
        for (index, value) in key.enumerated() { try statement.bind(value, at: index + 1) }
    }
}
