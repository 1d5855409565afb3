import ReplicaModel
import SQLiteAccess
import SyncWire

/// Writes the rows behind a header.
final class SheetWriter {
    /// Why a row is not taken, with the column that is to blame.
    struct Refusal: Error {
        var column: Identifier?
        var value: SheetCell?
        let reason: String
        /// The cause that something further down may take away, after which the row is tried again.
        var waits: Wait?
    }

    enum Wait {
        /// The row refers to another of its own table.
        case reference
        /// Another row has the value, and may leave it.
        case value
    }

    private let plan: SheetPlan
    private let header: SheetHeader
    private let table: TableState
    private let request: ImportRequest
    private let statements: SheetStatements
    private let lookalikes: Lookalikes
    /// Rows that wait, by what they wait for.
    private let referring: LaterRows
    private let exchanging: LaterRows
    /// The events that are told only once rows that stand in each other's way are all written; nil while each is written
    /// by itself.
    private var held: [ImportEvent]?
    /// The values of rows that are out of each other's way for a moment: by their keys, by the columns' places in the plan.
    private var parked: [[Value]: [Int: Value]] = [:]
    /// The keys of rows that are written together with those that refer to them.
    private var promised: Set<Value> = []
    private let lines: SheetLines
    private let causes: RefusalCauses
    private let tell: (ImportEvent) -> Void
    private(set) var report = ImportReport()
    private var isUnnamedTold = false
    /// Columns without a header of which nothing was told yet.
    private var unnamed: Set<Int>
    /// Columns that an option names by their places alone, and in which nothing stood yet.
    private(set) var unseen: Set<Int>
    private let connection: Connection
    /// Finds rows by all columns of the file but those of the key; nil until a line has no key.
    private var keyless: RowFinder?

    init(
        plan: SheetPlan, header: SheetHeader, table: TableState, request: ImportRequest, probe: CheckProbe,
        connection: Connection, tell: @escaping (ImportEvent) -> Void
    ) throws(StoreError) {
        (self.plan, self.header, self.table, self.request, self.tell) = (plan, header, table, request, tell)
        self.connection = connection
        unnamed = header.unnamed
        unseen = header.beyond
        statements = SheetStatements(plan: plan, table: table, connection: connection)
        lookalikes = Lookalikes(of: table, columns: plan.columns.map(\.definition), connection: connection)
        referring = try LaterRows("referring", connection: connection)
        exchanging = try LaterRows("exchanging", connection: connection)
        lines = try SheetLines(connection: connection, keyCount: table.keyColumns.count)
        causes = RefusalCauses(table: table.definition, probe: probe, connection: connection)
    }

    func take(_ row: SheetRow) throws(StoreError) {
        report.rows += 1
        if !unseen.isEmpty { unseen = unseen.filter { $0 >= row.cells.count } }
        tellUnnamed(row)
        guard let refusal = try attempt(row, isLast: false) else { return }
        switch refusal.waits {
        case .reference: try referring.add(row)
        case .value: try exchanging.add(row)
        case nil: refuse(row, refusal)
        }
    }

    /// Tells of a column without a header once something stands in it, as of one whose header names no column.
    private func tellUnnamed(_ row: SheetRow) {
        for place in unnamed.sorted() where place < row.cells.count {
            guard !PlainText.trimmed(row.cells[place].bytes).isEmpty else { continue }
            unnamed.remove(place)
            report.unknownColumns += 1
            let name = "#\(place + 1)"
            say(
                .refused(
                    .init(
                        line: row.line, column: name, value: row.cells[place],
                        reason: """
                            the column has no header, and is left out (--map '\(name)=COLUMN' says what it stands for, \
                            and --map '\(name)=' leaves it out without a word)
                            """)))
        }
    }

    /// Tries again what waits for other rows, as long as more of them find theirs.
    func finish() throws(StoreError) {
        try writeReferring()
        // Where each frees the next, most of them go in one turn: from the last to the first they go together.
        try again(exchanging)
        try writeTogether(exchanging)
        try writeReferring()
        try writeTogether(referring)
        try again(exchanging)
        for rows in [referring, exchanging] {
            try rows.forEach { (row) throws(StoreError) in
                if let refusal = try attempt(row, isLast: true) { refuse(row, refusal) }
                return true
            }
        }
    }

    private func writeReferring() throws(StoreError) {
        while try again(referring) {}
    }

    /// - Returns: whether a row was written.
    @discardableResult
    private func again(_ rows: LaterRows) throws(StoreError) -> Bool {
        var isOn = false
        try rows.forEach { (row) throws(StoreError) in
            let refusal = try attempt(row, isLast: false)
            guard refusal?.waits == nil else { return false }
            if let refusal { refuse(row, refusal) } else { isOn = true }
            return true
        }
        return isOn
    }

    private func say(_ event: ImportEvent) {
        if held == nil { tell(event) } else { held?.append(event) }
    }

    private func refuse(_ row: SheetRow, _ refusal: Refusal) {
        report.refused += 1
        say(
            .refused(
                .init(line: row.line, column: refusal.column?.text, value: refusal.value, reason: refusal.reason)))
    }

    /// - Returns: why the row is not taken; nil where it is.
    private func attempt(_ row: SheetRow, isLast: Bool) throws(StoreError) -> Refusal? {
        if let refusal = shape(row) { return refusal }
        var values: [Value] = []
        for column in plan.columns {
            let cell = column.place < row.cells.count ? row.cells[column.place] : .empty
            switch try value(cell, column, isLast: isLast) {
            case .success(let value): values.append(value)
            case .failure(let refusal): return refusal
            }
        }
        return try write(values, line: row.line, row)
    }

    /// A row that has fewer cells than the header, or more, is not what somebody meant: its cells may have moved.
    private func shape(_ row: SheetRow) -> Refusal? {
        if row.cells.count == 1, case .wrong(let reason) = row.cells[0], header.width > 1 {
            return Refusal(reason: reason)
        }
        if let extra = row.cells.dropFirst(header.width).first(where: { !PlainText.trimmed($0.bytes).isEmpty }) {
            guard !request.hasWholeRows else {
                return Refusal(
                    value: extra, reason: "the line has \(row.cells.count) cells, and the header \(header.width)")
            }
            if !isUnnamedTold {
                isUnnamedTold = true
                say(
                    .notice(
                        "line \(row.line) has cells to the right of the last header, which are left out here and below")
                )
            }
        }
        guard request.hasWholeRows, row.cells.count < header.width else { return nil }
        return Refusal(reason: "the line has \(row.cells.count) cells, and the header \(header.width)")
    }

    private func value(
        _ cell: SheetCell, _ column: SheetPlan.Column, isLast: Bool
    ) throws(StoreError) -> Result<Value, Refusal> {
        let name = column.definition.name
        let reading = column.reader.read(cell)
        if let reference = column.reference, reading != .value(.null) {
            if case .wrong = cell, case .refused(let reason) = reading {
                return .failure(Refusal(column: name, value: cell, reason: reason))
            }
            let target = reference.target.name
            switch try reference.answer(cell) {
            case .key(let key): return .success(key)
            case .several(let keys):
                let shown = keys.prefix(5).map { [$0].sentenceText }.joined(separator: ", ")
                return .failure(
                    Refusal(
                        column: name, value: cell,
                        reason: "\(keys.count) rows of \(target) have that name: write the key, such as \(shown)"))
            case .none:
                if target == table.name, case .value(let key) = reading, promised.contains(key) { return .success(key) }
                let what = reference.isNamed ? "the key or the name" : "the key"
                return .failure(
                    Refusal(
                        column: name, value: cell,
                        reason: "no row of \(target) has \(what) “\(Self.shown(cell))”: enter it there first",
                        waits: target == table.name && !isLast ? .reference : nil))
            }
        }
        switch reading {
        case .refused(let reason): return .failure(Refusal(column: name, value: cell, reason: reason))
        case .value(.null) where column.isKey && !column.takesDefault && plan.key != nil:
            return .failure(Refusal(column: name, value: cell, reason: "the key is empty"))
        case .value(.null) where column.definition.isNotNull && !column.takesDefault:
            return .failure(Refusal(column: name, value: cell, reason: "the column may not be empty"))
        case .value(let value): return .success(value)
        }
    }

    private static func shown(_ cell: SheetCell) -> String {
        String(String(decoding: cell.bytes, as: UTF8.self).prefix(120))
    }

    private func write(_ values: [Value], line: Int, _ row: SheetRow) throws(StoreError) -> Refusal? {
        let wanted: [Int] = if case .columns(let indexes) = plan.recognition { indexes } else { Array(values.indices) }
        if case .columns = plan.recognition, let empty = wanted.first(where: { values[$0].isNull }) {
            if plan.columns[empty].isKey, plan.columns[empty].takesDefault {
                return try writeKeyless(values, line: line, wanted: wanted)
            }
            return Refusal(
                column: plan.columns[empty].definition.name, value: .empty,
                reason: "the column is empty, and rows are recognised by it")
        }
        let found = try plan.finder.rows(wanted.map { values[$0] })
        if found.count > 1, case .columns = plan.recognition {
            return Refusal(
                column: plan.columns[wanted[0]].definition.name, value: nil,
                reason: "more than one row has that: name columns that tell rows apart with --key")
        }
        guard let old = found.first else { return try insert(values, line: line, wanted: wanted) }
        return try update(old, to: values, line: line, wanted: wanted)
    }

    /// Writes a row that gets its key from the table: a new one, unless one with the same cells is there.
    private func writeKeyless(_ values: [Value], line: Int, wanted: [Int]) throws(StoreError) -> Refusal? {
        let others = values.indices.filter { !plan.columns[$0].isKey }
        let finder: RowFinder
        if let known = keyless {
            finder = known
        } else {
            finder = try RowFinder(
                others.map { plan.columns[$0].definition }, of: table, reading: [], isIndexed: false, number: 1,
                connection: connection)
            keyless = finder
        }
        guard try finder.rows(others.map { values[$0] }).isEmpty else {
            report.unchanged += 1
            return nil
        }
        return try insert(values, line: line, wanted: wanted)
    }

    private func insert(_ values: [Value], line: Int, wanted: [Int]) throws(StoreError) -> Refusal? {
        let named = names(values)
        let like = try lookalikes.row(like: named)
        let key: [Value]
        do { key = try statements.insert(values) } catch {
            return try causes.refusal(for: error, writing: named)
        }
        report.inserted += 1
        try plan.finder.inserted(wanted.map { values[$0] }, key: key)
        try keyless?.inserted(values.indices.filter { !plan.columns[$0].isKey }.map { values[$0] }, key: key)
        try lines.note(key, line: line)
        for column in plan.columns {
            if let reference = column.reference, reference.target.name == table.name {
                try reference.wrote(named, key: key[0])
            }
        }
        if let like { say(.alike(line: line, key: like.key, reason: like.reason)) }
        if request.isDryRun {
            let cells = plan.columns.indices.filter { !values[$0].isNull }.map { index in
                ImportEvent.Change.Cell(
                    column: plan.columns[index].definition.name.text, old: .null, new: values[index])
            }
            let isKeyGiven = plan.key.map { $0.allSatisfy { !values[$0].isNull } } ?? false
            say(.change(.init(line: line, key: isKeyGiven ? key : [], isInsert: true, cells: cells)))
        }
        return nil
    }

    private func update(
        _ found: [Value], to values: [Value], line: Int, wanted: [Int]
    ) throws(StoreError) -> Refusal? {
        let key = Array(found.prefix(table.keyColumns.count))
        var old = Array(found.dropFirst(key.count))
        for (index, value) in parked[key] ?? [:] { old[index] = value }
        // By what the row was recognised it keeps, though it may be written in another case.
        let changed = values.indices.filter { index in
            values[index] != old[index] && !(wanted.contains(index) && plan.columns[index].isKey)
                && !(values[index].isNull && plan.columns[index].takesDefault)
        }
        guard !changed.isEmpty else {
            report.unchanged += 1
            try lines.note(key, line: line)
            return nil
        }
        if let index = changed.first(where: { plan.columns[$0].isKey }) {
            return Refusal(
                column: plan.columns[index].definition.name, value: nil,
                reason: """
                    the row that is recognised has the key \([old[index]].sentenceText), which an import does not change
                    """)
        }
        if let other = try lines.line(of: key) {
            return Refusal(reason: "line \(other) has the same row, with other cells")
        }
        var named = names(old)
        for index in changed { named[plan.columns[index].definition.name] = values[index] }
        do { try statements.update(key, columns: changed, values) } catch {
            return try causes.refusal(for: error, writing: named)
        }
        report.changed += 1
        try lines.note(key, line: line)
        if request.isDryRun {
            let cells = changed.map { index in
                ImportEvent.Change.Cell(
                    column: plan.columns[index].definition.name.text, old: old[index], new: values[index])
            }
            say(.change(.init(line: line, key: key, isInsert: false, cells: cells)))
        }
        return nil
    }

    private func names(_ values: [Value]) -> [Identifier: Value] {
        var out: [Identifier: Value] = [:]
        for (column, value) in zip(plan.columns, values) { out[column.definition.name] = value }
        return out
    }
}

/// Rows of which each would have to be written before the others: that refer to each other, or exchange the values of a
/// UNIQUE.
extension SheetWriter {
    /// More of them are no exchange that somebody thought of.
    private static let (togetherMax, roundsMax) = (50_000, 16)

    /// Writes all of them but those that cannot be written even so.
    private func writeTogether(_ rows: LaterRows) throws(StoreError) {
        guard (1...Self.togetherMax).contains(rows.count) else { return }
        let isReferring = rows === referring
        var stuck: Set<Int> = []
        for _ in 0..<Self.roundsMax where stuck.count < rows.count {
            let before = report
            held = []
            try connection.run("SAVEPOINT caravan_together; PRAGMA defer_foreign_keys = \(isReferring ? "ON" : "OFF")")
            try rows.forEach { (row) throws(StoreError) in
                if !stuck.contains(row.line) { try prepare(row) }
                return false
            }
            let known = stuck
            try rows.forEach { (row) throws(StoreError) in
                guard !known.contains(row.line) else { return false }
                if try attempt(row, isLast: false) != nil { stuck.insert(row.line) }
                return false
            }
            let events = held ?? []
            (held, parked, promised) = (nil, [:], [])
            // What has several columns refers to a row that SQLite looks for, and not the readers of cells.
            let dangling =
                isReferring ? try connection.rows("PRAGMA foreign_key_check(\(table.name.quoted))") : []
            if stuck == known, dangling.isEmpty {
                try connection.run("RELEASE caravan_together; PRAGMA defer_foreign_keys = OFF")
                events.forEach(tell)
                try rows.forEach { (row) throws(StoreError) in !stuck.contains(row.line) }
                return
            }
            report = before
            try connection.run(
                "ROLLBACK TO caravan_together; RELEASE caravan_together; PRAGMA defer_foreign_keys = OFF")
            for column in plan.columns { column.reference?.forget() }
            if stuck == known { return }
        }
    }

    /// Notes the key that a row will have, and takes a row that is there out of the others' way.
    private func prepare(_ row: SheetRow) throws(StoreError) {
        var values: [Value] = []
        for column in plan.columns {
            let cell = column.place < row.cells.count ? row.cells[column.place] : .empty
            switch column.reader.read(cell) {
            case .value(let value): values.append(value)
            case .refused: return
            }
        }
        if let key = plan.key, key.count == 1 { promised.insert(values[key[0]]) }
        guard case .columns(let wanted) = plan.recognition else { return }
        let found = try plan.finder.rows(wanted.map { values[$0] })
        guard found.count == 1 else { return }
        let key = Array(found[0].prefix(table.keyColumns.count))
        let old = Array(found[0].dropFirst(key.count))
        let moving = values.indices.filter { values[$0] != old[$0] && !plan.columns[$0].isKey && !wanted.contains($0) }
        var cells = old
        var away: [Int: Value] = [:]
        let definitions = moving.map { plan.columns[$0].definition }
        for cell in ParkedCells.of(definitions, plan.uniques, number: parked.count) {
            guard let index = moving.first(where: { plan.columns[$0].definition.name == cell.column }) else { continue }
            away[index] = old[index]
            cells[index] = cell.value
        }
        guard !away.isEmpty else { return }
        do { try statements.update(key, columns: away.keys.sorted(), cells) } catch {
            // What the table does not take for a moment stays where it is.
            _ = try causes.refusal(for: error, writing: names(cells))
            return
        }
        parked[key] = away
    }
}
