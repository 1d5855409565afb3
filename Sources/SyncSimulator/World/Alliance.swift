import ReplicaModel
import ReplicaSchema
import ReplicaStore
import SQLiteAccess
import SyncEngine

/// The one alliance of a world: its founding, and the invitations by which nodes come into it.
final class Alliance {
    private let course: Course
    private let fleet: Fleet
    private let supervisor: Supervisor
    /// All invitations, in the order in which they were made. One is over at a moment of its maker's clock.
    private var invitations: [(secret: [UInt8], role: Role, expires: Int64)] = []
    /// How many of the last invitations the founder's replica does not know, because it was put back.
    private var lostCount = 0

    init(_ course: Course, _ fleet: Fleet, _ supervisor: Supervisor) {
        self.course = course
        self.fleet = fleet
        self.supervisor = supervisor
    }

    /// Founds the alliance, and lets nodes join that are not late.
    func found() throws(Violation) {
        let founder = fleet.nodes[0]
        founder.disk.wallClock = fleet.moment(of: founder).wall
        do {
            try create(founder, alliance: nil)
            let tables = course.scenario.tables.joined(separator: "\n")
            let schema = try SchemaReader.read(sql: tables, allowIntegerKey: [])
            let (nonce, wall) = (course.random.bytes(16), fleet.moment(of: founder).wall)
            try founder.replica?.admin.found(name: founder.name, schema: schema, nonce: nonce, records: [], now: wall)
        } catch { throw Violation("errors", "the alliance cannot be founded: \(error)") }
        try supervisor.examine(founder)
        let count = fleet.nodes.count
        let late = course.has(.lateJoiners) ? count - 1 - course.random.below(count - 1) : count
        for node in fleet.nodes.dropFirst() where node.index < max(late, 2) { try join(node) }
    }

    private func create(_ node: SimulatedNode, alliance: Bytes32?) throws(StoreError) {
        let replica = try Replica.create(
            path: SimulatedNode.path, site: node.key.site, alliance: alliance, valueBytesMax: Replica.valueBytesDefault,
            on: node.mounted)
        node.engine = fleet.newEngine(replica, of: node)
        try node.connect()
    }

    /// Makes a node with an invitation by the founder, which it redeems whenever it reaches it.
    func join(_ node: SimulatedNode) throws(Violation) {
        guard try invite(node), let alliance = node.request?.alliance else { return }
        do { try create(node, alliance: alliance) } catch {
            throw Violation("errors", "\(node.name) cannot be made: \(error)")
        }
        if course.now > 0 { course.saw(.lateJoiners) }
        course.plan(.act(node: node.index), after: 1)
    }

    /// Returns whether the founder's machine let itself be asked.
    @discardableResult
    func invite(_ node: SimulatedNode) throws(Violation) -> Bool {
        let secret = course.random.bytes(16)
        let founder = fleet.nodes[0]
        let isShort = course.has(.expiredInvitations) && course.random.chance(60)
        let expires = isShort ? fleet.moment(of: founder).wall + Int64(course.random.below(3_000)) : .max
        let made: Void? = try supervisor.act(founder, "invited") { (engine) throws(StoreError) in
            try engine.replica.admin.addInvitation(secret: secret, role: node.invitedAs, expires: expires)
        }
        guard made != nil, let alliance = founder.replica?.alliance else { return false }
        invitations.append((secret, node.invitedAs, expires))
        node.request = JoinRequest(alliance: alliance, secret: secret, name: node.name)
        (node.needsInvitation, node.isRobbed) = (false, false)
        course.note("\(node.name) is invited\(expires == .max ? "" : ", until \(expires)")")
        return true
    }

    /// How many invitations the founder's replica knows.
    var knownCount: Int { invitations.count - lostCount }

    /// Forgets those that a replica does not know which was put back to when it knew so many.
    func forget(after count: Int) { lostCount = invitations.count - count }

    /// Makes those anew that were lost. Invitations are on the disk of who made them alone: people ask for others.
    func inviteAgain() throws(Violation) {
        while lostCount > 0 {
            let (secret, role, expires) = invitations[invitations.count - lostCount]
            let made: Void? = try supervisor.act(fleet.nodes[0], "invited again") { (engine) throws(StoreError) in
                do throws(StoreError) {
                    try engine.replica.admin.addInvitation(secret: secret, role: role, expires: expires)
                } catch {
                    // A commit that failed may have been made all the same.
                    guard case .sqlite = error else { throw error }
                }
            }
            guard made != nil else { return }
            lostCount -= 1
        }
    }
}
