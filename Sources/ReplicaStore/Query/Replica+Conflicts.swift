import ReplicaModel

extension Replica {
    /// What people should look at, by table, key, and column. Derived from row clocks, so it costs what is open and not what is stored.
    public func conflicts(table wanted: Identifier? = nil) throws(StoreError) -> [ConflictReport] {
        try look { () throws(StoreError) in
            var out: [ConflictReport] = []
            for table in state.tables where wanted == nil || table.name == wanted {
                for key in try openKeys(of: table) { out += try conflicts(table, key: key) }
                out += try duplicateReports(table)
            }
            return out
        }
    }

    /// What people should look at of one row; rows that are equal in a UNIQUE are not among it.
    func reports(_ table: TableState, key: [Value]) throws(StoreError) -> [ConflictReport] {
        try look { () throws(StoreError) in try conflicts(table, key: key) }
    }

    private func openKeys(of table: TableState) throws(StoreError) -> [[Value]] {
        let keys = table.clockKeys
        return try connection.rows("SELECT \(keys) FROM caravan_clock_\(table.id) WHERE open IS NOT NULL ORDER BY \(keys)")
    }

    func conflicts(_ table: TableState, key: [Value]) throws(StoreError) -> [ConflictReport] {
        guard let record = try folder(of: table).record(key), record.isVisible else { return [] }
        let clock = record.clock
        var out: [ConflictReport] = []
        for column in clock.columnsInConflict {
            let ranked = try clock.conflict(in: column, rank: { (dot) throws(StoreError) -> Rank in try rank(of: dot) })
            var candidates: [ConflictReport.Candidate] = []
            for candidate in ranked {
                candidates.append(ConflictReport.Candidate(value: candidate.value ?? .null, write: try write(candidate.dot)))
            }
            guard let shown = candidates.first?.value else { continue }
            let kind = ConflictReport.Kind.cell(column: table.others[column].name, shown: shown, candidates: candidates)
            out.append(ConflictReport(table: table.name, key: key, kind: kind))
        }
        if record.isKept {
            let referrers = try referrers(of: RowRef(table: table.id, key: key))
            out.append(ConflictReport(table: table.name, key: key, kind: .kept(referredBy: referrers)))
        } else if !clock.openDeletes.isEmpty {
            var deletes: [WriteReport] = []
            for dot in clock.openDeletes { deletes.append(try write(dot)) }
            deletes.sort { ($0.stamp, $0.feed, $0.seq) < ($1.stamp, $1.feed, $1.seq) }
            out.append(ConflictReport(table: table.name, key: key, kind: .deletedEdited(deletes: deletes)))
        }
        for check in try failedChecks(table, key) {
            out.append(ConflictReport(table: table.name, key: key, kind: .invalid(constraint: check.name?.text ?? check.expression)))
        }
        return out
    }
}
