import ReplicaModel
import SQLiteAccess

/// CHECK is enforced where people write and not where changes merge: a row that a merge made and that fails is kept and
/// reported.
extension Constraints {
    /// Marks those of the rows that fail a check.
    func settleChecks(_ tableRows: TableRows, _ keys: Set<[Value]>) throws(StoreError) {
        let place = tableRows.table.clockKeyTerm
        for key in keys {
            let (mark, isOther) =
                try failedChecks(tableRows.table, key).isEmpty
                ? ("nullif(open & ~8, 0)", "open & 8") : ("coalesce(open, 0) | 8", "NOT coalesce(open, 0) & 8")
            try transaction.statement(
                "UPDATE caravan_clock_\(tableRows.table.id) SET open = \(mark) WHERE \(place) AND \(isOther)"
            ).run(key)
        }
    }

    /// Holds every row against the checks of a table, when those have changed: a check that comes later says the same
    /// everywhere of the rows that are there.
    func settleAllChecks(_ table: TableState) throws(StoreError) {
        let keys = table.keyColumns.map(\.name.quoted).joined(separator: ", ")
        var doubtful = Set(
            try transaction.connection.rows("SELECT \(table.clockKeys) FROM caravan_clock_\(table.id) WHERE open & 8"))
        let holds = table.definition.checks.map { "ifnull((\($0.expression)) <> 0, 1)" }
        if !holds.isEmpty {
            let failing = "SELECT \(keys) FROM \(table.name.quoted) WHERE NOT \(SQLTerms.balanced(holds, by: "AND"))"
            do { doubtful.formUnion(try transaction.connection.rows(failing)) } catch {
                guard case .sqlite = error else { throw error }
                // Some row ends a check with an error, and each is asked alone.
                doubtful.formUnion(try transaction.connection.rows("SELECT \(keys) FROM \(table.name.quoted)"))
            }
        }
        try settleChecks(try transaction.tableRows(of: table), doubtful)
    }

    /// The checks that a visible row fails; none where there is no such row. A check that ends with an error is failed.
    func failedChecks(_ table: TableState, _ key: [Value]) throws(StoreError) -> [CheckDefinition] {
        var out: [CheckDefinition] = []
        for check in table.definition.checks {
            let holds: Value?
            do {
                holds = try transaction.statement(
                    "SELECT (\(check.expression)) IS NOT FALSE FROM \(table.name.quoted) WHERE \(table.keyTerm)"
                ).first(key)?.first
            } catch {
                guard case .sqlite = error else { throw error }
                holds = .integer(0)
            }
            if holds == .integer(0) { out.append(check) }
        }
        return out
    }
}
