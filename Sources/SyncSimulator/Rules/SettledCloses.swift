import ReplicaModel
import ReplicaStore

/// The rule that what somebody has settled is not listed any more, at once on his own node. What else is listed of the
/// row may stay.
package struct SettledCloses {
    static func check(
        _ report: ConflictReport, _ resolution: Resolution, after conflicts: [ConflictReport], at name: String
    ) throws(Violation) {
        let ofRow = conflicts.filter { $0.table == report.table && $0.key == report.key }
        // A row that something refers to stays as it is, whoever deletes it.
        if resolution == .deleteRow, ofRow.contains(where: { $0.kindName == "kept" }) { return }
        guard conflicts.contains(where: { isSame($0, report, resolution) }) else { return }
        throw Violation(
            "settled closes",
            """
            \(name) still lists \(report.kindName) of \(RowName(table: report.table, key: report.key).text) after \
            \(resolution)
            """
        )
    }

    private static func isSame(_ later: ConflictReport, _ settled: ConflictReport, _ resolution: Resolution) -> Bool {
        guard later.table == settled.table else { return false }
        switch (later.kind, settled.kind) {
        case (.cell(let column, _, _), .cell(let other, _, _)): return later.key == settled.key && column == other
        case (.duplicate(let index, let keys), .duplicate(let other, _)):
            guard case .mergeInto(let survivor, _, _) = resolution else { return false }
            return index == other && keys.contains(settled.key) && keys.contains(survivor)
        case (.deletedEdited, .deletedEdited), (.kept, .kept): return later.key == settled.key
        case (.invalid(let constraint), .invalid(let other)): return later.key == settled.key && constraint == other
        default: return false
        }
    }
}
