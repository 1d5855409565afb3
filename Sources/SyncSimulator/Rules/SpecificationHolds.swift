import ReplicaModel
import ReplicaSchema
import ReplicaStore

/// Tables and every report are what the definition makes of the bare set. The definition is slow and reads like its
/// text; the set is what authors signed, and not what this replica says of it.
package struct SpecificationHolds {
    /// - Parameters:
    ///   - defaults: of columns that not every author knew.
    ///   - quarantined: those that do not count although they are not void.
    static func check(
        _ name: String, tables: Tables, conflicts: Set<ConflictReport>, set: [SpecifiedChangeset], schema: Schema,
        defaults: [Identifier: [Identifier: Value]], quarantined: Set<SpecifiedChangeset.ID> = []
    ) throws(Violation) {
        let defined = MergeSpecification.state(
            of: set, tables: schema.tables, indexes: schema.indexes, defaults: defaults, quarantined: quarantined)
        guard defined.void.isEmpty else {
            throw Violation(
                "definition",
                """
                an honest author made \(defined.void.map(\.name).sorted().joined(separator: ", ")), an update of a row \
                that it had not seen
                """
            )
        }
        let shown = Tables(
            uniqueKeysWithValues: defined.rows.map { row, values in
                let known = defaults[row.table] ?? [:]
                return (row, known.merging(values) { $1 })
            })
        guard shown == tables else {
            let changes = SimulatedNode.changes(from: shown, to: tables).sorted { $0.key < $1.key }
            throw Violation(
                "definition",
                """
                \(name) shows other rows than the definition: \
                \(changes.map { "\($0.key.text) → \($0.value.text)" }.joined(separator: "; "))
                """
            )
        }
        // Of a CHECK, and of what is computed, the definition says nothing.
        let listed = Set(conflicts.map(\.byBeginnings).filter { isDefined($0, schema) })
        guard listed == defined.conflicts else {
            let more = listed.subtracting(defined.conflicts).map { "\($0)" }.sorted()
            let fewer = defined.conflicts.subtracting(listed).map { "\($0)" }.sorted()
            throw Violation(
                "definition", "\(name) lists other reports than the definition: too many \(more), too few \(fewer)")
        }
    }

    /// Whether the specification speaks of a report.
    static func isDefined(_ report: ConflictReport, _ schema: Schema) -> Bool {
        switch report.kind {
        case .invalid(let constraint): constraint == "quarantined"
        case .duplicate(let name, _):
            schema.indexes.contains {
                $0.name == name && $0.condition == nil && $0.parts.allSatisfy { $0.column != nil }
            }
        default: true
        }
    }
}
