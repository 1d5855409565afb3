import ReplicaModel
import ReplicaStore
import SQLiteAccess
import SyncEngine

/// Runs what nodes and people do on replicas, looks at what came of it each time, and stops machines.
struct Supervisor {
    let course: Course
    let fleet: Fleet
    let network: Network
    let examiner: Examiner

    /// Runs what a node does on its replica, as its machine's clock has it, and looks at what came of it. Nil if it
    /// failed for a reason that this world gave it.
    @discardableResult
    func act<Result>(
        _ node: SimulatedNode, _ what: String, _ body: (Engine) throws(StoreError) -> Result
    ) throws(Violation) -> Result? {
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

    /// Meets an error of a node: it stops if its machine does, and else goes on, if anything excuses the error.
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

    /// Stops the machine. Its peers hear of it, or wait for an answer that never comes.
    func crash(_ node: SimulatedNode) throws(Violation) {
        course.note("\(node.name) stops")
        if node.returning == nil { course.saw(.crashes) }
        node.stop()
        try network.stopped(node)
        course.plan(.restart(node: node.index), after: Int64(course.random.below(20_000)))
    }

    func examine(_ node: SimulatedNode) throws(Violation) {
        try looking(at: node, "was looked at") { () throws(LookError) in try examiner.look(at: node) }
    }

    /// Looks at a node: an error of its store is met as one of its own acts, and a rule that is broken ends the world.
    func looking(
        at node: SimulatedNode, _ what: String, _ body: () throws(LookError) -> Void
    ) throws(Violation) {
        do { try body() } catch {
            switch error {
            case .store(let error): try met(error, node, what)
            case .violation(let violation): throw violation
            }
        }
    }

    /// Reads what the node's tables show; nil where the machine does not let itself be read.
    func shown(_ node: SimulatedNode) throws(Violation) -> Tables? {
        do { return try node.readTables() } catch {
            try met(error, node, "was read")
            return nil
        }
    }

    /// Seals what people wrote at a node, which must change nothing that they see. Returns whether it could be done: a
    /// disk may fail, and another may hold the lock.
    @discardableResult
    func seal(_ node: SimulatedNode) throws(Violation) -> Bool {
        let isClean = !course.scenario.tables.contains { $0.contains("REFERENCES") } && !node.keepsTransaction
        let before = isClean ? try shown(node) : nil
        let applied = node.applied
        guard try act(node, "sealed", { (engine) throws(StoreError) in try engine.seal() }) != nil else { return false }
        examiner.rules.vanishing.cameToRest(at: node)
        guard let before, node.applied != applied, let after = try shown(node), before != after else { return true }
        let rows = SimulatedNode.changes(from: before, to: after).keys.sorted().map(\.text)
        let sentence = "sealing at \(node.name) changed what people saw: \(rows.joined(separator: ", "))"
        throw Violation("vanishing", sentence)
    }
}
