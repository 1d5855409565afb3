import ReplicaModel

/// Changesets that will never be applied: what they build on was lost with a disk, after they were passed on.
extension Examiner {
    /// Whether all that a node holds and does not apply waits for what was lost so.
    func waitsForGood(_ node: SimulatedNode) -> Bool {
        guard !course.scenario.faults.isDisjoint(with: [.backups, .forks]) else { return false }
        return node.held.allSatisfy { feed, seq in
            let done = max(node.applied[feed] ?? 0, feed.numberBefore)
            guard done < seq else { return true }
            let next = universe[.init(feed: feed, seq: done + 1)]
            return next?.context.contains { node.applied[$0.key] ?? 0 < $0.value } ?? false
        }
    }

    /// Counts the changesets of that kind.
    func waitingForGood(_ node: SimulatedNode) -> Int {
        guard waitsForGood(node) else { return 0 }
        return node.held.reduce(0) { $0 + Int($1.value - max(node.applied[$1.key] ?? 0, $1.key.numberBefore)) }
    }

    /// Whether what honest nodes sealed is not applied, and will not be. It is applied everywhere in the end, whatever
    /// others did: nothing stops in front of it for good.
    func isPoisoned(_ node: SimulatedNode) -> Bool {
        node.isMember && node.applied != node.held && !waitsForGood(node)
    }
}
