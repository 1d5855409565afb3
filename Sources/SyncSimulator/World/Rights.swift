import ReplicaModel
import ReplicaStore
import SyncEngine

/// Admins who end and lessen the rights of others, give them back, and let count again what was written beyond. Nobody
/// touches the founder, so that everything can be made good in the end.
struct Rights {
    let course: Course
    let fleet: Fleet
    let supervisor: Supervisor

    /// Lets an admin change somebody's right.
    func change(by node: SimulatedNode) throws(Violation) {
        // A copy of the founder's machine is the founder.
        let others = fleet.nodes.filter { ![node.key.site, fleet.nodes[0].key.site].contains($0.key.site) }
        guard node.role == .admin, !node.keepsTransaction, !others.isEmpty else { return }
        let other = course.random.pick(others)
        let role: Role? = course.random.pick([nil, nil, .reader, .member, .admin, other.invitedAs])
        let isReleased = course.random.chance(25)
        let since = course.random.chance(20) ? fleet.moment(of: node).wall - Int64(course.random.below(60_000)) : nil
        let changed = try supervisor.act(node, "changed a right") { (engine) throws(StoreError) -> Int? in
            // Its replica may have come to know otherwise with what was before it at the disk.
            guard try engine.replica.member(node.key.site)?.isAdmin == true,
                let member = try engine.replica.member(other.key.site)
            else { return nil }
            let (admin, now) = (engine.replica.admin, fleet.moment(of: node).wall)
            defer { course.note("\(node.name) changed the right of \(other.name), \(member.role?.rawValue ?? "none")") }
            if isReleased {
                return try admin.release(other.key.site, until: since, now: now)
            }
            return try admin.setRole(of: other.key.site, to: role, since: role == .admin ? nil : since, now: now)
        }
        if case .some(.some) = changed { course.saw(.endedRights) }
    }

    /// Has the founder give back what others had at first, once everything heals.
    func restore(by founder: SimulatedNode) throws(Violation) {
        // A copy of the founder's machine may have ended the right of the only one that it ever meets.
        guard course.scenario.faults.contains(.endedRights), founder.isMember,
            founder.key.site == fleet.nodes[0].key.site
        else { return }
        for node in fleet.nodes where node.key.site != founder.key.site && (node.life > 0 || node.engine != nil) {
            _ = try supervisor.act(founder, "gave a right back") { (engine) throws(StoreError) -> Int? in
                guard let member = try engine.replica.member(node.key.site), member.role == nil else { return nil }
                return try engine.replica.admin.setRole(
                    of: node.key.site, to: node.invitedAs, since: nil, now: fleet.moment(of: founder).wall)
            }
        }
    }
}
