import ReplicaModel

/// "Nothing that anyone entered may be lost", and what was deleted does not come back. Held against what people did and what their tables showed
/// when they did it, and not against what changesets say of that.
package struct NothingVanishes {
    package struct Event {
        let site: SiteID
        /// Its place among what people did at that site, from 1.
        let number: Int
        /// What the site's tables showed then.
        let knowledge: Vector
        let rows: [RowName: RowChange]
    }

    package private(set) var events: [Event] = []
    /// By feed and seq: how many of its author's events were sealed up to it.
    private var sealedUpTo: [DefinedChangeset.ID: Int] = [:]
    /// Rows of events that are not sealed yet.
    private var unsealed: [SiteID: Set<RowName>] = [:]

    mutating func happened(at node: SimulatedNode, _ rows: [RowName: RowChange]) {
        node.eventCount += 1
        if node.writtenUnder == nil { node.writtenUnder = node.applied }
        unsealed[node.key.site, default: []].formUnion(rows.keys)
        events.append(Event(site: node.key.site, number: node.eventCount, knowledge: node.applied, rows: rows))
    }

    /// What a changeset writes where nothing was seen to change (a value put again) is something that its author did, too. What is void does nothing.
    mutating func sealed(_ entries: [Universe.Entry], by node: SimulatedNode) {
        for entry in entries where entry.scope == .alliance {
            let known = unsealed.removeValue(forKey: node.key.site) ?? []
            let puts = entry.defined.operations.filter { $0.action != .delete && $0.action != .update([:]) }.map { RowName(table: $0.table, key: $0.key) }
            let again = puts.filter { !known.contains($0) }
            if entry.crime == nil, !again.isEmpty {
                node.eventCount += 1
                let rows = Dictionary(again.map { ($0, RowChange.written([:])) }) { $1 }
                events.append(Event(site: node.key.site, number: node.eventCount, knowledge: node.writtenUnder ?? node.applied, rows: rows))
            }
            sealedUpTo[entry.defined.id] = node.eventCount
        }
    }

    /// Nothing waits at this site: what was written came to nothing, or is sealed.
    mutating func cameToRest(at node: SimulatedNode) {
        node.writtenUnder = nil
        unsealed[node.key.site] = nil
    }

    /// Whether the one that did `later` had `earlier` in its tables.
    private func knew(_ later: Event, _ earlier: Event) -> Bool {
        if later.site == earlier.site { return later.number > earlier.number }
        let feed = FeedID(site: earlier.site, incarnation: .first, scope: .alliance)
        guard let seq = later.knowledge[feed], seq > 0 else { return false }
        return sealedUpTo[.init(feed: feed, seq: seq)] ?? 0 >= earlier.number
    }

    /// At the end, when every node shows the same.
    package func check(tables: Tables, conflicts: Set<ConflictReport>) throws(Violation) {
        var byRow: [RowName: [(event: Event, change: RowChange)]] = [:]
        for event in events { for (row, change) in event.rows { byRow[row, default: []].append((event, change)) } }
        let reports = Dictionary(grouping: conflicts) { RowName(table: $0.table, key: $0.key) }
        for (row, changes) in byRow.sorted(by: { $0.key < $1.key }) {
            for (event, change) in changes {
                guard case .written(let values) = change, !changes.contains(where: { knew($0.event, event) }) else { continue }
                try checkThere(row, values, event, tables, reports[row] ?? [])
            }
            try checkGone(row, changes, tables, reports[row] ?? [])
        }
    }

    /// Nobody who had seen it touched the row again: it is shown, or listed.
    private func checkThere(_ row: RowName, _ values: [String: Value], _ event: Event, _ tables: Tables, _ reports: [ConflictReport]) throws(Violation) {
        guard let shown = tables[row] else {
            throw Violation("vanishing", "\(row.text), written at \(event.site.short.prefix(9)) and touched by nobody who had seen it, is gone")
        }
        for (column, value) in values.sorted(by: { $0.key < $1.key }) where shown[column] != value {
            let isListed = reports.contains { report in
                guard case .cell(column, _, let candidates) = report.kind else { return false }
                return candidates.contains { $0.value == value }
            }
            guard isListed else {
                throw Violation("vanishing", "\(value.text) in \(column) of \(row.text), written at \(event.site.short.prefix(9)), is neither shown nor listed")
            }
        }
    }

    /// Everything that was written in the row was seen by somebody who deleted it: it is gone, unless something refers to it.
    private func checkGone(_ row: RowName, _ changes: [(event: Event, change: RowChange)], _ tables: Tables, _ reports: [ConflictReport]) throws(Violation) {
        let deletes = changes.filter { $0.change == .deleted }
        let lives = changes.contains { write in
            write.change != .deleted && !deletes.contains { knew($0.event, write.event) }
        }
        guard !lives, tables[row] != nil, !reports.contains(where: { $0.kindName == "kept" }) else { return }
        throw Violation("vanishing", "\(row.text) was deleted by those who had seen all that was written in it, and is there")
    }
}
