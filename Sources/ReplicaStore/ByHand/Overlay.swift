import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// Brings the rows of a table that somebody made into the replicated one, and notes what he entered.
///
/// What the definition cannot hold, such as NULL in a NOT NULL column, is kept in a table of its own, and `doctor`
/// names that.
struct Overlay {
    private let transaction: Transaction
    private let entered: EnteredTable
    private let table: TableState
    private let isPaired: Bool
    /// The rows that are known are not in the table yet.
    private let isEmpty: Bool
    private let tableRows: TableRows
    private let notes: PendingNotes
    private let find: Statement
    private let values: Statement
    private let converted: Statement
    private let mark: Statement
    private let insertKnown: Statement
    /// `insertKnown` without columns of the person's own.
    private let insertBare: Statement
    private let insertNew: Statement
    /// `insertNew` without columns of the person's own.
    private let insertNewBare: Statement
    private let time: Int64
    /// The value that a column has in rows in which nobody entered it, by place.
    private let unentered: [Int: Value]
    private let lost: LostValues
    private let noted: NotedWrites
    /// The places of columns that have another type there, where what triggers noted went with the table.
    private let retyped: Set<Int>
    private var aside: Identifier?
    /// Whether the present row is kept aside already.
    private var isAside = false
    /// Rows that are known, of which something could not be held, and the places that were written all the same.
    private var held: [(key: [Value], written: [Int])] = []

    /// - Parameter unentered: by place, the value that a column there has in rows in which nobody entered it.
    init(
        _ entered: EnteredTable, onto table: TableState, _ mirror: RowMirror, isEmpty: Bool, unentered: [Int: Value],
        transaction: Transaction
    ) throws(StoreError) {
        self.transaction = transaction
        self.unentered = unentered
        let gone = table.valueColumns.indices.filter {
            unentered[$0] != nil || (isEmpty && entered.valueColumns[$0] == nil)
        }
        retyped = isEmpty ? Set(table.valueColumns.indices.filter { entered.retypes($0, of: table) }) : []
        noted = try NotedWrites(of: table, retyped.union(gone).sorted(), transaction)
        lost = try LostValues(of: table, gone, noted, transaction)
        self.entered = entered
        self.table = table
        self.isEmpty = isEmpty
        isPaired = mirror.isPaired
        tableRows = try TableRows(transaction: transaction, table: table)
        notes = PendingNotes(connection: transaction.connection, table: table)
        find = try mirror.find()
        values = try mirror.values()
        converted = try mirror.converted()
        mark = try mirror.mark()
        let keys = table.keyColumns.map(\.name.quoted)
        let rowid =
            isEmpty && !table.definition.isWithoutRowid && !table.definition.hasRowNumberAsKey
            ? entered.rowid.map { [$0] } ?? [] : []
        let own = entered.own.map { entered.columns[$0].name.quoted }
        let present = table.valueColumns.indices.filter { entered.valueColumns[$0] != nil }.map {
            table.valueColumns[$0].name.quoted
        }
        insertKnown = try Self.insert(
            into: table, rowid + own + keys + table.valueColumns.map(\.name.quoted), transaction.connection)
        insertBare = try Self.insert(
            into: table, rowid + keys + table.valueColumns.map(\.name.quoted), transaction.connection)
        insertNew = try Self.insert(into: table, rowid + own + keys + present, transaction.connection)
        insertNewBare = try Self.insert(into: table, rowid + keys + present, transaction.connection)
        hasRowid = !rowid.isEmpty
        var cast: [Int] = []
        for place in table.valueColumns.indices where try mirror.isCast(place) { cast.append(place) }
        self.cast = cast
        if case .integer(let now)? = try transaction.connection.value("SELECT \(CaptureTriggers.now)") {
            time = now
        } else {
            time = 0
        }
    }

    private let hasRowid: Bool
    /// The places of columns in which every value is what CAST to their type there makes of it, or was entered.
    let cast: [Int]

    private static func insert(into table: TableState, _ columns: [String], _ connection: Connection) throws(StoreError)
        -> Statement
    {
        let keys = table.keyColumns.map(\.name.quoted).joined(separator: ", ")
        let marks = columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        return try connection.prepare(
            "INSERT INTO \(table.name.quoted)(\(columns.joined(separator: ", "))) VALUES (\(marks)) RETURNING \(keys)")
    }

    /// A row as it was found.
    private struct Row {
        let rowid: Value?
        /// The number of the known row that it is, where rows are paired.
        let pair: Value?
        /// The values of the row, in the order of the columns there.
        let all: [Value]
    }

    /// Returns how many rows there were.
    mutating func run() throws(StoreError) -> Int {
        let columns =
            entered.columns.map(\.name.quoted) + (isPaired ? [RowPairing.column] : [])
            + (hasRowid ? [entered.rowid ?? ""] : [])
        let rows = try transaction.connection.prepare(
            "SELECT \(columns.joined(separator: ", ")) FROM \(entered.name.quoted)")
        var count = 0
        while try rows.step() {
            (count, isAside) = (count + 1, false)
            let all = rows.row
            let width = entered.columns.count
            try take(
                Row(
                    rowid: hasRowid ? all.last : nil, pair: isPaired ? all[width] : nil, all: Array(all.prefix(width))))
        }
        try noted.takeBack()
        // What triggers noted of a value that could not be held nobody has written: the row shows there what the log
        // says.
        try notes.forget(held.map(\.key))
        for row in held { for place in row.written { try notes.noteWrite(of: place, row.key, at: time) } }
        return count
    }

    private mutating func take(_ row: Row) throws(StoreError) {
        let key = entered.keys.map { $0.map { row.all[$0] } ?? .null }
        guard row.pair != .integer(0) else { return try keepAside(row) }
        guard !key.contains(where: \.isNull), let found = try find.first(row.pair.map { [$0] } ?? key) else {
            return try enter(row, key)
        }
        guard found[1] == .integer(0) else {
            // Two that are paired with one both have its values.
            if !isPaired { try keepAsideUnlessEqual(row, key) }
            return
        }
        try mark.run([found[0]])
        guard let known = try values.first([found[0]]), let old = try converted.first([found[0]]) else { return }
        let keyCount = table.keyColumns.count
        let (knownKey, knownValues) = (Array(known.prefix(keyCount)), Array(known.dropFirst(keyCount)))
        try standOwn(row, knownKey, known)
        var edits: [(place: Int, value: Value)] = []
        let present = table.valueColumns.indices.filter { entered.valueColumns[$0] != nil }
        for (number, place) in present.enumerated() {
            guard let column = entered.valueColumns[place] else { continue }
            let value = row.all[column]
            if unentered[place] == value {
                noted.add(knownKey, place)
                continue
            }
            // What somebody was seen to write he entered, also where a type makes the same of what was there before.
            if !retyped.contains(place) || !noted.has(knownKey, place) {
                if Reading.isSame(value, old[number], of: knownValues[place]) { continue }
                if cast.contains(place), try isCast(value, of: knownValues[place], in: column) { continue }
            }
            edits.append((place, value))
        }
        try edit(row, knownKey, knownValues, edits)
        try compareComputed(row, knownKey)
    }

    /// Whether a value is what CAST makes of the one that is known: tools that give a column another type copy it so.
    private func isCast(_ value: Value, of known: Value, in column: Int) throws(StoreError) -> Bool {
        let affinity = entered.columns[column].affinity
        let cast = try transaction.statement("SELECT CAST(?1 AS \(RowMirror.type(affinity)))").first([known])?.first
        return cast.map { Reading.isSame(value, $0, of: known) } ?? false
    }

    /// Has a row that is known stand in the table with what was entered in columns of the person's own. Where one of
    /// those cannot hold it, the row is kept aside, too.
    private mutating func standOwn(_ row: Row, _ key: [Value], _ known: [Value]) throws(StoreError) {
        let rowid = row.rowid.map { [$0] } ?? []
        do {
            if isEmpty {
                try insertKnown.run(rowid + own(row) + known)
            } else if !entered.own.isEmpty {
                try update(key, entered.own.map { (entered.columns[$0].name, row.all[$0]) })
            }
        } catch {
            guard Self.isConstraint(error), !entered.own.isEmpty else { throw error }
            if isEmpty { try insertBare.run(rowid + known) }
            try keepAside(row)
        }
    }

    private func own(_ row: Row) -> [Value] { entered.own.map { row.all[$0] } }

    private func update(_ key: [Value], _ cells: [(name: Identifier, value: Value)]) throws(StoreError) {
        let sets = cells.enumerated().map { "\($1.name.quoted) = ?\(key.count + 1 + $0)" }.joined(separator: ", ")
        try transaction.statement("UPDATE \(table.name.quoted) SET \(sets) WHERE \(table.keyTerm)").run(
            key + cells.map(\.value))
    }

    /// Writes what was entered in a row that is known, one column after the other: one that cannot be held spares the
    /// others.
    private mutating func edit(_ row: Row, _ key: [Value], _ known: [Value], _ edits: [(place: Int, value: Value)])
        throws(StoreError)
    {
        var isHeldBack = false
        var written: [Int] = []
        var bytes = 0
        for (place, value) in edits {
            guard transaction.state.mayWrite, !RowGate.isTooLarge([value], with: bytes) else {
                isHeldBack = true
                continue
            }
            bytes += RowGate.bytes(of: value)
            do { try update(key, [(table.valueColumns[place].name, value)]) } catch {
                guard Self.isConstraint(error) else { throw error }
                isHeldBack = true
                continue
            }
            // The definition's own type may make it what it was: then what is noted of it is no edit.
            guard let now = try tableRows.row(key) else { continue }
            if now[place] != known[place] {
                written.append(place)
            } else if retyped.contains(place) {
                noted.add(key, place)
            }
        }
        guard isHeldBack else {
            for place in written { try notes.noteWrite(of: place, key, at: time) }
            return
        }
        held.append((key, written))
        try keepAside(row)
    }

    /// Enters a row that nobody knows.
    private mutating func enter(_ row: Row, _ key: [Value]) throws(StoreError) {
        let isKey = zip(table.keyColumns, key).allSatisfy { column, value in
            guard case .real(let real) = value else { return !value.isNull }
            let affinity = Affinity(declared: column.type)
            // SQLite makes an integer of no double that is the least one.
            return affinity == .text || (affinity == .integer && Int64(exactly: real).map { $0 > .min } ?? false)
        }
        let values = table.valueColumns.indices.map { place in entered.valueColumns[place].map { row.all[$0] } }
        guard isKey, transaction.state.mayWrite, !RowGate.isTooLarge(key: key),
            !RowGate.isTooLarge(values.compactMap(\.self))
        else { return try keepAside(row) }
        let before = lost.before(key, values.enumerated().map { unentered[$0] == $1 ? nil : $1 })
        let present = values.enumerated().compactMap { place, value in
            value.map { unentered[place] == $0 ? before?[place] ?? lost.substitute(in: place, key) ?? $0 : $0 }
        }
        guard let stored = try enter(row, key, present) else { return }
        do {
            let gone =
                before.map { before in
                    values.indices.filter { values[$0] == nil }.map { (table.valueColumns[$0].name, before[$0]) }
                } ?? []
            if !gone.isEmpty { try update(stored, gone) }
            try notes.note(.inserted, stored, at: time)
            try compareComputed(row, stored)
        } catch {
            guard Self.isConstraint(error) else { throw error }
            try keepAsideUnlessEqual(row, key)
        }
    }

    /// Returns the key of the row as it stands; nil where it cannot, and is kept aside. Where a column of the person's
    /// own cannot hold what was entered, the row stands without that, and is kept aside, too.
    private mutating func enter(_ row: Row, _ key: [Value], _ present: [Value]) throws(StoreError) -> [Value]? {
        let rowid = row.rowid.map { [$0] } ?? []
        do { return try insertNew.first(rowid + own(row) + key + present) } catch {
            guard Self.isConstraint(error) else { throw error }
        }
        do {
            guard !entered.own.isEmpty, let stored = try insertNewBare.first(rowid + key + present) else {
                try keepAsideUnlessEqual(row, key)
                return nil
            }
            try keepAside(row)
            return stored
        } catch {
            guard Self.isConstraint(error) else { throw error }
            try keepAsideUnlessEqual(row, key)
            return nil
        }
    }

    private static func isConstraint(_ error: StoreError) -> Bool {
        if case .sqlite(let code, _, _) = error {
            [ResultCode.constraintFailed, ResultCode.mismatched].contains(code & 0xFF)
        } else {
            false
        }
    }

    /// A second row of one key, as a table without one may have: what it says otherwise is kept.
    private mutating func keepAsideUnlessEqual(_ row: Row, _ key: [Value]) throws(StoreError) {
        if let now = try tableRows.row(key) {
            let isEqual = table.valueColumns.indices.allSatisfy { place in
                entered.valueColumns[place].map { row.all[$0] == now[place] } ?? true
            }
            if isEqual { return }
        }
        try keepAside(row)
    }

    /// Keeps a row aside where a column that the definition computes holds another value than what it comes to.
    private mutating func compareComputed(_ row: Row, _ key: [Value]) throws(StoreError) {
        for column in entered.computed where !row.all[column].isNull {
            let sql = "SELECT \(entered.columns[column].name.quoted) FROM \(table.name.quoted) WHERE \(table.keyTerm)"
            guard try transaction.statement(sql).first(key)?.first != row.all[column] else { continue }
            return try keepAside(row)
        }
    }

    private mutating func keepAside(_ row: Row) throws(StoreError) {
        guard !isAside else { return }
        isAside = true
        let name: Identifier
        if let aside {
            name = aside
        } else {
            name = try transaction.ownObjects.freeName(beside: table.name)
            let columns = entered.columns.map(\.name.quoted).joined(separator: ", ")
            try transaction.connection.run(
                "CREATE TABLE \(name.quoted) AS SELECT \(columns) FROM \(entered.name.quoted) WHERE 0")
            let misfit =
                """
                its rows have values that table \(table.name) cannot hold as it is defined, or too large for others, \
                or that it has otherwise, or of keys that may be those of several rows
                """
            try transaction.remaker.explainAside(
                name,
                transaction.state.mayWrite ? misfit : "this node may not write, unless an admin gives it another role")
            aside = name
        }
        let marks = row.all.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        try transaction.statement("INSERT INTO \(name.quoted) VALUES (\(marks))").run(row.all)
    }
}
