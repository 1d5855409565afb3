import ReplicaModel
import ReplicaStore
import SQLiteAccess
import SyncEngine

/// Sessions that stay once all is exchanged.
extension Sessions {
    /// Tells the sessions of a node what it holds now, as a server does whenever something came or was written.
    func tellNews(_ node: SimulatedNode) throws(Violation) {
        guard course.scenario.faults.contains(.standingSessions) else { return }
        for id in network.links.keys.sorted() {
            guard let link = network.links[id] else { continue }
            for side in 0...1 where link.sides[side].node == node.index {
                guard link.sides[side].session?.hasSettled == true else { continue }
                try move(link, side, "told its peers") { (session, moment) throws(StoreError) in
                    guard let replica = node.replica else { return }
                    if try session.holds(try replica.soundVector(), at: moment) {
                        course.saw(.standingSessions)
                        course.note("link \(link.id): \(node.name) pushes")
                    }
                }
            }
        }
    }

    /// Ends a session that stands, now and then; once everything heals always, or there would be no end. Before that
    /// both sides hold the same.
    func partIfStanding(_ link: SimulatedLink) throws(Violation) {
        guard link.isStanding else { return }
        for side in 0...1 { try tellNews(fleet.nodes[link.sides[side].node]) }
        guard link.isStanding else { return }
        try checkToldAll(link)
        let isLate = course.now - link.lastMove > Self.quietMax
        guard course.isHealing || isLate || course.random.chance(15) else { return }
        link.hasParted = true
        try move(link, 0, "parted") { (session, moment) throws(StoreError) in try session.part(at: moment) }
    }

    /// Milliseconds without a word, after which nobody here waits for the minute in which a ping comes.
    private static let quietMax: Int64 = 60_000

    /// Checks that a session that stands has told all: who has something that the other lacks pushes it.
    private func checkToldAll(_ link: SimulatedLink) throws(Violation) {
        // What waits for its author's admission, or is altered on a disk, is given to nobody. Who was put back and
        // writes before it hears what it wrote once has as much of its feed, and forks are looked for at a hello alone.
        let hinders: Set<Fault> = [
            .partialDeliveries, .alteredLogs, .alteredFrames, .hostileMembers, .copies, .backups, .forks, .bundles,
        ]
        guard !link.isExcused, course.scenario.faults.isDisjoint(with: hinders) else { return }
        let nodes = link.sides.map { fleet.nodes[$0.node] }
        guard nodes[0].held != nodes[1].held else { return }
        throw Violation(
            "told at once", "link \(link.id) stands, and \(nodes[0].name) holds something else than \(nodes[1].name)")
    }
}
