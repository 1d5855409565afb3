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
        /// The key of the row for which it waits; nil where that is not known.
        var needs: Value?
    }

    enum Wait {
        /// The row refers to another, and which that is the whole file says.
        case file
        /// The row refers to another of its own table.
        case reference
        /// Another row has the value, and may leave it.
        case value
    }

    let plan: SheetPlan
    private let header: SheetHeader
    let table: TableState
    private let request: ImportRequest
    let statements: SheetStatements
    private let contentKey: ContentKey?
    let lookalikes: Lookalikes
    /// Rows that wait, by what they wait for.
    let referring: LaterRows
    private let exchanging: LaterRows
    /// Every line from the first on of which the whole file says to which row it refers.
    private let gathered: LaterRows
    private var isGathering = false
    /// The keys and names that the lines bring, where the table refers to itself.
    private let notes: NotedLines?
    private let reserved: ReservedRows
    /// The events that are told only once rows that stand in each other's way are all written; nil while each is
    /// written by itself.
    var held: [ImportEvent]?
    /// The values of rows that are out of each other's way for a moment: by their keys, by the columns' places in the
    /// plan.
    var parked: [[Value]: [Int: Value]] = [:]
    /// The keys of rows that are written together with those that refer to them.
    var promised: Set<Value> = []
    private let lines: SheetLines
    let causes: RefusalCauses
    let tell: (ImportEvent) -> Void
    var report = ImportReport()
    private var isUnnamedTold = false
    /// Columns without a header of which nothing was told yet.
    private var unnamed: Set<Int>
    /// Columns that an option names by their places alone, and in which nothing stood yet.
    private(set) var unseen: Set<Int>
    let connection: Connection
    /// Finds rows by all columns of the file but those of the key; nil until a line has no key.
    var keyless: RowFinder?

    init(
        plan: SheetPlan, header: SheetHeader, table: TableState, request: ImportRequest, probe: CheckProbe,
        connection: Connection, tell: @escaping (ImportEvent) -> Void
    ) throws(StoreError) {
        (self.plan, self.header, self.table, self.request, self.tell) = (plan, header, table, request, tell)
        self.connection = connection
        unnamed = header.unnamed
        unseen = header.beyond
        statements = SheetStatements(plan: plan, table: table, connection: connection)
        contentKey = try ContentKey(of: table, columns: plan.columns.map(\.definition), connection: connection)
        lookalikes = Lookalikes(of: table, columns: plan.columns.map(\.definition), connection: connection)
        referring = try LaterRows("referring", connection: connection)
        exchanging = try LaterRows("exchanging", connection: connection)
        gathered = try LaterRows("gathered", connection: connection)
        reserved = try ReservedRows(columnCount: plan.wanted.count, connection: connection)
        let own = plan.columns.compactMap { $0.refers(to: table) ? $0.reference : nil }
        notes = own.isEmpty ? nil : try NotedLines(plan: plan, table: table, connection: connection)
        for reference in own { reference.lines = notes }
        lines = try SheetLines(connection: connection, keyCount: table.keyColumns.count)
        causes = RefusalCauses(table: table.definition, probe: probe, connection: connection)
    }

    func take(_ row: SheetRow) throws(StoreError) {
        report.rows += 1
        if !unseen.isEmpty { unseen = unseen.filter { $0 >= row.cells.count } }
        tellUnnamed(row)
        if isGathering { try gather(row) } else { try write(row) }
    }

    private func write(_ row: SheetRow) throws(StoreError) {
        guard let refusal = try attempt(row, isLast: false) else { return }
        switch refusal.waits {
        case .file:
            isGathering = true
            return try gather(row)
        case .reference: try referring.add(row)
        case .value: try exchanging.add(row)
        case nil: refuse(row, refusal)
        }
        // What a line says counts for the names, whether or not it comes in, or the same file again would find others.
        if !isGathering { try note(row) }
    }

    private func gather(_ row: SheetRow) throws(StoreError) {
        try gathered.add(row)
        try note(row)
    }

    /// Notes the key and the names that a line says, where all of its cells can be meant.
    private func note(_ row: SheetRow) throws(StoreError) {
        guard let notes, !notes.isWhole, shape(row) == nil else { return }
        var values: [Value] = []
        // What a cell refers to is not known yet, and what stands in it tells rows apart all the same.
        var same: [Value] = []
        for column in plan.columns {
            let cell = row.cell(at: column.place)
            if column.refers(to: table) {
                values.append(.null)
                same.append(.text(PlainText.trimmed(cell.bytes)))
                continue
            }
            guard case .success(let value) = try value(cell, column, isLast: true) else { return }
            values.append(value)
            same.append(value)
        }
        var (key, isCertain) = (plan.key.flatMap { $0.count == 1 ? values[$0[0]] : nil }, true)
        if key?.isNull ?? false { key = nil }
        if key == nil || !plan.isRecognisedByKey {
            if let wanted = identity(values, without: []) {
                same = wanted
                if let found = try plan.finder.rows(wanted).first { key = found[0] }
            } else {
                isCertain = key != nil
            }
        }
        if let key, try lines.line(of: [key]) != nil { return }
        try notes.note(line: row.line, key: key, same: same, isCertain: isCertain, values, of: plan)
    }

    /// The values by which a row is recognised as that of another line; nil where they are not all known.
    ///
    /// - Parameter unknown: places of the plan whose references are not known yet.
    private func identity(_ values: [Value], without unknown: Set<Int>) -> [Value]? {
        guard case .columns = plan.recognition else { return nil }
        let isKnown = plan.wanted.allSatisfy { index in
            !values[index].isNull && !unknown.contains(index)
        }
        return isKnown ? plan.wanted.map { values[$0] } : nil
    }

    /// Tells of a column without a header once something stands in it, as of one whose header names no column.
    private func tellUnnamed(_ row: SheetRow) {
        for place in unnamed.sorted() where place < row.cells.count {
            guard !row.cells[place].isBlank else { continue }
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
        isGathering = true
        notes?.isWhole = true
        try gathered.forEach { (row) throws(StoreError) in
            try write(row)
            return false
        }
        try writeReferring()
        // Where each frees the next, most of them go in one turn: from the last to the first they go together.
        try again(exchanging)
        try writeTogether(exchanging)
        try writeReferring()
        try writeTogether(referring)
        try again(exchanging)
        // Where an earlier line of a row comes to nothing the later one is taken, and others may refer to that.
        for _ in 0..<Self.roundsMax {
            let lines = try reserved.contested()
            guard !lines.isEmpty else { break }
            try end { lines.contains($0.line) }
            for line in lines { try reserved.release(line: line) }
            try writeReferring()
            try writeTogether(referring)
            try again(exchanging)
        }
        try end { _ in true }
    }

    /// Tries for the last time some of the rows that wait, and refuses what cannot be written.
    private func end(_ isMeant: (SheetRow) -> Bool) throws(StoreError) {
        for rows in [referring, exchanging] {
            try rows.forEach { (row) throws(StoreError) in
                guard isMeant(row) else { return false }
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
        // The table may have made another value of the cell, and people look for what they see.
        let place = refusal.value.flatMap { _ in
            plan.columns.first { $0.definition.name == refusal.column }?.place
        }
        let value = place.map { row.cell(at: $0) } ?? refusal.value
        say(.refused(.init(line: row.line, column: refusal.column?.text, value: value, reason: refusal.reason)))
    }

    /// - Returns: why the row is not taken; nil where it is.
    func attempt(_ row: SheetRow, isLast: Bool) throws(StoreError) -> Refusal? {
        let refusal = try tried(row, isLast: isLast)
        if refusal?.waits == nil || isLast { try reserved.release(line: row.line) }
        return refusal
    }

    private func tried(_ row: SheetRow, isLast: Bool) throws(StoreError) -> Refusal? {
        if let refusal = shape(row) { return refusal }
        var values: [Value] = []
        var unknown: Set<Int> = []
        var waiting: Refusal?
        for (index, column) in plan.columns.enumerated() {
            switch try value(row.cell(at: column.place), column, isLast: isLast) {
            case .success(let value): values.append(value)
            case .failure(let refusal):
                guard refusal.waits == .reference else { return refusal }
                if waiting == nil { waiting = refusal }
                values.append(.null)
                unknown.insert(index)
            }
        }
        let identity = identity(values, without: unknown)
        if let identity, let (line, wait) = try reserved.holder(of: identity), line != row.line {
            try reserved.contest(line: line)
            return Refusal(reason: Self.another(line), waits: isLast ? nil : wait)
        }
        let refusal = if let waiting { waiting } else { try write(values, line: row.line) }
        if let identity, let wait = refusal?.waits, !isLast {
            let needs = plan.isRecognisedByKey && plan.wanted.count == 1 ? refusal?.needs : nil
            try reserved.hold(identity, line: row.line, wait, needs: needs ?? .null)
        }
        return refusal
    }

    private static func another(_ line: Int) -> String { "line \(line) has the same row, with other cells" }

    /// A row that has fewer cells than the header, or more, is not what somebody meant: its cells may have moved.
    private func shape(_ row: SheetRow) -> Refusal? {
        if row.cells.count == 1, case .wrong(_, let reason?) = row.cells[0], header.width > 1 {
            return Refusal(reason: reason)
        }
        if let extra = row.cells.dropFirst(header.width).first(where: { !$0.isBlank }) {
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
            var (isComing, needs): (Bool, Value?) = (false, nil)
            switch try reference.answer(cell) {
            case .key(let key): return .success(key)
            case .unsure: return .failure(Refusal(column: name, value: cell, reason: "", waits: .file))
            case .later(let key):
                if let key, promised.contains(key) { return .success(key) }
                (isComing, needs) = (true, key)
            case .several(let count, let keys):
                return .failure(
                    Refusal(column: name, value: cell, reason: Self.severalRows(count, of: target, keys)))
            case .none: break
            }
            let what = reference.isNamed ? "the key or the name" : "the key"
            return .failure(
                Refusal(
                    column: name, value: cell,
                    reason: "no row of \(target) has \(what) “\(Self.shown(cell))”: enter it there first",
                    waits: isComing && !isLast ? .reference : nil, needs: needs))
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

    private static func severalRows(_ count: Int, of table: Identifier, _ keys: [Value]) -> String {
        // A line that was refused has no key yet that could be written.
        guard !keys.isEmpty else { return "\(count) lines of the file have that name: give each a key" }
        let shown = keys.prefix(5).map { [$0].sentenceText }.joined(separator: ", ")
        return "\(count) rows of \(table) have that name: write the key, such as \(shown)"
    }

    private static func shown(_ cell: SheetCell) -> String {
        String(String(decoding: cell.bytes, as: UTF8.self).prefix(120))
    }

    private func write(_ values: [Value], line: Int) throws(StoreError) -> Refusal? {
        let wanted = plan.wanted
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
        let made = contentKey.flatMap { own in
            plan.key.map { values[$0[0]].isNull } ?? true ? (own.column, own.key(of: values)) : nil
        }
        do { key = try statements.insert(values, made: made) } catch {
            return try causes.refusal(for: error, writing: named)
        }
        report.inserted += 1
        try plan.finder.inserted(wanted.map { values[$0] }, key: key)
        try keyless?.inserted(values.indices.filter { !plan.columns[$0].isKey }.map { values[$0] }, key: key)
        try lines.note(key, line: line)
        try learn(key, line: line)
        if let like { say(.alike(line: line, key: like.key, reason: like.reason)) }
        if request.isDryRun || request.tellsChanges {
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
            return Refusal(reason: Self.another(other))
        }
        var named = names(old)
        for index in changed { named[plan.columns[index].definition.name] = values[index] }
        do { try statements.update(key, columns: changed, values) } catch {
            return try causes.refusal(for: error, writing: named)
        }
        report.changed += 1
        try lines.note(key, line: line)
        try learn(key, line: line)
        if request.isDryRun || request.tellsChanges {
            let cells = changed.map { index in
                ImportEvent.Change.Cell(
                    column: plan.columns[index].definition.name.text, old: old[index], new: values[index])
            }
            say(.change(.init(line: line, key: key, isInsert: false, cells: cells)))
        }
        return nil
    }

    /// Has a row that was written be found by its names from now on, where the table refers to itself.
    private func learn(_ key: [Value], line: Int) throws(StoreError) {
        guard let notes, notes.isWhole else { return }
        let knowledge = try notes.wrote(line: line, key: key[0])
        for column in plan.columns where column.refers(to: table) {
            try column.reference?.wrote(line: line, key: key[0], knowledge)
        }
    }

    func names(_ values: [Value]) -> [Identifier: Value] {
        var out: [Identifier: Value] = [:]
        for (column, value) in zip(plan.columns, values) { out[column.definition.name] = value }
        return out
    }
}

extension SheetRow {
    /// The cell of a place; an empty one behind the last.
    func cell(at place: Int) -> SheetCell { place < cells.count ? cells[place] : .empty }
}
