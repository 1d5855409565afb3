import ReplicaModel
import ReplicaStore

/// Every row that fails a CHECK is listed, and no other: as SQLite says it of the tables that people see.
package struct ChecksListed {
    /// Keys of the rows that fail a CHECK.
    static func query(_ check: CheckDefinition, of table: TableDefinition) -> String {
        "SELECT \(table.key.inSQL) FROM \(table.name.inSQL) WHERE NOT (\(check.expression))"
    }

    /// - Parameter failing: by the name of the constraint.
    static func check(
        _ failing: [String: Set<[Value]>], of table: Identifier, conflicts: Set<ConflictReport>, at name: String
    ) throws(Violation) {
        var listed: [String: Set<[Value]>] = [:]
        for report in conflicts where report.table == table {
            // Of what does not count the specification speaks.
            guard case .invalid(let constraint) = report.kind, constraint != "quarantined" else { continue }
            listed[constraint, default: []].insert(report.key)
        }
        for constraint in Set(failing.keys).union(listed.keys).sorted() {
            let (fails, says) = (failing[constraint] ?? [], listed[constraint] ?? [])
            for key in fails.symmetricDifference(says).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
                let row = RowName(table: table, key: key).text
                throw Violation(
                    "checks listed",
                    fails.contains(key)
                        ? "\(row) fails \(constraint) at \(name) and is not listed"
                        : "\(name) lists that \(row) fails \(constraint), and it does not")
            }
        }
    }
}
