import ReplicaModel
import ReplicaStore

/// The rule that what a node says of its log is what authors signed: every changeset that it applied is listed, once,
/// after all that its author had seen, as it is; a history has every version of a record and what each of them had not
/// seen; and whoever is said to have written a shown value wrote it.
package struct TrueReadings {
    /// - Parameter reports: oldest first, with contexts.
    static func check(
        _ reports: [ChangesetReport], of scope: Scope, at node: SimulatedNode, _ universe: Universe
    ) throws(Violation) {
        var listed: Vector = [:]
        let (name, ways) = (node.name, universe.ways)
        let quarantined = universe.quarantined(in: node.applied)
        for report in reports {
            let said = SpecifiedChangeset.ID(feed: report.feed, seq: report.seq)
            let id = ways.find(said.seq, of: said.feed, at: node.held) ?? said
            guard let entry = universe[id], entry.scope == scope, entry.defined.hash == report.hash,
                entry.defined.stamp == report.stamp
            else {
                throw violation("the log of \(name) lists \(id.name) otherwise than its author signed it")
            }
            guard max(listed[id.feed] ?? 0, id.feed.numberBefore) == id.seq - 1 else {
                throw violation("the log of \(name) lists \(id.name) after \(listed[id.feed] ?? 0)")
            }
            listed[id.feed] = id.seq
            let context = entry.context.filter { $0.key.scope == scope && $0.value > 0 }
            let named = report.context.map { ways.vector($0, at: node.held).filter { $0.value > 0 } }
            guard named == context else {
                throw violation("the log of \(name) gives \(id.name) another context than its author signed")
            }
            if entry.crime == nil, scope == .alliance, report.operations != entry.defined.operations {
                throw violation("the log of \(name) lists other operations in \(id.name) than its author signed")
            }
            try VoidOnlyCrimes.check(report, entry, isQuarantined: quarantined.contains(id), at: name)
        }
        let expected = node.applied.filter { $0.key.scope == scope && $0.value > 0 }
        guard listed == expected else { throw violation("the log of \(name) does not list what it has applied") }
    }

    static func check(
        _ said: [VersionReport], of row: RowName, at node: SimulatedNode, _ universe: Universe
    ) throws(Violation) {
        let name = node.name
        func named(_ write: WriteReport) -> SpecifiedChangeset.ID {
            universe.ways.find(write.seq, of: write.feed, at: node.held) ?? .init(feed: write.feed, seq: write.seq)
        }
        let versions = said.map { (id: named($0.write), report: $0) }
        let honest = versions.filter { universe[$0.id]?.crime == nil }
        let expected = universe.changesets(in: node.applied, scope: .alliance).filter { changeset in
            !changeset.isVoid && changeset.operations.contains { $0.table == row.table && $0.key == row.key }
        }
        guard Set(honest.map(\.id)) == Set(expected.map(\.id)), honest.count == expected.count else {
            throw violation(
                "the history of \(row.text) at \(name) has \(honest.count) versions, and the log has \(expected.count)")
        }
        for (place, version) in honest.enumerated() {
            guard let entry = universe[version.id],
                entry.defined.operations.contains(where: {
                    $0.table == row.table && $0.key == row.key && $0.action == version.report.action
                })
            else {
                throw violation("the history of \(row.text) at \(name) has another version than \(version.id.name)")
            }
            let unseen = honest[..<place].map(\.id).filter { entry.context[$0.feed] ?? 0 < $0.seq }
            let said = version.report.concurrentWith.map(named).filter { universe[$0]?.crime == nil }
            guard said == unseen else {
                throw violation(
                    "the history of \(row.text) at \(name) is wrong in what the author of \(version.id.name) had not seen"
                )
            }
        }
    }

    /// - Parameter shown: what its table shows of the row.
    static func check(
        _ record: RecordReport?, of row: RowName, shown: [Identifier: Value]?, conflicts: Set<ConflictReport>,
        at node: SimulatedNode, _ universe: Universe
    ) throws(Violation) {
        let name = node.name
        guard record?.values == shown else {
            throw violation("\(name) says of \(row.text) what its table does not show")
        }
        guard let record, let shown else { return }
        guard Set(record.reports) == conflicts else {
            throw violation("\(name) lists other reports of \(row.text) beside it than among all")
        }
        for (column, write) in record.writers {
            let write = universe.ways.write(write, at: node.held)
            let id = SpecifiedChangeset.ID(feed: write.feed, seq: write.seq)
            let values = universe[id]?.defined.operations.compactMap { operation -> Value? in
                guard operation.table == row.table, operation.key == row.key else { return nil }
                return switch operation.action {
                case .insert(let values), .update(let values): values[column]
                case .delete: nil
                }
            }
            guard values?.contains(shown[column] ?? .null) == true, node.applied[id.feed] ?? 0 >= id.seq else {
                throw violation(
                    "\(name) says that \(id.name) wrote what \(column) of \(row.text) shows, and it did not")
            }
        }
        let written = universe.changesets(in: node.applied, scope: .alliance).filter { !$0.isVoid }.flatMap(
            \.operations
        )
        .filter { $0.table == row.table && $0.key == row.key }
        for column in shown.keys.sorted() where record.writers[column] == nil {
            let isWritten = written.contains { operation in
                switch operation.action {
                case .insert(let values), .update(let values): values[column] != nil
                case .delete: false
                }
            }
            if isWritten {
                throw violation("\(name) says that nobody wrote \(column) of \(row.text), and somebody did")
            }
        }
    }

    private static func violation(_ sentence: String) -> Violation { Violation("readings", sentence) }
}
