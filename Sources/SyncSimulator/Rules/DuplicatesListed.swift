import ReplicaModel
import ReplicaStore

/// Every group of rows that are equal in a UNIQUE is listed, and no other: as SQLite says it of the tables that people
/// see, also for an index of some rows, or of what is computed.
package struct DuplicatesListed {
    /// Keys of the rows that are in an index, with what they are in it by: rows of one group are equal there.
    static func query(_ index: IndexDefinition, of table: TableDefinition) -> String {
        let terms = index.parts.map { part in
            switch part.term {
            case .column(let name): name.inSQL
            case .expression(let text): "(\(text))"
            }
        }
        let isIn = terms.map { "\($0) IS NOT NULL" } + (index.condition.map { ["(\($0))"] } ?? [])
        let groups = zip(terms, index.parts).map { "\($0) COLLATE \($1.collation)" }.joined(separator: ", ")
        return """
            SELECT dense_rank() OVER (ORDER BY \(groups)), \(table.key.inSQL) FROM \(table.name.inSQL) WHERE \
            \(isIn.joined(separator: " AND "))
            """
    }

    /// - Parameter rows: as the query gives them.
    static func check(_ rows: [[Value]], in index: IndexDefinition, conflicts: Set<ConflictReport>, at name: String)
        throws(Violation)
    {
        let equal = Dictionary(grouping: rows, by: { $0[0] }).values.filter { $0.count > 1 }.map {
            Set($0.map { Array($0.dropFirst()) })
        }
        let listed = conflicts.compactMap { report -> Set<[Value]>? in
            guard case .duplicate(index.name, let keys) = report.kind, report.table == index.table else { return nil }
            return Set(keys)
        }
        guard Set(equal) != Set(listed) else { return }
        throw Violation(
            "duplicates listed",
            """
            \(name) lists \(listed.count) groups of rows as equal in \(index.name), and SQLite finds \(equal.count), \
            or others
            """
        )
    }
}
