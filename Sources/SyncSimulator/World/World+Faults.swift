import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncWire

/// What goes wrong with machines and links.
extension World {
    /// The machine starts: the replica is what its disk has kept.
    func restart(_ node: SimulatedNode) throws(Violation) {
        guard node.engine == nil else { return }
        let loss = course.random.pick(CrashLoss.allCases)
        node.disk.restart(losing: loss, using: &course.random)
        course.note("\(node.name) starts, and had lost \(loss)")
        putWitnessBack(node)
        putBack(node)
        if course.has(.crashes), course.random.chance(5) { node.disk.crash(afterWrites: 1 + course.random.below(5)) }
        node.disk.wallClock = fleet.moment(of: node).wall
        do {
            let replica = try Replica(path: SimulatedNode.path, valueBytesMax: Replica.valueBytesDefault, on: node.mounted)
            try replica.repair()
            node.engine = fleet.newEngine(replica, of: node)
            try node.connect()
        } catch {
            return try supervisor.met(error, node, "started")
        }
        try noteInterrupted(node)
        try supervisor.examine(node)
        if node.index == 0 { try inviteAgain(node) }
    }

    /// What a program was committing when the machine stopped is there, whole, or it is not.
    private func noteInterrupted(_ node: SimulatedNode) throws(Violation) {
        guard let before = node.before, let replica = node.replica else { return }
        node.before = nil
        do {
            // Where the node wrote last, the program did not.
            guard try replica.vectors().applied == node.applied else { return }
            let changes = SimulatedNode.changes(from: before, to: try node.readTables())
            if !changes.isEmpty { examiner.rules.vanishing.happened(at: node, changes) }
        } catch { try supervisor.met(error, node, "was read") }
    }

    /// Some of the feeds of another node, without what their authors had seen.
    func deliverPart(to node: SimulatedNode) throws(Violation) {
        let richer = fleet.nodes.filter { $0.isMember && !$0.keepsTransaction && $0.held.count { $1 > node.held[$0] ?? 0 } > 1 }
        guard !richer.isEmpty, !node.keepsTransaction else { return }
        let other = course.random.pick(richer)
        try supervisor.seal(other)
        let held = node.held
        guard let lacking = try supervisor.act(other, "was asked", { (engine) throws(StoreError) in try Self.changesets(engine.replica.outgoing(lackedBy: held)) }) else {
            return
        }
        let feeds = Set(lacking.map(\.header.header.feed)).sorted().shuffled(using: &course.random).dropFirst().filter { _ in course.random.chance(70) }
        let part = feeds.flatMap { feed in lacking.filter { $0.header.header.feed == feed } }
        course.note("\(node.name) is given \(part.count) of \(lacking.count) changesets of \(other.name)")
        if !part.isEmpty, part.count < lacking.count { course.saw(.partialDeliveries) }
        try supervisor.act(node, "took a part") { (engine) throws(StoreError) in
            let outcome = try engine.replica.accept(part, sealingWith: node.key, now: fleet.moment(of: node).wall)
            if case .refused(_, let sentence) = outcome { throw .damaged("an honest part was refused: \(sentence)") }
        }
    }

    /// Everything that one has and the other lacks, at once.
    func deliverAll(of node: SimulatedNode, to other: SimulatedNode) throws(Violation) {
        try supervisor.seal(node)
        let held = other.held
        guard !other.keepsTransaction,
            let lacking = try supervisor.act(node, "was asked", { (engine) throws(StoreError) in try Self.changesets(engine.replica.outgoing(lackedBy: held)) }), !lacking.isEmpty
        else { return }
        try supervisor.act(other, "took all") { (engine) throws(StoreError) in
            let outcome = try engine.replica.accept(lacking, sealingWith: other.key, now: fleet.moment(of: other).wall)
            if case .refused(_, let sentence) = outcome { throw .damaged("an honest whole was refused: \(sentence)") }
        }
    }

    private static func changesets(_ stream: Outgoing) throws(StoreError) -> [IncomingChangeset] {
        var out: [IncomingChangeset] = []
        var chunks: [[UInt8]] = []
        var header: UnverifiedHeader?
        while let item = try stream.next() {
            switch item {
            case .header(let bytes, let signature, _):
                if let header { out.append(IncomingChangeset(header: header, chunks: chunks)) }
                (header, chunks) = (try? UnverifiedHeader(bytes: bytes, signature: signature), [])
            case .chunk(let bytes): chunks.append(bytes)
            }
        }
        if let header { out.append(IncomingChangeset(header: header, chunks: chunks)) }
        return out
    }
}
