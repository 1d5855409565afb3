import ReplicaModel

/// "Nothing that anyone entered may be lost", and what was deleted does not come back. Held against what people did and
/// what their tables showed when they did it, and not against what changesets say of that.
package struct NothingVanishes {
    package struct Event {
        /// The number of the node whose people did it: a copy of a node is a node of its own.
        let node: Int
        let name: String
        /// The life of the node's replica: raised when the replica is put back.
        let life: Int
        /// The place among what people did at that node, from 1.
        let number: Int
        /// The version vector of what the node's tables showed then.
        let knowledge: Vector
        let rows: [RowName: RowChange]
        /// The first changeset of its author after it.
        var sealedIn: (id: SpecifiedChangeset.ID, hash: Bytes32)?
        /// Whether the event is on no disk of its node any more: only peers may have it.
        var isAtRisk = false
    }

    /// An event that is there, with what it did to one row, and what did not count where it was done.
    private typealias Deed = (event: Event, change: RowChange, hidden: Set<SpecifiedChangeset.ID>)

    package private(set) var events: [Event] = []
    /// Rows of events that are not sealed yet.
    private var unsealed: [Int: Set<RowName>] = [:]

    /// A record of a node's events at one moment, for when the node's replica is put back to that moment.
    struct Mark {
        let life: Int
        let eventCount: Int
        let unsealed: Set<RowName>
        /// The places of what is pending.
        let pending: [Int]
    }

    mutating func happened(at node: SimulatedNode, _ rows: [RowName: RowChange]) {
        if node.writtenUnder == nil { node.writtenUnder = node.applied }
        unsealed[node.index, default: []].formUnion(rows.keys)
        add(at: node, under: node.applied, rows)
    }

    private mutating func add(at node: SimulatedNode, under knowledge: Vector, _ rows: [RowName: RowChange]) {
        node.eventCount += 1
        events.append(
            Event(
                node: node.index, name: node.name, life: node.replicaLife, number: node.eventCount,
                knowledge: knowledge, rows: rows))
    }

    /// Notes the changesets in which a node sealed its events. A write where nothing was seen to change (a value put
    /// again) is something that the author did, too, unless the changeset is void: what is void does nothing.
    mutating func sealed(_ entries: [Universe.Entry], by node: SimulatedNode) {
        for entry in entries where entry.scope == .alliance {
            let known = unsealed.removeValue(forKey: node.index) ?? []
            let puts = entry.defined.operations.filter { $0.action != .delete && $0.action != .update([:]) }.map {
                RowName(table: $0.table, key: $0.key)
            }
            let again = puts.filter { !known.contains($0) }
            if entry.crime == nil, !again.isEmpty {
                add(
                    at: node, under: node.writtenUnder ?? node.applied,
                    Dictionary(again.map { ($0, RowChange.written([:])) }) { $1 })
            }
            for index in pending(of: node) { events[index].sealedIn = (entry.defined.id, entry.defined.hash) }
        }
    }

    private func pending(of node: SimulatedNode) -> [Int] {
        events.indices.filter {
            events[$0].node == node.index && events[$0].life == node.replicaLife && events[$0].sealedIn == nil
        }
    }

    func mark(_ node: SimulatedNode) -> Mark {
        Mark(
            life: node.replicaLife, eventCount: node.eventCount, unsealed: unsealed[node.index] ?? [],
            pending: node.writtenUnder == nil ? [] : pending(of: node))
    }

    /// The replica is what it was then. What waited to be sealed then waits again.
    mutating func wasPutBack(_ node: SimulatedNode, to mark: Mark) {
        for index in events.indices where events[index].node == node.index {
            let isLater =
                events[index].life > mark.life
                || events[index].life == mark.life && events[index].number > mark.eventCount
            if isLater || mark.pending.contains(index) { events[index].isAtRisk = true }
        }
        node.replicaLife += 1
        unsealed[node.index] = mark.unsealed
        waitsAgain(mark, at: node)
    }

    /// A copy of a node has what waited to be sealed there.
    mutating func wasCopied(_ mark: Mark, to copy: SimulatedNode) {
        unsealed[copy.index] = mark.unsealed
        waitsAgain(mark, at: copy)
    }

    private mutating func waitsAgain(_ mark: Mark, at node: SimulatedNode) {
        for index in mark.pending { add(at: node, under: events[index].knowledge, events[index].rows) }
    }

    /// Notes that nothing waits at this node: what was written came to nothing, or is sealed.
    mutating func cameToRest(at node: SimulatedNode) {
        node.writtenUnder = nil
        unsealed[node.index] = nil
    }

    /// Whether the one that did `later` saw `earlier` in its tables. What did not count then was not there; but what is
    /// written dominates it all the same, if it counts again.
    private func saw(_ later: Deed, _ earlier: Event) -> Bool {
        if let sealed = earlier.sealedIn?.id, later.hidden.contains(sealed) { return false }
        return knew(later.event, earlier)
    }

    /// Whether what was done in `later` has `earlier` in its context.
    private func knew(_ later: Event, _ earlier: Event) -> Bool {
        if later.node == earlier.node, later.life == earlier.life { return later.number > earlier.number }
        guard let sealed = earlier.sealedIn?.id else { return false }
        return later.knowledge[sealed.feed] ?? 0 >= sealed.seq
    }

    /// Whether the event is there to be seen. One that was lost with a disk and never reached a peer is nowhere: no
    /// node shows the changeset that it was sealed in.
    private func isThere(
        _ event: Event, _ applied: Vector, _ universe: Universe, _ quarantined: Set<SpecifiedChangeset.ID>
    ) -> Bool {
        // What lies beyond the end of a right is kept, and does nothing.
        if let (id, _) = event.sealedIn, quarantined.contains(id) { return false }
        guard event.isAtRisk else { return true }
        guard let (id, hash) = event.sealedIn else { return false }
        return applied[id.feed] ?? 0 >= id.seq && universe[id]?.defined.hash == hash
    }

    /// Whether a row was entered and deleted again before it was sealed, by somebody who saw it deleted by another. The
    /// changeset says nothing of the row; where the other's delete does not count any more, what that one deleted is
    /// there again.
    private func cameToNothing(
        _ event: Event, _ row: RowName, _ universe: Universe, _ quarantined: Set<SpecifiedChangeset.ID>
    ) -> Bool {
        guard let sealed = event.sealedIn?.id, let operations = universe[sealed]?.defined.operations,
            !operations.contains(where: { $0.table == row.table && $0.key == row.key })
        else { return false }
        return events.contains { other in
            guard let id = other.sealedIn?.id, quarantined.contains(id) else { return false }
            return other.rows[row] == .deleted && knew(event, other)
        }
    }

    /// Checks what is shown at the end, when every node shows the same.
    package func check(tables: Tables, conflicts: Set<ConflictReport>, applied: Vector, _ universe: Universe)
        throws(Violation)
    {
        var byRow: [RowName: [Deed]] = [:]
        let quarantined = universe.quarantined(in: applied)
        for event in events where isThere(event, applied, universe, quarantined) {
            let hidden = universe.quarantined(in: event.knowledge)
            for (row, change) in event.rows where !cameToNothing(event, row, universe, quarantined) {
                byRow[row, default: []].append((event, change, hidden))
            }
        }
        let reports = Dictionary(grouping: conflicts) { RowName(table: $0.table, key: $0.key) }
        for (row, changes) in byRow.sorted(by: { $0.key < $1.key }) {
            for (event, change, _) in changes {
                guard case .written(let values) = change, !changes.contains(where: { knew($0.event, event) })
                else {
                    continue
                }
                try checkThere(row, values, event, tables, reports[row] ?? [])
            }
            try checkGone(row, changes, tables, reports[row] ?? [])
        }
    }

    /// Checks a write after which nobody who had seen it touched the row again: it is shown, or listed.
    private func checkThere(
        _ row: RowName, _ values: [Identifier: Value], _ event: Event, _ tables: Tables, _ reports: [ConflictReport]
    ) throws(Violation) {
        guard let shown = tables[row] else {
            throw Violation(
                "vanishing", "\(row.text), written at \(event.name) and touched by nobody who had seen it, is gone")
        }
        for (column, value) in values.sorted(by: { $0.key < $1.key }) where shown[column] != value {
            let isListed = reports.contains { report in
                guard case .cell(column, _, let candidates) = report.kind else { return false }
                return candidates.contains {
                    let wanted = ConflictReport.Candidate(value: value, write: $0.write)
                    return $0.byBeginning.hasValue(of: wanted.byBeginning)
                }
            }
            guard isListed else {
                throw Violation(
                    "vanishing",
                    "\(value.text) in \(column) of \(row.text), written at \(event.name), is neither shown nor listed")
            }
        }
    }

    /// Checks a row of which all that was written was seen by somebody who deleted it: it is gone, unless something
    /// refers to it.
    private func checkGone(
        _ row: RowName, _ changes: [Deed], _ tables: Tables, _ reports: [ConflictReport]
    ) throws(Violation) {
        let deletes = changes.filter { $0.change == .deleted }
        let lives = changes.contains { write in
            write.change != .deleted && !deletes.contains { saw($0, write.event) }
        }
        guard !lives, tables[row] != nil, !reports.contains(where: { $0.kindName == "kept" }) else { return }
        throw Violation(
            "vanishing", "\(row.text) was deleted by those who had seen all that was written in it, and is there")
    }
}
