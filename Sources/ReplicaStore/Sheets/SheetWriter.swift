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
        /// The row refers to another of its own table that may stand further down.
        var mayCome = false
    }

    private let plan: SheetPlan
    private let header: SheetHeader
    private let table: TableState
    private let request: ImportRequest
    private let statements: SheetStatements
    private let lookalikes: Lookalikes
    private let later: LaterRows
    private let lines: SheetLines
    private let causes: RefusalCauses
    private let tell: (ImportEvent) -> Void
    private(set) var report = ImportReport()
    private var isUnnamedTold = false
    private let connection: Connection
    /// Finds rows by all columns of the file but those of the key; nil until a line has no key.
    private var keyless: RowFinder?

    init(
        plan: SheetPlan, header: SheetHeader, table: TableState, request: ImportRequest, probe: CheckProbe,
        connection: Connection, tell: @escaping (ImportEvent) -> Void
    ) throws(StoreError) {
        (self.plan, self.header, self.table, self.request, self.tell) = (plan, header, table, request, tell)
        self.connection = connection
        statements = SheetStatements(plan: plan, table: table, connection: connection)
        lookalikes = Lookalikes(of: table, columns: plan.columns.map(\.definition), connection: connection)
        later = try LaterRows(connection: connection)
        lines = try SheetLines(connection: connection, keyCount: table.keyColumns.count)
        causes = RefusalCauses(table: table.definition, probe: probe, connection: connection)
    }

    func take(_ row: SheetRow) throws(StoreError) {
        report.rows += 1
        if let refusal = try attempt(row, isLast: false) {
            if refusal.mayCome { try later.add(row) } else { refuse(row, refusal) }
        }
    }

    /// Tries again what refers to rows of this table, as long as more of them find theirs.
    func finish() throws(StoreError) {
        var isOn = true
        while isOn {
            isOn = false
            try later.forEach { (row) throws(StoreError) in
                let refusal = try attempt(row, isLast: false)
                guard refusal?.mayCome != true else { return false }
                if let refusal { refuse(row, refusal) } else { isOn = true }
                return true
            }
        }
        try later.forEach { (row) throws(StoreError) in
            if let refusal = try attempt(row, isLast: true) { refuse(row, refusal) }
            return true
        }
    }

    private func refuse(_ row: SheetRow, _ refusal: Refusal) {
        report.refused += 1
        tell(
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
                tell(
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
                let what = reference.isNamed ? "the key or the name" : "the key"
                return .failure(
                    Refusal(
                        column: name, value: cell,
                        reason: "no row of \(target) has \(what) “\(Self.shown(cell))”: enter it there first",
                        mayCome: target == table.name && !isLast))
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
        if let like { tell(.alike(line: line, key: like.key, reason: like.reason)) }
        if request.isDryRun {
            let cells = plan.columns.indices.filter { !values[$0].isNull }.map { index in
                ImportEvent.Change.Cell(
                    column: plan.columns[index].definition.name.text, old: .null, new: values[index])
            }
            let isKeyGiven = plan.key.map { $0.allSatisfy { !values[$0].isNull } } ?? false
            tell(.change(.init(line: line, key: isKeyGiven ? key : [], isInsert: true, cells: cells)))
        }
        return nil
    }

    private func update(
        _ found: [Value], to values: [Value], line: Int, wanted: [Int]
    ) throws(StoreError) -> Refusal? {
        let key = Array(found.prefix(table.keyColumns.count))
        let old = Array(found.dropFirst(key.count))
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
            tell(.change(.init(line: line, key: key, isInsert: false, cells: cells)))
        }
        return nil
    }

    private func names(_ values: [Value]) -> [Identifier: Value] {
        var out: [Identifier: Value] = [:]
        for (column, value) in zip(plan.columns, values) { out[column.definition.name] = value }
        return out
    }
}
