import ReplicaStore
import SQLiteAccess

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
            try pushSomething(node)
        }
        course.plan(.act(node: node.index), after: course.isHealing ? 2_000 : Int64(course.random.below(4_000)))
    }

    /// Has what people wrote sealed and told to whoever stays, as a server does that watches the file.
    private func pushSomething(_ node: SimulatedNode) throws(Violation) {
        guard course.has(.standingSessions), node.isMember, course.random.chance(60) else { return }
        try supervisor.seal(node)
        try sessions.tellNews(node)
    }

    private func heals(_ node: SimulatedNode) throws(Violation) {
        if node.isMember { try supervisor.seal(node) }
        try rights.restore(by: node)
        try dialDue(node)
    }

    /// Dials whom the node's configuration names; who has not joined yet dials the founder alone.
    private func dialDue(_ node: SimulatedNode) throws(Violation) {
        if node.needsInvitation, !node.isMember, course.isHealing || course.random.chance(30) {
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
        // Whose only way led by somebody who is retired goes to the founder.
        if course.scenario.faults.contains(.endedRights), course.isHealing, origin != 0, !out.contains(0) {
            out.append(0)
        }
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
        case .write: try programs.write(node)
        case .seal: try supervisor.seal(node)
        case .dial: try dialDue(node)
        case .deliverPart: try deliveries.deliverPart(to: node)
        case .carry: try carriers.visit(node)
        case .resolve: if node.role.mayWrite { try commands.resolve(node) }
        case .define: if node.role == .admin { try commands.define(node) }
        case .commitCrime: try forger.commitCrime(node)
        case .alterByHand: if node.role.mayWrite { try handwork.alterByHand(node) }
        case .check: try checker.check(node)
        case .read:
            try readings.readReports(node)
            try previews.preview(node)
        case .clash: try programs.clash(node)
        case .changeRight: try rights.change(by: node)
        }
    }

    /// Things that a node and its people do.
    private enum Deed {
        case write, seal, dial, deliverPart, resolve, define, commitCrime, alterByHand, check, read, clash
        case changeRight, carry
    }

    /// The deeds, each as often as it is done. What only some worlds have is done often in those.
    private var deeds: [Deed] {
        let shares: [(Deed, Int)] = [
            (.write, 60), (.seal, 10), (.dial, 28), (.check, 4), (.read, 6), (.clash, share(.clashes, 15)),
            (.deliverPart, share(.partialDeliveries, 12)), (.resolve, share(.resolving, 25)),
            (.define, share(.schemaChanges, 15)), (.commitCrime, share(.hostileMembers, 8)),
            (.alterByHand, course.scenario.hands.isEmpty ? 0 : 15), (.changeRight, share(.endedRights, 20)),
            (.carry, share(.bundles, 25)),
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
        if course.has(.backups) || course.has(.oldWitnesses) || course.has(.forks) { try backups.backUpOrReturn(node) }
        if course.has(.copies), node.engine != nil, course.random.chance(4) { try backups.copy(node) }
        if course.has(.alteredLogs), course.random.chance(8) { try alteredLogs.alterLog(of: node) }
        if course.has(.damagedFiles), course.random.chance(15) { try damagedFiles.damage(node) }
        guard node.engine != nil, course.has(.crashes), course.random.chance(8) else { return }
        guard course.random.chance(50) else { return try supervisor.crash(node) }
        node.disk.crash(afterWrites: 1 + course.random.below(course.random.pick([5, 40])))
    }
}
