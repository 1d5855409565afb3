import ReplicaModel
import ReplicaStore
import SQLiteAccess
import SyncWire

/// Sees after everything that a node did what it holds and applied now, and every changeset that is new to it: so it
/// has the set of all changesets, and the rules that are held against it.
final class Examiner: Looking {
    let course: Course
    private let fleet: Fleet
    var universe = Universe()
    var rules = Rules()

    init(_ course: Course, _ fleet: Fleet) {
        self.course = course
        self.fleet = fleet
    }

    /// Looks at a node: what it holds, what it applied, and which changesets it has sealed since it was seen last.
    func look(at node: SimulatedNode) throws(LookError) {
        guard let replica = node.replica else { return }
        let said = try Self.reading(try replica.vectors())
        guard said.held != node.said.held || said.applied != node.said.applied else { return }
        // What a program failed to commit is overwritten now.
        node.before = nil
        var own: [Universe.Entry] = []
        var fresh: [SpecifiedChangeset.ID] = []
        var there = node.held
        for changeset in try incoming(node, replica) {
            let (id, entry) = try Self.judging(try register(changeset, at: node, there))
            universe.ways.add(id, to: &there)
            fresh.append(id)
            if let entry { own.append(entry) }
        }
        let before = node.applied
        let held = universe.ways.vector(said.held, at: there)
        let applied = universe.ways.vector(said.applied, at: there)
        try Self.judging(try rules.regress.check(node, held: held, applied: applied))
        try Self.judgingAll { () throws(Violation) in
            for entry in own {
                try rules.contexts.check(entry, of: node, before: before, held: held)
                try rules.stamps.check(entry, sealedSince: node.earliestClock, universe)
            }
            try rules.causality.check(fresh, at: node, applied: applied, universe)
        }
        let sealed = own.contains { $0.scope == .alliance } ? own : sealedAgain(node, fresh)
        if !sealed.isEmpty {
            rules.vanishing.sealed(sealed, by: node)
            rules.vanishing.cameToRest(at: node)
        }
        let known = (held: node.held, applied: node.applied)
        node.has(held: held, applied: applied)
        node.said = said
        sawWaiting(node, before: known)
        try noteMerge(node, replica.incarnation, before: before)
        if !own.isEmpty, node.writtenUnder == nil { node.earliestClock = fleet.moment(of: node).wall }
        let member = try Self.reading(try replica.member(node.key.site))
        node.isMember = member?.role != nil
        if course.scenario.faults.contains(.endedRights) {
            node.role = member?.role ?? (member == nil ? node.invitedAs : .reader)
        }
    }

    /// The changeset, if any, that a machine made once more, byte for byte, which was put back to before it had.
    private func sealedAgain(_ node: SimulatedNode, _ fresh: [SpecifiedChangeset.ID]) -> [Universe.Entry] {
        guard node.writtenUnder != nil, course.scenario.faults.contains(.forks) else { return [] }
        let own = fresh.first { $0.feed.site == node.key.site && $0.feed.scope == .alliance }
        return [own.flatMap { universe[$0] }].compactMap { $0 }
    }

    /// Checks that all is sealed, or came to nothing, which people had written before others' changesets were applied.
    private func noteMerge(_ node: SimulatedNode, _ incarnation: Incarnation, before: Vector) throws(LookError) {
        let others = node.applied.filter { $0.key.site != node.key.site || $0.key.incarnation != incarnation }
        guard node.writtenUnder != nil, others.contains(where: { before[$0.key] != $0.value }) else { return }
        let pending = try Self.reading(try node.replica?.reports.remains().notes ?? 0)
        guard pending == 0 else {
            let notes = "\(pending) notes of what people wrote before, unsealed"
            throw .violation(Violation("true contexts", "\(node.name) applied changesets of others over \(notes)"))
        }
        rules.vanishing.cameToRest(at: node)
    }

    /// A changeset as a node's log has it.
    private struct Incoming {
        let header: UnverifiedHeader
        var chunks: [[UInt8]]
        /// The name that headers give it, which know of no branches.
        var name: SpecifiedChangeset.ID { .init(feed: header.header.feed, seq: header.header.seq) }
    }

    /// Reads what a node holds that it did not when it was seen last, in the order in which it would send it.
    private func incoming(_ node: SimulatedNode, _ replica: Replica) throws(LookError) -> [Incoming] {
        var out: [Incoming] = []
        // What somebody wrote of whom the node had not heard yet it gave to nobody, and names it all the same.
        let known = node.said.held.filter { universe.ways.find($0.value, of: $0.key, at: node.held) != nil }
        let stream = try Self.reading(try replica.everything(beyond: known))
        while let item = try Self.reading(try stream.next()) {
            switch item {
            case .header(let bytes, let signature, _):
                guard let header = try? UnverifiedHeader(bytes: bytes, signature: signature) else {
                    throw .violation(Violation("authenticity", "\(node.name) holds a header that cannot be read"))
                }
                out.append(Incoming(header: header, chunks: []))
            case .chunk(let bytes): out[out.count - 1].chunks.append(bytes)
            }
        }
        // Where a replica has come to tell ways apart, the name that a feed had before says less than was held.
        return out.filter { changeset in
            universe.ways[changeset.header.hash].map { node.held[$0.feed] ?? 0 < $0.seq } ?? true
        }
    }

    /// Takes a changeset into the universe that its own author sealed just now, and gives it back with its name; nil
    /// for what is known. "Nothing counts that its author did not sign": what any other node holds was in its author's
    /// log before.
    private func register(
        _ changeset: Incoming, at node: SimulatedNode, _ there: Vector
    ) throws(Violation) -> (SpecifiedChangeset.ID, Universe.Entry?) {
        let isAuthor = changeset.name.feed.site == node.key.site
        let holds = "\(node.name) holds \(changeset.name.name)"
        if let id = universe.ways[changeset.header.hash] {
            let isAgain = isAuthor && mayHaveSealed(id, node, there) && other(than: node, holding: id) == nil
            return (id, isAgain ? universe[id] : nil)
        }
        if let id = universe.ways.all(changeset.name.seq, of: changeset.name.feed).first {
            guard isAuthor else { throw Violation("authenticity", "\(holds) otherwise than its author sealed it") }
            // What a file has that somebody carries may yet come to others.
            if course.scenario.faults.contains(.forks) { course.saw(.forks) } else { try forget(id, node) }
        }
        guard isAuthor else { throw Violation("authenticity", "\(holds), which its author's log does not have") }
        course.note("\(node.name) has sealed \(changeset.name.name)")
        course.trace.mix(changeset.header.hash.bytes)
        let entry = try universe.add(changeset.header, chunks: changeset.chunks)
        sawSealed(entry, by: node, changeset.chunks)
        return (entry.defined.id, entry)
    }

    /// The reports that a node lists, in the names of the universe.
    func conflicts(_ replica: Replica, at node: SimulatedNode) throws(StoreError) -> Set<ConflictReport> {
        let listed = try replica.reports.conflicts()
        return universe.ways.areSeveral
            ? Set(listed.map { universe.ways.report($0, at: node.held) }) : Set(listed)
    }

    /// Whether a node that was put back may have sealed to the same bytes again what it had sealed and told nobody. A
    /// changeset beside which it has another of that number came back to it: a link may repeat what it carried once.
    private func mayHaveSealed(_ id: SpecifiedChangeset.ID, _ node: SimulatedNode, _ there: Vector) -> Bool {
        node.writtenUnder != nil
            && !universe.ways.all(id.seq, of: id.feed).contains { $0 != id && there[$0.feed] ?? 0 >= $0.seq }
    }

    private func other(than author: SimulatedNode, holding id: SpecifiedChangeset.ID) -> SimulatedNode? {
        fleet.nodes.first { $0.index != author.index && $0.everHeld[id.feed] ?? 0 >= id.seq }
    }

    /// Forgets a changeset and what follows it: a replica that was put back may number anew what nobody else ever saw.
    private func forget(_ id: SpecifiedChangeset.ID, _ author: SimulatedNode) throws(Violation) {
        if let node = other(than: author, holding: id) {
            throw Violation("regress", "\(author.name) seals \(id.name) a second time, and \(node.name) has the first")
        }
        universe.remove(from: id)
        rules.convergence.forget(id)
    }

    /// Counts what a changeset has that its author has sealed just now.
    private func sawSealed(_ entry: Universe.Entry, by node: SimulatedNode, _ chunks: [[UInt8]]) {
        if node.skew != 0 { course.saw(.wrongClocks) }
        let byteCount = chunks.reduce(0) { $0 + $1.count }
        if byteCount > course.scenario.memoryLimits.batchBytes { course.saw(.largeChangesets) }
        if entry.defined.id.feed.incarnation != .first, entry.crime == nil { course.saw(.event(.newIncarnation)) }
        if entry.scope == .control {
            if universe.hasConcurrent(entry) { course.saw(.event(.concurrentDefinitions)) }
            return
        }
        for table in Set(entry.defined.operations.map(\.table)) {
            for feature in WorldSchema.features(of: table) { course.saw(.feature(feature)) }
        }
    }

    /// Counts that something waits at the node for what its author had seen.
    private func sawWaiting(_ node: SimulatedNode, before: (held: Vector, applied: Vector)) {
        guard node.held != node.applied, node.held != before.held else { return }
        course.saw(.event(before.held == before.applied ? .waitingChangeset : .waitingInParts))
    }
}
