import ReplicaModel
import ReplicaStore
import SQLiteAccess
import SyncWire

/// Disks that flip a bit of what the log has.
struct AlteredLogs: Looking {
    let course: Course
    let fleet: Fleet
    let examiner: Examiner
    let supervisor: Supervisor

    /// Parts of a changeset that may be altered.
    private enum Part: String, CaseIterable {
        case chunk, header, signature, hash
    }

    /// Alters one changeset that another node has as its author signed it.
    func alterLog(of node: SimulatedNode) throws(Violation) {
        let held = examiner.universe.order.filter { id in
            id.seq <= node.held[id.feed] ?? 0 && !node.altered.contains(id)
                && fleet.nodes.contains {
                    $0.index != node.index && $0.held[id.feed] ?? 0 >= id.seq && !$0.altered.contains(id)
                }
        }
        // Who has not joined passes nothing on, and cannot join where the beginning of the log is altered: whoever has
        // that may never be met.
        guard fleet.nodes.allSatisfy(\.isMember) else { return }
        guard node.engine != nil, !node.keepsTransaction, !held.isEmpty else { return }
        let (id, part) = (course.random.pick(held), course.random.pick(Part.allCases))
        do {
            guard try flipBit(of: part, id, node) else { return }
            node.altered.insert(id)
            course.note("the disk of \(node.name) alters the \(part) of \(id.name)")
            course.saw(.alteredLogs)
        } catch {
            // A commit that failed may have been made all the same.
            node.altered.insert(id)
            try supervisor.met(error, node, "had a bit flipped")
        }
    }

    /// Returns whether the changeset has such a part.
    private func flipBit(of part: Part, _ id: SpecifiedChangeset.ID, _ node: SimulatedNode) throws(StoreError) -> Bool {
        let client = try node.client()
        let (feed, seq) = (id.feed, id.seq)
        let row = """
            seq = \(seq) AND feed = (SELECT ordinal FROM caravan_feed
            WHERE site = x'\(feed.site.hex)' AND incarnation = \(Int64(bitPattern: feed.incarnation.bits)) AND scope = \
            '\(feed.scope.name)')
            """
        let chunk =
            """
            SELECT min(id) FROM caravan_chunk WHERE id >> 24 = (SELECT body FROM caravan_changeset WHERE \(row)) AND \
            typeof(bytes) = 'blob'
            """
        let (table, column, place) =
            part == .chunk ? ("caravan_chunk", "bytes", "id = (\(chunk))") : ("caravan_changeset", part.rawValue, row)
        let rows = try client.rows("SELECT \(column) FROM \(table) WHERE \(place)")
        guard case .blob(var bytes)? = rows.first?.first, !bytes.isEmpty else { return false }
        bytes[course.random.below(bytes.count)] ^= UInt8(1 << course.random.below(8))
        try client.run("UPDATE \(table) SET \(column) = x'\(bytes.hex)' WHERE \(place)")
        return true
    }

    /// Looks once faults have ended: `verify` names what the disk altered, unless it came again before.
    func findAltered(_ node: SimulatedNode) throws(Violation) {
        try supervisor.looking(at: node, "was verified") { () throws(LookError) in
            guard let replica = node.replica else { return }
            _ = try Self.reading(try replica.reports.verify(progress: { _, _ in }))
        }
    }

    /// Whether a node knows of changesets that its disk altered, and that have not come again.
    static func isSpoilt(_ node: SimulatedNode) -> Bool {
        !node.altered.isEmpty && (try? node.replica?.exchange.spoilt().isEmpty) == false
    }
}
