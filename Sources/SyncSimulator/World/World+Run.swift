import ReplicaModel
import ReplicaStore
import SyncEngine

/// A run: an alliance is founded, faults strike while people write and nodes meet, everything heals, and all must be the same.
extension World {
    package func run() throws(Violation) {
        try found()
        for node in fleet.nodes where node.engine != nil { course.plan(.act(node: node.index), after: Int64(course.random.below(1_000))) }
        while actsLeft > 0 { try step() }
        try heal()
        let deadline = course.now + Self.healingMax
        while let missing = unfinished() {
            guard course.now < deadline else {
                let sentence = "nothing went wrong for \(Self.healingMax / 60_000) minutes, and still \(missing)"
                throw Violation(fleet.nodes.contains { isPoisoned($0) } ? "poison" : "liveness", sentence)
            }
            try step()
        }
        try meetInCalm()
        try checkEnd()
    }

    /// What honest nodes sealed is applied everywhere in the end, whatever others did: nothing stops in front of it for good.
    func isPoisoned(_ node: SimulatedNode) -> Bool { node.isMember && node.applied != node.held && !waitsForGood(node) }

    /// Far more than what every node's rest after failures adds up to along the longest path.
    private static let healingMax: Int64 = 4 * 3_600_000

    /// The next thing that happens.
    func step() throws(Violation) {
        guard let event = course.goOn() else { throw Violation("liveness", "nothing happens any more, and not all is the same") }
        try meddling?(self)
        switch event {
        case .act(let index): try actOnce(fleet.nodes[index])
        case .arrive(let id, let side): if let link = network.links[id] { try arrive(link, side) }
        case .tick(let id):
            if let link = network.links[id] {
                try checkMoves(link)
                try tick(link)
            }
        case .restart(let index): try restart(fleet.nodes[index])
        case .commit(let index): try commitOpen(fleet.nodes[index])
        }
    }

    /// On a link of which nothing was lost somebody always has something to say until both sides are through: else one waits for what
    /// the other does not know that it owes.
    private func checkMoves(_ link: SimulatedLink) throws(Violation) {
        guard !link.isExcused, link.sides.allSatisfy({ $0.coming.isEmpty }), course.now - link.lastMove > Self.stillMax else { return }
        throw Violation("liveness", "link \(link.id) between \(fleet.nodes[link.sides[0].node].name) and \(fleet.nodes[link.sides[1].node].name) stands still")
    }

    /// A stranger is given ten seconds to show itself.
    private static let stillMax: Int64 = 20_000

    private func found() throws(Violation) {
        let founder = fleet.nodes[0]
        founder.disk.wallClock = fleet.moment(of: founder).wall
        do {
            try create(founder, alliance: nil)
            let schema = try SchemaReader.read(sql: course.scenario.tables.joined(separator: "\n"), allowIntegerKey: [])
            try founder.replica?.found(name: founder.name, schema: schema, nonce: course.random.bytes(16), records: [], with: founder.key, now: fleet.moment(of: founder).wall)
        } catch { throw Violation("errors", "the alliance cannot be founded: \(error)") }
        try supervisor.examine(founder)
        let late = course.has(.lateJoiners) ? fleet.nodes.count - 1 - course.random.below(fleet.nodes.count - 1) : fleet.nodes.count
        for node in fleet.nodes.dropFirst() where node.index < max(late, 2) { try join(node) }
    }

    func create(_ node: SimulatedNode, alliance: Bytes32?) throws(StoreError) {
        let replica = try Replica.create(path: SimulatedNode.path, site: node.key.site, alliance: alliance, valueBytesMax: Replica.valueBytesDefault, on: node.mounted)
        node.engine = fleet.newEngine(replica, of: node)
        try node.connect()
    }

    /// An invitation by the founder, which the node redeems whenever it reaches it.
    func join(_ node: SimulatedNode) throws(Violation) {
        guard try invite(node), let alliance = node.request?.alliance else { return }
        do { try create(node, alliance: alliance) } catch { throw Violation("errors", "\(node.name) cannot be made: \(error)") }
        if course.now > 0 { course.saw(.lateJoiners) }
        course.plan(.act(node: node.index), after: 1)
    }

    /// Returns whether the founder's machine let itself be asked.
    func invite(_ node: SimulatedNode) throws(Violation) -> Bool {
        let secret = course.random.bytes(16)
        let founder = fleet.nodes[0]
        let expires = course.has(.expiredInvitations) && course.random.chance(60) ? fleet.moment(of: founder).wall + Int64(course.random.below(3_000)) : .max
        let made: Void? = try supervisor.act(founder, "invited") { (engine) throws(StoreError) in
            try engine.replica.addInvitation(secret: secret, role: node.role, expires: expires)
        }
        guard made != nil, let alliance = founder.replica?.alliance else { return false }
        invitations.append((secret, node.role, expires))
        node.request = JoinRequest(alliance: alliance, secret: secret, name: node.name)
        node.hasOutlivedItsInvitation = false
        course.note("\(node.name) is invited\(expires == .max ? "" : ", until \(expires)")")
        return true
    }

    /// Faults end; machines start; links that broke are heard of.
    private func heal() throws(Violation) {
        course.isHealing = true
        network.heal()
        course.note("everything heals")
        for node in fleet.nodes {
            node.disk.repair()
            node.second = nil
            if node.keepsTransaction { try commitOpen(node) }
            if node.engine == nil, node.life > 0 { try restart(node) }
            node.disk.neverCrash()
        }
        try inviteAgain(fleet.nodes[0])
        for node in fleet.nodes where !node.altered.isEmpty { try findAltered(node) }
        for node in fleet.nodes where node.engine == nil && node.life == 0 { try join(node) }
        for node in fleet.nodes { course.plan(.act(node: node.index), after: Int64(course.random.below(1_000))) }
    }

    /// What is still to be done until all is the same; nil if nothing is.
    func unfinished() -> String? {
        for node in fleet.nodes {
            if !node.isMember { return "\(node.name) has not joined" }
            if node.held != fleet.nodes[0].held { return "\(node.name) does not hold what \(fleet.nodes[0].name) holds" }
            if node.applied != node.held, !waitsForGood(node) { return "\(node.name) does not apply all that it holds" }
            if node.writtenUnder != nil { return "\(node.name) has something to seal" }
            if isSpoilt(node) { return "\(node.name) lacks what its disk altered" }
        }
        return network.links.isEmpty ? nil : "\(network.links.count) links are open"
    }
}
