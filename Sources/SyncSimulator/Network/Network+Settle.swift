import SyncEngine
import SyncProtocol

/// The end of a link, and what may be asked of it.
extension Network {
    /// Ends a link once both sides are through: the one that dialled knows whether it must try again.
    func settle(_ link: SimulatedLink) throws(Violation) {
        guard link.sides.allSatisfy({ $0.session == nil }), remove(link) else { return }
        let (dialler, listener) = (fleet.nodes[link.sides[0].node], fleet.nodes[link.sides[1].node])
        if !isExcused(link) {
            // What the other side pushes at the moment in which this one parts is for the next session.
            let judged = link.hasParted ? link.sides.prefix(1) : link.sides[...]
            try HonestEnd.check(judged.map(\.end), of: [dialler.name, listener.name], link: link.id)
        }
        noteWornInvitation(dialler, link.sides[0].end)
        if dialler.life == link.sides[0].life { tried(dialler, listener, hasFailed: link.sides[0].end != .done) }
    }

    private func noteWornInvitation(_ dialler: SimulatedNode, _ end: SessionEnd?) {
        guard case .refusedByPeer(let refusal)? = end, !dialler.isMember else { return }
        switch refusal.code {
        case .invitationExpired:
            course.saw(.expiredInvitations)
            dialler.needsInvitation = true
        case .invitationUsed where dialler.isRobbed: dialler.needsInvitation = true
        default: break
        }
    }

    /// Whether something excuses any end of the link.
    private func isExcused(_ link: SimulatedLink) -> Bool {
        link.isExcused || link.wasAmongStrangers || isAmongStrangers(link) || hasEndedAtSpoilt(link)
            || hasEndedAtRetired(link) || hasEndedAtFork(link)
    }

    /// Whether one side found out that a feed went two ways: the next session looks for what both have.
    private func hasEndedAtFork(_ link: SimulatedLink) -> Bool {
        course.scenario.faults.contains(.forks)
            && link.sides.contains { $0.end?.ownRefusal == .fork || $0.end?.refusalByPeer == .fork }
    }

    /// Whether one side came to what its disk had altered, or cannot show who it is without that.
    private func hasEndedAtSpoilt(_ link: SimulatedLink) -> Bool {
        (0...1).contains { side in
            let end = link.sides[side].end
            let isSpoilt = end?.ownRefusal == .unavailable || end?.refusalByPeer == .stranger
            return isSpoilt && !fleet.nodes[link.sides[side].node].altered.isEmpty
        }
    }

    /// Whether one side knows that the right of the other was ended.
    private func hasEndedAtRetired(_ link: SimulatedLink) -> Bool {
        guard course.scenario.faults.contains(.endedRights) else { return false }
        let nodes = link.sides.map { fleet.nodes[$0.node] }
        return isRetired(nodes[0], by: nodes[1]) || isRetired(nodes[1], by: nodes[0])
            || link.sides.contains { $0.end?.ownRefusal == .retired || $0.end?.refusalByPeer == .retired }
    }

    private func isRetired(_ one: SimulatedNode, by other: SimulatedNode) -> Bool {
        guard let member = try? other.replica?.member(one.key.site) else { return false }
        return member.role == nil
    }

    /// Whether one of them has not joined yet, or neither has heard of the other: nobody could show that they belong
    /// together.
    private func isAmongStrangers(_ link: SimulatedLink) -> Bool {
        let (one, other) = (fleet.nodes[link.sides[0].node], fleet.nodes[link.sides[1].node])
        return !one.isMember || !other.isMember || !haveHeard(one, other)
    }

    func haveHeard(_ one: SimulatedNode, _ other: SimulatedNode) -> Bool {
        (try? one.replica?.member(other.key.site)?.role) != nil
            || (try? other.replica?.member(one.key.site)?.role) != nil
    }

    func tried(_ dialler: SimulatedNode, _ listener: SimulatedNode, hasFailed: Bool) {
        dialler.schedule.tried(listener.name, hasFailed: hasFailed, at: course.now, using: &course.random)
    }

    /// Tells the links of a machine that it has stopped. Its peers hear of it, or wait for an answer that never comes.
    func stopped(_ node: SimulatedNode) throws(Violation) {
        for id in links.keys.sorted() {
            guard let link = links[id] else { continue }
            for side in 0...1 where link.sides[side].node == node.index {
                link.isExcused = true
                link.close(side)
                if course.random.chance(70) { breakOff(link) }
                try settle(link)
            }
        }
    }
}
