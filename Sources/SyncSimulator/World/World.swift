import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol

/// Nodes, their machines and the network between them, in one thread, with virtual time. Everything that happens follows from the seed.
package final class World {
    let course: Course
    let fleet: Fleet
    let network: Network
    package var universe = Universe()
    package var rules = Rules()
    var writer: WriterSQL
    var hands: HandSQL
    var actsLeft: Int
    /// Planted by tests: done before each thing that happens.
    package var meddling: ((World) throws(Violation) -> Void)?
    /// All invitations, in the order in which they were made. One is over at a moment of its maker's clock.
    var invitations: [(secret: [UInt8], role: Role, expires: Int64)] = []

    package init(_ scenario: Scenario) {
        course = Course(scenario)
        writer = WriterSQL(scenario, random: course.random.split())
        hands = HandSQL(random: course.random.split())
        actsLeft = scenario.actCount
        fleet = Fleet(course)
        network = Network(course, fleet)
    }

    package var nodes: [SimulatedNode] { fleet.nodes }

    func checkMemory(_ session: PeerSession, of node: SimulatedNode) throws(Violation) {
        let mayWait = !course.scenario.faults.isDisjoint(with: [.alteredFrames, .hostileMembers])
        try rules.memory.check(session, course.scenario.memoryLimits, mayWait: mayWait, at: node.name)
    }

    /// Runs what a node does on its replica, as its machine's clock has it, and looks at what came of it. Nil if it failed for a reason that this world
    /// gave it.
    @discardableResult
    package func act<Result>(_ node: SimulatedNode, _ what: String, _ body: (Engine) throws(StoreError) -> Result) throws(Violation) -> Result? {
        guard let engine = node.second ?? node.engine else { return nil }
        node.disk.wallClock = fleet.moment(of: node).wall
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
        course.note("\(node.name) \(what) failed")
        if node.disk.hasCrashed { return try crash(node) }
        switch error {
        case .locked where node.keepsTransaction: return course.saw(.heldLocks)
        case .disk, .diskFull: if node.disk.hasFailed { return course.saw(.diskErrors) }
        case .spoilt: if !node.altered.isEmpty { return }
        default: break
        }
        throw Violation("errors", "\(node.name) met an error while it \(what): \(error)")
    }
}
