import ReplicaModel
import ReplicaStore
import SyncWire

/// What goes wrong while a node is looked at: it cannot be read, or it breaks a rule.
enum LookError: Error {
    case store(StoreError)
    case violation(Violation)
}

/// After everything that a node did: what it holds and applied now, and every changeset that is new to it.
extension World {
    func examine(_ node: SimulatedNode) throws(Violation) {
        try looking(at: node, "was looked at") { () throws(LookError) in try look(at: node) }
    }

    /// Looks at a node: an error of its store is met as one of its own acts, and a rule that is broken ends the world.
    func looking(at node: SimulatedNode, _ what: String, _ body: () throws(LookError) -> Void) throws(Violation) {
        do { try body() } catch {
            switch error {
            case .store(let error): try met(error, node, what)
            case .violation(let violation): throw violation
            }
        }
    }

    static func reading<Result>(_ body: () throws(StoreError) -> Result) throws(LookError) -> Result {
        do { return try body() } catch { throw .store(error) }
    }

    static func judging<Result>(_ body: () throws(Violation) -> Result) throws(LookError) -> Result {
        do { return try body() } catch { throw .violation(error) }
    }

    private func look(at node: SimulatedNode) throws(LookError) {
        guard let replica = node.replica else { return }
        let (held, applied) = try Self.reading { () throws(StoreError) in try replica.vectors() }
        try Self.judging { () throws(Violation) in try rules.regress.check(node, held: held, applied: applied) }
        guard held != node.held || applied != node.applied else { return }
        // What a program failed to commit is overwritten now.
        node.before = nil
        var own: [Universe.Entry] = []
        let fresh = try incoming(node, replica)
        for changeset in fresh {
            if let entry = try Self.judging({ () throws(Violation) in try register(changeset, at: node) }) { own.append(entry) }
        }
        let before = node.applied
        try Self.judging { () throws(Violation) in
            for entry in own {
                try rules.contexts.check(entry, of: node, before: before, held: held)
                try rules.stamps.check(entry, sealedSince: node.earliestClock, universe)
            }
            try rules.causality.check(fresh.map(\.id), at: node, applied: applied, universe)
        }
        if own.contains(where: { $0.scope == .alliance }) {
            rules.vanishing.sealed(own, by: node)
            rules.vanishing.cameToRest(at: node)
        }
        let known = (held: node.held, applied: node.applied)
        node.has(held: held, applied: applied)
        sawWaiting(node, before: known)
        try noteMerge(node, replica.incarnation, before: before)
        if !own.isEmpty, node.writtenUnder == nil { node.earliestClock = fleet.moment(of: node).wall }
        node.isMember = try Self.reading { () throws(StoreError) in try replica.isMember(node.key.site) }
    }

    /// Where others' changesets were applied, what people had written before must be sealed, or have come to nothing.
    private func noteMerge(_ node: SimulatedNode, _ incarnation: Incarnation, before: Vector) throws(LookError) {
        let others = node.applied.filter { $0.key.site != node.key.site || $0.key.incarnation != incarnation }
        guard node.writtenUnder != nil, others.contains(where: { before[$0.key] != $0.value }) else { return }
        let pending = try Self.reading { () throws(StoreError) in try node.replica?.remains().notes ?? 0 }
        guard pending == 0 else {
            throw .violation(Violation("true contexts", "\(node.name) applied changesets of others over \(pending) notes of what people wrote before, unsealed"))
        }
        rules.vanishing.cameToRest(at: node)
    }

    struct Incoming {
        let header: UnverifiedHeader
        var chunks: [[UInt8]]
        var id: DefinedChangeset.ID { .init(feed: header.header.feed, seq: header.header.seq) }
    }

    /// What a node holds that it did not when it was seen last, in the order in which it would send it.
    private func incoming(_ node: SimulatedNode, _ replica: Replica) throws(LookError) -> [Incoming] {
        var out: [Incoming] = []
        let stream = try Self.reading { () throws(StoreError) in try replica.everything(beyond: node.held) }
        while let item = try Self.reading({ () throws(StoreError) in try stream.next() }) {
            switch item {
            case .header(let bytes, let signature, _):
                guard let header = try? UnverifiedHeader(bytes: bytes, signature: signature) else {
                    throw .violation(Violation("authenticity", "\(node.name) holds a header that cannot be read"))
                }
                out.append(Incoming(header: header, chunks: []))
            case .chunk(let bytes): out[out.count - 1].chunks.append(bytes)
            }
        }
        return out
    }

    /// "Nothing counts that its author did not sign": what a node holds was in its author's log before. What its own author sealed just now; nil for
    /// what is known.
    private func register(_ changeset: Incoming, at node: SimulatedNode) throws(Violation) -> Universe.Entry? {
        let isAuthor = changeset.id.feed.site == node.key.site
        if let known = universe[changeset.id] {
            // One that was put back seals to the same bytes again what it had sealed and told nobody.
            if known.defined.hash == changeset.header.hash { return isAuthor && other(than: node, holding: changeset.id) == nil ? known : nil }
            guard isAuthor else { throw Violation("authenticity", "\(node.name) holds \(changeset.id.name) otherwise than its author sealed it") }
            try forget(changeset.id, node)
        }
        guard isAuthor else { throw Violation("authenticity", "\(node.name) holds \(changeset.id.name), which its author's log does not have") }
        course.note("\(node.name) has sealed \(changeset.id.name)")
        course.trace.mix(changeset.header.hash.bytes)
        let entry = try universe.add(changeset.header, chunks: changeset.chunks)
        sawSealed(entry, by: node, changeset.chunks)
        return entry
    }

    private func other(than author: SimulatedNode, holding id: DefinedChangeset.ID) -> SimulatedNode? {
        fleet.nodes.first { $0.index != author.index && $0.everHeld[id.feed] ?? 0 >= id.seq }
    }

    /// A replica that was put back may number anew what nobody else ever saw.
    private func forget(_ id: DefinedChangeset.ID, _ author: SimulatedNode) throws(Violation) {
        if let node = other(than: author, holding: id) {
            throw Violation("regress", "\(author.name) seals \(id.name) a second time, and \(node.name) has the first")
        }
        universe.remove(from: id)
        rules.convergence.forget(id)
    }
}
