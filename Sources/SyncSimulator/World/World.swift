import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol

/// Nodes, their machines and the network between them, in one thread, with virtual time. Everything that happens follows from the seed.
package final class World {
    package let scenario: Scenario
    var random: SeededGenerator
    package var now: Int64 = 0
    var agenda = Agenda()
    package var trace = Trace()
    package internal(set) var nodes: [SimulatedNode] = []
    /// By number; never iterated but in ascending order.
    var links: [Int: SimulatedLink] = [:]
    var linkCount = 0
    package var universe = Universe()
    package var rules = Rules()
    var writer: WriterSQL
    var hands: HandSQL
    var actsLeft: Int
    /// Nothing goes wrong any more: everything must become the same.
    package internal(set) var isHealing = false
    /// Nothing passes from the first to the second until then.
    var blocked: [(from: Int, to: Int, until: Int64)] = []
    /// Frames that passed once, of any session: what a replay takes.
    var heard: [[UInt8]] = []
    /// Planted by tests: done before each thing that happens.
    package var meddling: ((World) throws(Violation) -> Void)?
    /// Programs' transactions that are kept open, by node.
    var open: Set<Int> = []
    /// How often each kind happened so far.
    var happened: [Kind: Int] = [:]
    /// All invitations, in the order in which they were made. One is over at a moment of its maker's clock.
    var invitations: [(secret: [UInt8], role: Role, expires: Int64)] = []

    /// True time at the beginning, in milliseconds since 1970.
    static let epoch: Int64 = 1_800_000_000_000

    package init(_ scenario: Scenario) {
        self.scenario = scenario
        random = SeededGenerator(seed: scenario.seed ^ 0x5EED)
        writer = WriterSQL(scenario, random: random.split())
        hands = HandSQL(random: random.split())
        actsLeft = scenario.actCount
        for index in 0..<scenario.nodeCount {
            let role = role(of: index)
            let node = SimulatedNode(index: index, role: role, random: &random)
            if has(.wrongClocks), random.chance(60) { node.skew = skew() }
            node.earliestClock = moment(of: node).wall
            nodes.append(node)
        }
    }

    /// Two at least may write.
    private func role(of index: Int) -> Role {
        if index == 0 || random.chance(has(.schemaChanges) ? 60 : 30) { return .admin }
        return index > 1 && has(.readers) && random.chance(50) ? .reader : .member
    }

    func has(_ fault: Fault) -> Bool { scenario.faults.contains(fault) && !isHealing }

    private static let day: Int64 = 86_400_000
    private static let year = 365 * day

    func skew() -> Int64 {
        random.pick([0, 1, 60_000, -3_600_000, Self.day + 60_000, 40 * 3_600_000, Self.year, -Self.year, 10 * Self.year, -10 * Self.year])
    }

    func moment(of node: SimulatedNode) -> Moment { Moment(wall: Self.epoch + now + node.skew, steady: now) }

    /// Where changesets are large, memory is small: what passes it goes through the file.
    var memoryLimits: MemoryLimits {
        scenario.faults.contains(.largeChangesets) ? MemoryLimits(batchBytes: 1 << 12, changesetBytes: 1 << 16) : MemoryLimits()
    }

    func checkMemory(_ session: PeerSession, of node: SimulatedNode) throws(Violation) {
        let mayWait = !scenario.faults.isDisjoint(with: [.alteredFrames, .hostileMembers])
        try rules.memory.check(session, memoryLimits, mayWait: mayWait, at: node.name)
    }

    func newEngine(_ replica: Replica, of node: SimulatedNode) -> Engine {
        var incarnations = random.split()
        let engine = Engine(replica: replica, key: node.key, software: "simulated", drawIncarnation: { incarnations.next() })
        engine.memory = memoryLimits
        return engine
    }

    /// Runs what a node does on its replica, as its machine's clock has it, and looks at what came of it. Nil if it failed for a reason that this world
    /// gave it.
    @discardableResult
    package func act<Result>(_ node: SimulatedNode, _ what: String, _ body: (Engine) throws(StoreError) -> Result) throws(Violation) -> Result? {
        guard let engine = node.second ?? node.engine else { return nil }
        node.disk.wallClock = moment(of: node).wall
        let result: Result
        do {
            result = try body(engine)
        } catch {
            try met(error, node, what)
            if node.engine != nil { try examine(node) }
            return nil
        }
        if !node.disk.hasCrashed { try examine(node) } else { try crash(node) }
        return result
    }

    /// A node met an error: it stops if its machine does, and else goes on, if anything excuses the error.
    func met(_ error: StoreError, _ node: SimulatedNode, _ what: String) throws(Violation) {
        trace.note(at: now, "\(node.name) \(what) failed")
        if node.disk.hasCrashed { return try crash(node) }
        switch error {
        case .locked where open.contains(node.index): return saw(.heldLocks)
        case .disk, .diskFull: if node.disk.hasFailed { return saw(.diskErrors) }
        case .spoilt: if !node.altered.isEmpty { return }
        default: break
        }
        throw Violation("errors", "\(node.name) met an error while it \(what): \(error)")
    }
}
