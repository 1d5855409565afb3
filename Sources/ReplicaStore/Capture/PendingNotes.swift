import ReplicaModel
import SQLiteAccess

/// Reads what triggers noted of one table, row by row in ascending order of the key.
struct PendingNotes {
    private let connection: Connection
    private let layout: PendingLayout

    init(connection: Connection, table: TableState) {
        self.connection = connection
        layout = PendingLayout(table)
    }

    /// Milliseconds since 1970 of the last note; nil if there is none.
    func lastTime() throws(StoreError) -> Int64? {
        switch try connection.value("SELECT time FROM \(layout.name) ORDER BY note DESC LIMIT 1") {
        case .integer(let time): time
        // What triggers note is within a tenth of a millisecond.
        case .real(let time): Int64(exactly: time.rounded()) ?? 0
        default: nil
        }
    }

    /// The notes, and those between the first and the last that were taken back.
    func span() throws(StoreError) -> Int64 {
        // Both in one SELECT would read all notes.
        let span = try connection.value(
            "SELECT (SELECT max(note) FROM \(layout.name)) - (SELECT min(note) FROM \(layout.name)) + 1")
        return if case .integer(let count)? = span { count } else { 0 }
    }

    /// Rows that are noted.
    ///
    /// - Parameter most: more are not counted; nil for all.
    func count(upTo most: Int? = nil) throws(StoreError) -> Int {
        let keys = layout.keyNames.joined(separator: ", ")
        let limit = most.map { " LIMIT \($0)" } ?? ""
        guard
            case .integer(let count)? = try connection.value(
                "SELECT count(*) FROM (SELECT DISTINCT \(keys) FROM \(layout.name)\(limit))")
        else { return 0 }
        return Int(count)
    }

    /// The keys of rows that are noted, each once.
    func keys() throws(StoreError) -> [[Value]] {
        try connection.rows("SELECT DISTINCT \(layout.keyNames.joined(separator: ", ")) FROM \(layout.name)")
    }

    func clear() throws(StoreError) { try connection.run("DELETE FROM \(layout.name)") }

    /// Takes back all that was noted of rows.
    func forget(_ keys: [[Value]]) throws(StoreError) { try run("DELETE FROM \(layout.name)", ofRows: keys) }

    /// Alters what was noted of updates of rows.
    ///
    /// - Parameter setting: what stands behind SET.
    func alterUpdates(of keys: [[Value]], setting: String) throws(StoreError) {
        let updated = PendingLayout.Kind.updated.rawValue
        try run("UPDATE \(layout.name) SET \(setting)", ofRows: keys, "kind = \(updated) AND ")
    }

    /// Does something with all notes of rows. Notes have no index: they are gone through once, and not once for each.
    private func run(_ sql: String, ofRows keys: [[Value]], _ term: String = "") throws(StoreError) {
        guard !keys.isEmpty else { return }
        let names = layout.keyNames.joined(separator: ", ")
        let listed = try connection.scratchName("caravan_listed_\(layout.id)")
        try connection.run("CREATE TABLE \(listed)(\(names))")
        let insert = try connection.prepare(
            "INSERT INTO \(listed) VALUES (\(keys[0].indices.map { "?\($0 + 1)" }.joined(separator: ", ")))")
        for key in keys { try insert.run(key) }
        try connection.run("\(sql) WHERE \(term)(\(names)) IN (SELECT \(names) FROM \(listed)); DROP TABLE \(listed)")
    }

    /// Notes what no trigger saw: an insert, or that a row stays.
    func note(_ kind: PendingLayout.Kind, _ key: [Value], at time: Int64) throws(StoreError) {
        let marks = (1...key.count + 2).map { "?\($0)" }.joined(separator: ", ")
        try connection.rows(
            "INSERT INTO \(layout.name)(kind, time, \(layout.keyNames.joined(separator: ", "))) VALUES (\(marks))",
            [.integer(Int64(kind.rawValue)), .integer(time)] + key)
    }

    /// Notes that a column, by its index among the others, was written, also with the value that it had.
    func noteWrite(of column: Int, _ key: [Value], at time: Int64) throws(StoreError) {
        let masks = (0..<layout.maskCount).map { mask in
            mask == column / PendingLayout.maskWidth ? Int64(1) << Int64(column % PendingLayout.maskWidth) : 0
        }
        let marks = (1...key.count + 2 + masks.count).map { "?\($0)" }.joined(separator: ", ")
        try connection.rows(
            """
            INSERT INTO \
            \(layout.name)(\((["kind", "time"] + layout.keyNames + layout.maskNames).joined(separator: ", "))) VALUES \
            (\(marks))
            """,
            [.integer(Int64(PendingLayout.Kind.updated.rawValue)), .integer(time)] + key + masks.map { .integer($0) })
    }

    /// Visits every noted row once.
    func forEach(_ body: (Touch) throws(StoreError) -> Void) throws(StoreError) {
        let keys = layout.keyNames.joined(separator: ", ")
        // Old values are read where they are used: carried through the sorter they would cost what the rows do.
        let notes = try connection.prepare(
            """
            SELECT note, kind, \((layout.keyNames + layout.maskNames).joined(separator: ", ")) FROM \(layout.name) \
            ORDER BY \(keys), note
            """
        )
        let olds =
            layout.valueColumns.isEmpty
            ? nil
            : try connection.prepare(
                "SELECT \(layout.oldNames.joined(separator: ", ")) FROM \(layout.name) WHERE note = ?1")
        var touch: Touch?
        while try notes.step() {
            let key = layout.keys.indices.map { notes.value(at: 2 + $0) }
            if let whole = touch, whole.key != key {
                try body(whole)
                touch = nil
            }
            var present = touch ?? Touch(key: key)
            try add(notes, olds, to: &present)
            touch = present
        }
        if let touch { try body(touch) }
    }

    private func add(_ notes: Statement, _ olds: Statement?, to touch: inout Touch) throws(StoreError) {
        switch PendingLayout.Kind(rawValue: Int(notes.integer(at: 1))) {
        case .inserted: touch.wasInserted = true
        case .updated:
            for mask in 0..<layout.maskCount {
                var bits = UInt64(bitPattern: notes.integer(at: 2 + layout.keys.count + mask))
                while bits != 0 {
                    touch.changed.insert(mask * PendingLayout.maskWidth + bits.trailingZeroBitCount)
                    bits &= bits - 1
                }
            }
        case .stays: touch.isToStay = true
        case .deleted, .maybeReplaced:
            guard touch.oldValues == nil, !touch.wasInserted, touch.changed.isEmpty else { return }
            touch.oldValues = try olds?.first([.integer(notes.integer(at: 0))]) ?? []
        case nil: throw .damaged("a note in \(layout.name) is of a kind that this software does not know")
        }
    }
}
