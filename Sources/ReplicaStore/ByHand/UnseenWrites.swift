import ReplicaModel
import SQLiteAccess

/// Finds writes that no trigger saw, such as one with triggers off, by folding the log again. A row that is missing
/// comes back; what the table has and the log has not is noted, so that the next sealing has it.
struct UnseenWrites {
    let transaction: Transaction

    /// Folds tables anew from the log and puts right what differs, also what somebody did to the schema by hand.
    ///
    /// - Parameters:
    ///   - names: replicated tables; nil for all.
    ///   - progress: changesets done and in all.
    /// - Returns: of each table, in the order of the names, what was done.
    func repair(tables names: [Identifier]?, progress: (Int, Int) -> Void) throws(StoreError) -> [RepairReport] {
        var tables = transaction.state.tables.sorted { $0.name < $1.name }
        if let names {
            for name in names where transaction.state.table(named: name) == nil {
                throw .notFound(
                    "there is no replicated table \(name)\(Nearness.advice(for: name, among: tables.map(\.name)))")
            }
            tables = tables.filter { names.containsSame(as: $0.name) }
        }
        return try mendUnseen(tables, withClocks: true, progress: progress)
    }

    /// Folds the log again and puts right what tables show otherwise.
    ///
    /// - Parameter withClocks: also what a disk made of who wrote each row.
    func mendUnseen(_ tables: [TableState], withClocks: Bool = false, progress: (Int, Int) -> Void) throws(StoreError)
        -> [RepairReport]
    {
        let scratch = try ScratchReplica(of: transaction, .everything, progress: progress)
        defer { withExtendedLifetime(scratch) {} }
        let log = try scratch.replica.read()
        var out: [RepairReport] = []
        for table in tables {
            guard log.state.table(named: table.name) != nil else { continue }
            // First, for rows come back under what is kept of them.
            let clocks = withClocks ? try mendClocks(table, from: log) : 0
            out.append(try mend(table, from: log, clocks: clocks))
        }
        try transaction.constraints.settle()
        return out
    }

    /// Returns of how many rows what is kept of who wrote them did not follow from the log.
    func mendClocks(_ table: TableState, from log: Transaction) throws(StoreError) -> Int {
        guard let other = log.state.table(named: table.name) else { return 0 }
        var comparison = try ClockComparison(table, of: transaction, and: other, of: log)
        var keys: [[Value]] = []
        while let key = try comparison.next() { keys.append(key) }
        for key in keys { try comparison.mend(key) }
        return keys.count
    }

    private func mend(_ table: TableState, from log: Transaction, clocks: Int) throws(StoreError) -> RepairReport {
        let notes = PendingNotes(connection: transaction.connection, table: table)
        let isNoted = Set(try notes.keys())
        let gone = try transaction.remaker.rowsNotedGone(table, hasEntered: true)
        let time: Int64 =
            if case .integer(let now)? = try transaction.connection.value("SELECT \(CaptureTriggers.now)") { now } else
            { 0 }
        var (restored, offered) = (0, 0)
        var comparison = try RowComparison(of: table, here: transaction, there: log)
        // All is found before anything is written.
        var differences: [RowComparison.Difference] = []
        while let difference = try comparison.next() { differences.append(difference) }
        let tableRows = try transaction.tableRows(of: table)
        for difference in differences {
            switch difference {
            case .missing(let key, let values):
                guard !gone.contains(key) else { continue }
                if try putBack(key, values, tableRows) { restored += 1 }
            case .unknown(let key):
                if !isNoted.contains(key) { offered += 1 }
                try notes.note(.inserted, key, at: time)
            case .other(let key, let columns):
                // What was noted is known, and other columns of such a row may have been written unseen all the same.
                if !isNoted.contains(key) { offered += 1 }
                for column in columns { try notes.noteWrite(of: column, key, at: time) }
            }
        }
        return RepairReport(
            table: table.name, restored: restored, offered: offered, clocks: clocks,
            mayWrite: transaction.state.mayWrite)
    }

    /// Puts back a row that the log has. False if its clock was never here.
    private func putBack(_ key: [Value], _ values: [Value], _ tableRows: TableRows) throws(StoreError) -> Bool {
        guard var record = try tableRows.record(key) else { return false }
        if record.archive != nil {
            record.archive = nil
            try tableRows.save(record, key: key)
        }
        let insert = try tableRows.insert(columns: Array(values.indices))
        try tableRows.bindKey(key, to: insert)
        for (index, value) in values.enumerated() { try insert.bind(value, at: key.count + index + 1) }
        try transaction.uniqueIndexes.stepRelaxingUnique(insert, tableRows: tableRows)
        transaction.dirtyRows.touched(key, in: tableRows)
        transaction.dirtyRows.appeared(key, values, in: tableRows)
        try transaction.constraints.trimDirtyRows()
        return true
    }
}
