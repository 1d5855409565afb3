import ReplicaModel

/// What no trigger saw, such as a write with triggers off: found by folding the log again. A row that is missing comes back; what the table has and the
/// log has not is noted, so that the next sealing has it.
extension Replica {
    /// Folds tables anew from the log and puts right what differs, also what somebody did to the schema by hand.
    ///
    /// - Parameters:
    ///   - names: replicated tables; nil for all.
    ///   - progress: changesets done and in all.
    /// - Returns: of each table, in the order of the names, what was done.
    public func repair(tables names: [Identifier]?, progress: (Int, Int) -> Void) throws(StoreError) -> [RepairReport] {
        try transact { () throws(StoreError) in
            var tables = state.tables.sorted { $0.name < $1.name }
            if let names {
                for name in names where state.table(named: name) == nil { throw .notFound("there is no replicated table \(name)") }
                tables = tables.filter { names.containsSame(as: $0.name) }
            }
            return try mendUnseen(tables, withClocks: true, progress: progress)
        }
    }

    /// Inside a transaction.
    ///
    /// - Parameter withClocks: also what a disk made of who wrote each row.
    func mendUnseen(_ tables: [TableState], withClocks: Bool = false, progress: (Int, Int) -> Void) throws(StoreError) -> [RepairReport] {
        let scratch = try ScratchReplica(of: self, .everything, progress: progress)
        var out: [RepairReport] = []
        for table in tables {
            guard let other = scratch.replica.state.table(named: table.name) else { continue }
            // First, for rows come back under what is kept of them.
            let clocks = withClocks ? try mendClocks(table, from: scratch.replica, other) : 0
            out.append(try mend(table, from: scratch.replica, clocks: clocks))
        }
        try settle()
        return out
    }

    /// Returns of how many rows what is kept of who wrote them did not follow from the log.
    private func mendClocks(_ table: TableState, from log: Replica, _ other: TableState) throws(StoreError) -> Int {
        var comparison = try ClockComparison(table, of: self, and: other, of: log)
        var keys: [[Value]] = []
        while let key = try comparison.next() { keys.append(key) }
        for key in keys { try comparison.mend(key) }
        return keys.count
    }

    private func mend(_ table: TableState, from log: Replica, clocks: Int) throws(StoreError) -> RepairReport {
        let notes = PendingNotes(connection: connection, table: table)
        let isNoted = Set(try notes.keys())
        let gone = try rowsNotedGone(table, hasEntered: true)
        let time: Int64 = if case .integer(let now)? = try connection.value("SELECT \(CaptureTriggers.now)") { now } else { 0 }
        var (restored, offered) = (0, 0)
        var comparison = try RowComparison(of: table, here: self, there: log)
        // All is found before anything is written.
        var differences: [RowComparison.Difference] = []
        while let difference = try comparison.next() { differences.append(difference) }
        let folder = try folder(of: table)
        for difference in differences {
            switch difference {
            case .missing(let key, let values):
                guard !gone.contains(key) else { continue }
                if try putBack(key, values, folder) { restored += 1 }
            case .unknown(let key):
                if !isNoted.contains(key) { offered += 1 }
                try notes.note(.inserted, key, at: time)
            case .other(let key, let columns):
                // What was noted is known, and other columns of such a row may have been written unseen all the same.
                if !isNoted.contains(key) { offered += 1 }
                for column in columns { try notes.noteWrite(of: column, key, at: time) }
            }
        }
        return RepairReport(table: table.name, restored: restored, offered: offered, clocks: clocks)
    }

    /// Puts back a row that the log has. False if its clock was never here.
    private func putBack(_ key: [Value], _ values: [Value], _ folder: TableFolder) throws(StoreError) -> Bool {
        guard var record = try folder.record(key) else { return false }
        if record.archive != nil {
            record.archive = nil
            try folder.save(record, key: key)
        }
        let insert = try folder.insert(columns: Array(values.indices))
        try folder.bindKey(key, to: insert)
        for (index, value) in values.enumerated() { try insert.bind(value, at: key.count + index + 1) }
        try stepMakingPlain(insert, folder: folder)
        ledger.touched(key, in: folder)
        ledger.appeared(key, values, in: folder)
        try trimLedger()
        return true
    }
}
