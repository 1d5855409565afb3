import ReplicaModel
import ReplicaStore

/// What a person's backup has of a node, and what else is put back with it.
struct Backup {
    /// How it is put back. The files of an image are all of one moment.
    enum Way: CaseIterable {
        /// All files, as other files: onto a new disk, or from an archive.
        case whole
        /// All files but the witness, into the files that are there.
        case inPlace
        /// All files but the witness, as other files.
        case onlyReplica
    }

    let files: [String: [UInt8]]
    let held: Vector
    let applied: Vector
    let writtenUnder: Vector?
    let isMember: Bool
    /// Where a program had failed to commit what the log of the disk has all the same.
    let before: Tables?
    let mark: NothingVanishes.Mark
    let invitationCount: Int
}

/// Backups, and replicas that are put back to one: what was done since is gone from this node, and nothing else may be.
extension World {
    /// Nil where the machine does not let itself be read. One that stopped between sealing and telling the witness does so before anybody copies its
    /// files.
    private func backup(of node: SimulatedNode) throws(Violation) -> Backup? {
        guard node.isMember, try supervisor.act(node, "told the witness", { (engine) throws(StoreError) in try engine.replica.witness() }) != nil else { return nil }
        guard !node.disk.hasFailed || isCheckpointed(node) else { return nil }
        return Backup(
            files: node.disk.image, held: node.held, applied: node.applied, writtenUnder: node.writtenUnder, isMember: node.isMember,
            before: node.before, mark: examiner.rules.vanishing.mark(node), invitationCount: invitations.count - node.invitationsLost)
    }

    /// What a node failed to commit may stand in the log of the disk all the same: a copy of the files would have it, and the node not. So it is out of the log
    /// before anybody copies.
    private func isCheckpointed(_ node: SimulatedNode) -> Bool {
        let result = try? RawClient(path: SimulatedNode.path, on: node.mounted).rows("PRAGMA wal_checkpoint(TRUNCATE)")
        return result?.first?.first == .integer(0)
    }

    /// The copy begins some time later.
    func copy(_ node: SimulatedNode) throws(Violation) {
        guard fleet.nodes.count < 2 * course.scenario.nodeCount, let backup = try backup(of: node) else { return }
        let copy = SimulatedNode(index: fleet.nodes.count, copying: node, backup)
        fleet.add(copy)
        course.note("\(node.name) is copied: \(copy.name)")
        course.saw(.copies)
        examiner.rules.vanishing.wasCopied(backup.mark, to: copy)
        let start = course.now + Int64(course.random.below(20_000))
        course.plan(.restart(node: copy.index), at: start)
        course.plan(.act(node: copy.index), at: start + 1)
    }

    func backUpOrReturn(_ node: SimulatedNode) throws(Violation) {
        if course.has(.backups) || course.has(.oldWitnesses), course.random.chance(12), let backup = try backup(of: node) {
            course.note("\(node.name) is backed up")
            node.backups.append(backup)
        }
        guard node.engine != nil, !node.backups.isEmpty, course.random.chance(8) else { return }
        guard course.has(.backups) else { return try supervisor.crash(node) }
        // In the same files, with a witness as old as the replica, nothing could tell.
        let ways = Backup.Way.allCases.filter { $0 != .inPlace || !course.scenario.faults.contains(.oldWitnesses) }
        node.returning = (course.random.pick(node.backups), course.random.pick(ways))
        try supervisor.crash(node)
    }

    /// While the machine is off: of all its files the witness alone is that of a backup, in the same file or in another.
    func putWitnessBack(_ node: SimulatedNode) {
        guard course.has(.oldWitnesses), node.returning == nil, course.random.chance(50), let backup = node.backups.last,
            let witness = backup.files.first(where: { $0.key.hasSuffix("-witness") })
        else { return }
        course.note("\(node.name) has an older witness beside its replica")
        course.saw(.oldWitnesses)
        node.disk.putBack(witness.key, witness.value, isNew: course.random.chance(50))
    }

    /// While the machine is off.
    func putBack(_ node: SimulatedNode) {
        guard let (backup, way) = node.returning else { return }
        node.returning = nil
        course.note("\(node.name) is put back: \(way)")
        course.saw(.backups)
        node.disk.putBack(backup.files, except: way == .whole ? nil : "-witness", isNew: way != .inPlace)
        (node.held, node.applied, node.writtenUnder, node.isMember) = (backup.held, backup.applied, backup.writtenUnder, backup.isMember)
        node.before = backup.before
        node.earliestClock = .min
        if node.index == 0 { node.invitationsLost = invitations.count - backup.invitationCount }
        examiner.rules.vanishing.wasPutBack(node, to: backup.mark)
    }

    /// Invitations are on the disk of who made them alone: people ask for others.
    func inviteAgain(_ founder: SimulatedNode) throws(Violation) {
        while founder.invitationsLost > 0 {
            let (secret, role, expires) = invitations[invitations.count - founder.invitationsLost]
            let made: Void? = try supervisor.act(founder, "invited again") { (engine) throws(StoreError) in
                do throws(StoreError) { try engine.replica.addInvitation(secret: secret, role: role, expires: expires) } catch {
                    // A commit that failed may have been made all the same.
                    guard case .sqlite = error else { throw error }
                }
            }
            guard made != nil else { return }
            founder.invitationsLost -= 1
        }
    }

    /// What a node holds and does not apply waits for what was lost with a disk, after what builds on it was passed on.
    func waitsForGood(_ node: SimulatedNode) -> Bool {
        guard course.scenario.faults.contains(.backups) else { return false }
        return node.held.allSatisfy { feed, seq in
            let done = node.applied[feed] ?? 0
            guard done < seq else { return true }
            return examiner.universe[.init(feed: feed, seq: done + 1)]?.context.contains { node.applied[$0.key] ?? 0 < $0.value } ?? false
        }
    }

    /// Changesets of that kind.
    func waitingForGood(_ node: SimulatedNode) -> Int {
        waitsForGood(node) ? node.held.reduce(0) { $0 + Int($1.value - (node.applied[$1.key] ?? 0)) } : 0
    }
}
