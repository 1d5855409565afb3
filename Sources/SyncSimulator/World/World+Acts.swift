import ReplicaModel
import ReplicaStore
import SyncEngine

/// Deeds of nodes and their people, and what befalls their machines.
extension World {
    /// Lets a node do something, and plans when it does the next thing.
    func actOnce(_ node: SimulatedNode) throws(Violation) {
        guard node.engine != nil else {
            if !course.isHealing || node.life > 0 { course.plan(.act(node: node.index), after: 2_000) }
            return
        }
        if course.isHealing {
            try heals(node)
        } else {
            actsLeft -= 1
            try doSomething(node)
        }
        course.plan(.act(node: node.index), after: course.isHealing ? 2_000 : Int64(course.random.below(4_000)))
    }

    private func heals(_ node: SimulatedNode) throws(Violation) {
        if node.isMember { try supervisor.seal(node) }
        try dialDue(node)
    }

    /// Dials whom the node's configuration names; who has not joined yet dials the founder alone.
    private func dialDue(_ node: SimulatedNode) throws(Violation) {
        if node.hasOutlivedItsInvitation, !node.isMember, course.isHealing || course.random.chance(30) {
            try alliance.invite(node)
        }
        for index in node.isMember ? partners(of: node) : [0] {
            let listener = fleet.nodes[index]
            let isDue = node.schedule.isDue(listener.name, at: course.now)
            if isDue, !network.isLinked(node.index, index) { try sessions.dial(node, listener) }
        }
    }

    /// Nodes that a member dials. Whoever has a copy cannot be dialled, for nobody knows where it is: so it dials
    /// those, too, that dialled the first of its kind.
    private func partners(of node: SimulatedNode) -> [Int] {
        let origin = node.origin ?? node.index
        var out = course.scenario.edges.filter { $0.dialler == origin }.map(\.listener)
        if node.origin != nil { out += course.scenario.edges.filter { $0.listener == origin }.map(\.dialler) }
        // A founder that was put back may have forgotten whom it let in. They still have its address, and show
        // themselves.
        if fleet.nodes[0].replicaLife > 0, origin != 0, !out.contains(0) { out.append(0) }
        return out
    }

    private func doSomething(_ node: SimulatedNode) throws(Violation) {
        if course.has(.lateJoiners), let late = fleet.nodes.first(where: { $0.engine == nil && $0.life == 0 }),
            course.random.chance(10)
        {
            try alliance.join(late)
        }
        try strike(node)
        guard node.engine != nil, node.isMember else { return try dialDue(node) }
        try supervisor.beginOrEndProcess(node)
        switch course.random.pick(deeds) {
        case .write: try write(node)
        case .seal: try supervisor.seal(node)
        case .dial: try dialDue(node)
        case .deliverPart: try deliverPart(to: node)
        case .resolve: if node.role.mayWrite { try resolve(node) }
        case .define: if node.role == .admin { try define(node) }
        case .commitCrime: try forger.commitCrime(node)
        case .alterByHand: if node.role.mayWrite { try alterByHand(node) }
        case .check: try checker.check(node)
        case .read: try readings.readReports(node)
        case .clash: try clash(node)
        }
    }

    /// Things that a node and its people do.
    private enum Deed {
        case write, seal, dial, deliverPart, resolve, define, commitCrime, alterByHand, check, read, clash
    }

    /// Each deed as often as it is done. What only some worlds have is done often in those.
    private var deeds: [Deed] {
        let shares: [(Deed, Int)] = [
            (.write, 60), (.seal, 10), (.dial, 28), (.check, 4), (.read, 6), (.clash, share(.clashes, 15)),
            (.deliverPart, share(.partialDeliveries, 12)), (.resolve, share(.resolving, 25)),
            (.define, share(.schemaChanges, 15)), (.commitCrime, share(.hostileMembers, 8)),
            (.alterByHand, course.scenario.hands.isEmpty ? 0 : 15),
        ]
        return shares.flatMap { Array(repeating: $0.0, count: $0.1) }
    }

    private func share(_ fault: Fault, _ share: Int) -> Int { course.has(fault) ? share : 0 }

    /// Lets faults strike the node's machine or the network, now and then.
    private func strike(_ node: SimulatedNode) throws(Violation) {
        if course.has(.clockSteps), course.random.chance(5) {
            node.skew = fleet.drawSkew()
            course.saw(.clockSteps)
            node.earliestClock = min(node.earliestClock, fleet.moment(of: node).wall)
        }
        if course.has(.partitions), course.random.chance(3) { network.partition() }
        if course.has(.diskErrors), course.random.chance(5) {
            let (kind, after) = (course.random.pick([DiskFault.broken, .full]), course.random.below(30))
            node.disk.fail(kind, afterWrites: after, lasting: course.random.pick([1, 1, 3, 20]))
        }
        if course.has(.backups) || course.has(.oldWitnesses) { try backups.backUpOrReturn(node) }
        if course.has(.copies), node.engine != nil, course.random.chance(4) { try backups.copy(node) }
        if course.has(.alteredLogs), course.random.chance(8) { try alteredLogs.alterLog(of: node) }
        guard node.engine != nil, course.has(.crashes), course.random.chance(8) else { return }
        guard course.random.chance(50) else { return try supervisor.crash(node) }
        node.disk.crash(afterWrites: 1 + course.random.below(course.random.pick([5, 40])))
    }

    private func resolve(_ node: SimulatedNode) throws(Violation) {
        guard !node.keepsTransaction, let conflicts = try supervisor.act(node, "listed", { (engine) throws(StoreError) in try engine.replica.conflicts() }) else { return }
        // A site's rows of the ledger are written together or not at all. They conflict where a copy of the site writes, too.
        let listed = conflicts.filter { $0.table != "ledger" }
        guard !listed.isEmpty else { return }
        let report = course.random.pick(listed)
        let resolution: Resolution
        switch report.kind {
        case .cell(let column, _, let candidates):
            resolution = course.random.chance(50) ? .takeShown(column: column) : .takeSite(column: column, site: course.random.pick(candidates).write.site)
        case .deletedEdited: resolution = course.random.chance(50) ? .keepRow : .deleteRow
        case .kept: resolution = .keepRow
        case .duplicate(_, let keys): resolution = .mergeInto(key: keys[keys.count - 1], taking: [])
        case .invalid: resolution = .deleteRow
        }
        course.note("\(node.name) settles \(report.kindName)")
        course.saw(.resolving)
        var isDone = false
        try supervisor.writing(node, "settled") { (node) throws(StoreError) in
            guard let replica = (node.second ?? node.engine)?.replica else { return }
            do throws(StoreError) { try Resolver(replica: replica, now: self.fleet.moment(of: node).wall).resolve(resolution, table: report.table, key: report.key) } catch {
                // What refers to the row, or somebody deleted it since it was sealed: a person would be told.
                switch error {
                case .wrongSQL, .notFound: return
                default: throw error
                }
            }
            isDone = true
            // What is shown already was taken: nothing is seen of it, and it is a write. That a row stays is none.
            if resolution == .keepRow { return }
            self.examiner.rules.vanishing.happened(at: node, [RowName(table: report.table, key: report.key): .written([:])])
        }
        guard try supervisor.seal(node), isDone, node.engine != nil, node.writtenUnder == nil,
            let after = try supervisor.act(node, "listed", { (engine) throws(StoreError) in try engine.replica.conflicts() })
        else { return }
        try SettledCloses.check(report, resolution, after: after, at: node.name)
    }

    private func define(_ node: SimulatedNode) throws(Violation) {
        guard !node.keepsTransaction else { return }
        try supervisor.seal(node)
        let isDefined = try supervisor.act(node, "defined") { (engine) throws(StoreError) in
            let schema = try engine.replica.schema()
            let operations = SchemaChanges.draw(schema, site: node.index, &course.random)
            guard !operations.isEmpty else { return false }
            do throws(StoreError) { try engine.replica.define(operations, with: node.key, now: fleet.moment(of: node).wall) } catch {
                // Rows that are equal already: the admin would be told.
                guard case .schema = error else { throw error }
                return false
            }
            return true
        }
        if isDefined == true { course.saw(.schemaChanges) }
        course.note("\(node.name) defines")
    }
}
