import ReplicaModel
import ReplicaStore
import SQLiteAccess

/// The backup that a person made of a node, and what else is put back with it.
struct Backup {
    /// A way of putting it back. The files of an image are all of one moment.
    enum Way: CaseIterable {
        /// All files, as other files: onto a new disk, or from an archive.
        case whole
        /// All files but the witness, into the files that are there.
        case inPlace
        /// All files but the witness, as other files.
        case onlyReplica
        /// All files, into those that are there, as a machine is put back to an image of its whole disk: nothing on it
        /// tells that it was.
        case image
    }

    let files: [String: [UInt8]]
    let held: Vector
    let applied: Vector
    let said: (held: Vector, applied: Vector)
    let writtenUnder: Vector?
    let isMember: Bool
    /// The role by the roster that it has.
    let role: Role
    /// Tables before a program failed to commit what the log of the disk has all the same; nil where none did.
    let before: Tables?
    let mark: NothingVanishes.Mark
    let invitationCount: Int
}

/// Backups that people made, and replicas that are put back to one: what was done since is gone from this node, and
/// nothing else may be.
final class Backups {
    private let course: Course
    private let fleet: Fleet
    private let examiner: Examiner
    private let supervisor: Supervisor
    private let alliance: Alliance
    /// Backups by the number of their node, the oldest first.
    private var made: [Int: [Backup]] = [:]

    init(_ course: Course, _ fleet: Fleet, _ examiner: Examiner, _ supervisor: Supervisor, _ alliance: Alliance) {
        self.course = course
        self.fleet = fleet
        self.examiner = examiner
        self.supervisor = supervisor
        self.alliance = alliance
    }

    /// Copies what a machine has; nil where it does not let itself be read. One that stopped between sealing and
    /// telling the witness does so before anybody copies its files.
    private func backup(of node: SimulatedNode) throws(Violation) -> Backup? {
        guard node.isMember else { return nil }
        let told: Void? = try supervisor.act(node, "told the witness") { (engine) throws(StoreError) in
            try engine.replica.exchange.witness()
        }
        guard told != nil, !node.disk.hasFailed || isCheckpointed(node) else { return nil }
        return Backup(
            files: node.disk.image, held: node.held, applied: node.applied, said: node.said,
            writtenUnder: node.writtenUnder, isMember: node.isMember, role: node.role, before: node.before,
            mark: examiner.rules.vanishing.mark(node), invitationCount: alliance.knownCount)
    }

    /// Empties the log of the disk. What a node failed to commit may stand there all the same: a copy of the files
    /// would have it, and the node not.
    private func isCheckpointed(_ node: SimulatedNode) -> Bool {
        let result = try? node.client().rows("PRAGMA wal_checkpoint(TRUNCATE)")
        return result?.first?.first == .integer(0)
    }

    /// Copies a machine with its key; the copy begins some time later.
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

    /// Backs a node up, or stops its machine to put a backup back, now and then.
    func backUpOrReturn(_ node: SimulatedNode) throws(Violation) {
        let isBackedUp = course.has(.backups) || course.has(.oldWitnesses) || course.has(.forks)
        if isBackedUp, course.random.chance(12), let backup = try backup(of: node) {
            course.note("\(node.name) is backed up")
            made[node.index, default: []].append(backup)
        }
        guard node.engine != nil, let backups = made[node.index], course.random.chance(8) else { return }
        guard course.has(.backups) || course.has(.forks) else { return try supervisor.crash(node) }
        let way = course.has(.forks) ? .image : course.random.pick(waysThatTell)
        node.returning = (course.random.pick(backups), way)
        try supervisor.crash(node)
    }

    /// The ways to put back that can be told: in the same files, with a witness as old as the replica, nothing could.
    private var waysThatTell: [Backup.Way] {
        let mayBeInPlace = !course.scenario.faults.contains(.oldWitnesses)
        return Backup.Way.allCases.filter { $0 != .image && ($0 != .inPlace || mayBeInPlace) }
    }

    /// Puts back, while the machine is off, of all its files the witness alone, into the same file or another.
    func putWitnessBack(_ node: SimulatedNode) {
        guard course.has(.oldWitnesses), node.returning == nil, course.random.chance(50),
            let witness = made[node.index]?.last?.files.first(where: { $0.key.hasSuffix("-witness") })
        else { return }
        course.note("\(node.name) has an older witness beside its replica")
        course.saw(.oldWitnesses)
        node.disk.putBack(witness.key, witness.value, isNew: course.random.chance(50))
    }

    /// Puts back, while the machine is off, the backup that was chosen when it stopped.
    func putBack(_ node: SimulatedNode) {
        guard let (backup, way) = node.returning else { return }
        node.returning = nil
        course.note("\(node.name) is put back: \(way)")
        course.saw(.backups)
        let (hasWitness, isNew) = ([.whole, .image].contains(way), [.whole, .onlyReplica].contains(way))
        node.disk.putBack(backup.files, except: hasWitness ? nil : "-witness", isNew: isNew)
        (node.held, node.applied, node.said) = (backup.held, backup.applied, backup.said)
        (node.writtenUnder, node.before) = (backup.writtenUnder, backup.before)
        (node.isMember, node.role) = (backup.isMember, backup.role)
        node.earliestClock = .min
        if node.index == 0 { alliance.forget(after: backup.invitationCount) }
        examiner.rules.vanishing.wasPutBack(node, to: backup.mark)
    }
}
