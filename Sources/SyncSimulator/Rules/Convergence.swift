import ReplicaModel

/// "Two replicas that hold the same changesets hold the same tables, value for value": equal vectors give equal tables,
/// reports and digests, on all nodes and at all times of a run.
package struct Convergence {
    struct Seen {
        let node: String
        let digest: Bytes32
        let tables: Tables
        let conflicts: Set<ConflictReport>
    }

    private var seen: [Vector: Seen] = [:]
    /// The tables that were seen under each digest, whatever was applied.
    private var tablesOf: [Bytes32: Tables] = [:]

    /// Forgets every state with a changeset that nobody has any more: no later state is compared with it.
    mutating func forget(_ id: SpecifiedChangeset.ID) { seen = seen.filter { $0.key[id.feed] ?? 0 < id.seq } }

    mutating func check(_ applied: Vector, _ present: Seen) throws(Violation) {
        // One digest is of one state of the tables: else nobody would see that two replicas differ.
        guard tablesOf.updateValue(present.tables, forKey: present.digest).map({ $0 == present.tables }) ?? true else {
            throw Violation(
                "convergence", "\(present.node) shows other rows than were seen under the digest that it has")
        }
        guard let known = seen[applied] else {
            seen[applied] = present
            return
        }
        guard known.tables == present.tables else {
            let rows = SimulatedNode.changes(from: known.tables, to: present.tables).keys.sorted().map(\.text)
            throw Violation(
                "convergence",
                "\(known.node) and \(present.node) applied the same and show other rows: \(rows.joined(separator: ", "))"
            )
        }
        guard known.conflicts == present.conflicts else {
            throw Violation("convergence", "\(known.node) and \(present.node) applied the same and list other reports")
        }
        guard known.digest == present.digest else {
            throw Violation("convergence", "\(known.node) and \(present.node) applied the same and have other digests")
        }
    }
}

extension RowName {
    /// The name as sentences have it: the table, and the values of the key.
    var text: String { "\(table) \(key.map(\.text).joined(separator: ", "))" }
}
