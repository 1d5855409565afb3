/// A run: an alliance is founded, faults strike while people write and nodes meet, everything heals, and all must be
/// the same.
extension World {
    package func run() throws(Violation) {
        try alliance.found()
        planActs(of: nodes.filter { $0.engine != nil })
        while actsLeft > 0 { try step() }
        try heal()
        let deadline = course.now + Self.healingMax
        while let missing = unfinished() {
            guard course.now < deadline else {
                let sentence = "nothing went wrong for \(Self.healingMax / 60_000) minutes, and still \(missing)"
                throw Violation(nodes.contains { examiner.isPoisoned($0) } ? "poison" : "liveness", sentence)
            }
            try step()
        }
        try meetInCalm()
        try checker.checkEnd()
    }

    /// Milliseconds: far more than what every node's rest after failures adds up to along the longest path.
    private static let healingMax: Int64 = 4 * 3_600_000

    /// Lets the next thing happen.
    func step() throws(Violation) {
        guard let event = course.goOn() else {
            throw Violation("liveness", "nothing happens any more, and not all is the same")
        }
        try meddling?(self)
        switch event {
        case .act(let index): try actOnce(nodes[index])
        case .arrive(let id, let side): if let link = network.links[id] { try sessions.arrive(link, side) }
        case .tick(let id): if let link = network.links[id] { try sessions.tick(link) }
        case .restart(let index): try restart(nodes[index])
        case .commit(let index): try programs.commitOpen(nodes[index])
        }
    }

    /// Ends all faults, and starts machines; links that broke are heard of.
    private func heal() throws(Violation) {
        course.isHealing = true
        network.heal()
        course.note("everything heals")
        for node in nodes {
            node.disk.repair()
            node.second = nil
            if node.keepsTransaction { try programs.commitOpen(node) }
            if node.engine == nil, node.life > 0 { try restart(node) }
            node.disk.neverCrash()
        }
        try alliance.inviteAgain()
        for node in nodes where !node.altered.isEmpty { try alteredLogs.findAltered(node) }
        for node in nodes where node.engine == nil && node.life == 0 { try alliance.join(node) }
        planActs(of: nodes)
    }

    private func planActs(of nodes: [SimulatedNode]) {
        for node in nodes { course.plan(.act(node: node.index), after: Int64(course.random.below(1_000))) }
    }

    /// Says what is still to be done until all is the same; nil if nothing is.
    private func unfinished() -> String? {
        for node in nodes {
            if !node.isMember { return "\(node.name) has not joined" }
            if node.held != nodes[0].held { return "\(node.name) does not hold what \(nodes[0].name) holds" }
            if node.applied != node.held, !examiner.waitsForGood(node) {
                return "\(node.name) does not apply all that it holds"
            }
            if node.writtenUnder != nil { return "\(node.name) has something to seal" }
            if AlteredLogs.isSpoilt(node) { return "\(node.name) lacks what its disk altered" }
        }
        return network.links.isEmpty ? nil : "\(network.links.count) links are open"
    }
}
