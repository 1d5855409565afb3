import ReplicaModel
import ReplicaSchema
import ReplicaStore

/// The rule that a preview tells every row that would change, as it is and as it would be, and every report that would
/// come or go.
package struct TruePreview {
    static func check(
        _ preview: PreviewReport, before: Specified, after: Specified, schema: Schema, at name: String
    ) throws(Violation) {
        let told = Dictionary(
            preview.changes.map { ($0.row, [$0.before, $0.after]) }, uniquingKeysWith: { first, _ in first })
        let rows = Set(before.tables.keys).union(after.tables.keys)
        var expected: [RowName: [[Identifier: Value]?]] = [:]
        for row in rows where before.tables[row] != after.tables[row] {
            expected[row] = [before.tables[row], after.tables[row]]
        }
        guard told == expected else {
            let wrong = Set(told.keys).union(expected.keys).filter { told[$0] != expected[$0] }.sorted()
            throw Violation("readings", "a preview at \(name) is wrong of \(wrong.map(\.text).joined(separator: ", "))")
        }
        try check(preview.conflicts, after.conflicts.subtracting(before.conflicts), schema, "would come", at: name)
        try check(preview.settled, before.conflicts.subtracting(after.conflicts), schema, "would go", at: name)
    }

    private static func check(
        _ told: [ConflictReport], _ expected: Set<ConflictReport>, _ schema: Schema, _ what: String, at name: String
    ) throws(Violation) {
        let told = Set(told.map(\.byBeginnings).filter { SpecificationHolds.isDefined($0, schema) })
        guard told == expected else {
            throw Violation(
                "readings",
                """
                a preview at \(name) tells other reports that \(what): too many \
                \(told.subtracting(expected).map { "\($0)" }.sorted()), too few \
                \(expected.subtracting(told).map { "\($0)" }.sorted())
                """
            )
        }
    }
}
