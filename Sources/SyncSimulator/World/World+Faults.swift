import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncWire

/// What goes wrong with machines and links.
extension World {
    func isBlocked(_ from: Int, _ to: Int) -> Bool { blockedUntil(from, to) != nil || blockedUntil(to, from) != nil }

    func blockedUntil(_ from: Int, _ to: Int) -> Int64? {
        blocked.filter { $0.from == from && $0.to == to && $0.until > now }.map(\.until).max()
    }

    func partition() {
        let some = nodes.indices.filter { _ in random.chance(50) }
        let rest = nodes.indices.filter { !some.contains($0) }
        let until = now + Int64(1_000 + random.below(120_000))
        let isOneWay = random.chance(40)
        for one in some {
            for other in rest {
                blocked.append((one, other, until))
                if !isOneWay { blocked.append((other, one, until)) }
            }
        }
        trace.note(at: now, "nothing passes from \(some) to \(rest)\(isOneWay ? "" : " or back") until \(until)")
    }

    /// The machine stops. Its peers hear of it, or wait for an answer that never comes.
    func crash(_ node: SimulatedNode) throws(Violation) {
        trace.note(at: now, "\(node.name) stops")
        if node.returning == nil { saw(.crashes) }
        node.stop()
        open.remove(node.index)
        for id in links.keys.sorted() {
            guard let link = links[id] else { continue }
            for side in 0...1 where link.sides[side].node == node.index {
                link.isExcused = true
                link.sides[side].session = nil
                link.sides[side].coming = []
                if random.chance(70) { breakOff(link) }
                try settle(link)
            }
        }
        agenda.plan(.restart(node: node.index), at: now + Int64(random.below(20_000)))
    }

    /// The machine starts: the replica is what its disk has kept.
    func restart(_ node: SimulatedNode) throws(Violation) {
        guard node.engine == nil else { return }
        let loss = random.pick(CrashLoss.allCases)
        node.disk.restart(losing: loss, using: &random)
        trace.note(at: now, "\(node.name) starts, and had lost \(loss)")
        putWitnessBack(node)
        putBack(node)
        if has(.crashes), random.chance(5) { node.disk.crash(afterWrites: 1 + random.below(5)) }
        node.disk.wallClock = moment(of: node).wall
        do {
            let replica = try Replica(path: SimulatedNode.path, valueBytesMax: Replica.valueBytesDefault, on: node.mounted)
            try replica.repair()
            node.engine = newEngine(replica, of: node)
            try node.connect()
        } catch {
            return try met(error, node, "started")
        }
        try noteInterrupted(node)
        try examine(node)
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
            if !changes.isEmpty { rules.vanishing.happened(at: node, changes) }
        } catch { try met(error, node, "was read") }
    }

    /// Some of the feeds of another node, without what their authors had seen.
    func deliverPart(to node: SimulatedNode) throws(Violation) {
        let richer = nodes.filter { $0.isMember && !open.contains($0.index) && $0.held.count { $1 > node.held[$0] ?? 0 } > 1 }
        guard !richer.isEmpty, !open.contains(node.index) else { return }
        let other = random.pick(richer)
        try seal(other)
        let held = node.held
        guard let lacking = try act(other, "was asked", { (engine) throws(StoreError) in try Self.changesets(engine.replica.outgoing(lackedBy: held)) }) else {
            return
        }
        let feeds = Set(lacking.map(\.header.header.feed)).sorted().shuffled(using: &random).dropFirst().filter { _ in random.chance(70) }
        let part = feeds.flatMap { feed in lacking.filter { $0.header.header.feed == feed } }
        trace.note(at: now, "\(node.name) is given \(part.count) of \(lacking.count) changesets of \(other.name)")
        if !part.isEmpty, part.count < lacking.count { saw(.partialDeliveries) }
        try act(node, "took a part") { (engine) throws(StoreError) in
            let outcome = try engine.replica.accept(part, sealingWith: node.key, now: moment(of: node).wall)
            if case .refused(_, let sentence) = outcome { throw .damaged("an honest part was refused: \(sentence)") }
        }
    }

    /// Everything that one has and the other lacks, at once.
    func deliverAll(of node: SimulatedNode, to other: SimulatedNode) throws(Violation) {
        try seal(node)
        let held = other.held
        guard !open.contains(other.index),
            let lacking = try act(node, "was asked", { (engine) throws(StoreError) in try Self.changesets(engine.replica.outgoing(lackedBy: held)) }), !lacking.isEmpty
        else { return }
        try act(other, "took all") { (engine) throws(StoreError) in
            let outcome = try engine.replica.accept(lacking, sealingWith: other.key, now: moment(of: other).wall)
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

    /// What a hostile peer, or a link that alters, makes of a frame.
    func alter(_ frame: [UInt8], _ link: SimulatedLink) -> [[UInt8]] {
        guard random.chance(25) else { return [frame] }
        trace.note(at: now, "link \(link.id) alters a frame")
        saw(.alteredFrames)
        switch random.below(7) {
        case 0: return []
        case 1: return [frame, frame]
        case 2: return [Array(frame.prefix(random.below(frame.count + 1)))]
        case 3: return [frame + random.bytes(1 + random.below(8))]
        case 4: return heard.isEmpty ? [] : [random.pick(heard), frame]
        case 5: return [random.bytes(1 + random.below(40))]
        default:
            var altered = frame
            for _ in 0..<random.pick([1, 1, 3]) where !altered.isEmpty { altered[random.below(altered.count)] ^= UInt8(1 << random.below(8)) }
            return [altered]
        }
    }
}
