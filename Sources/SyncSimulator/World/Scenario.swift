import SyncEngine

/// All that a seed decides before anything happens.
package struct Scenario: Sendable {
    package let seed: UInt64
    package var faults: Set<Fault>
    package var nodeCount: Int
    /// Pairs of nodes, by number: the first dials the second.
    package var edges: [(dialler: Int, listener: Int)]
    /// How many things nodes do in all, before everything heals.
    package var actCount: Int
    package var tables: [String]
    /// Keys of one table: few, so that everything collides.
    package var keyCount: Int
    /// Kinds of statements that people use; some are absent from a run.
    package var statementKinds: [WriterSQL.Kind]
    /// Hands that people lay on the schema; none in most worlds.
    package var hands: [Hand]
    /// The weight that nodes apply in one transaction; in most worlds there is no end of it.
    package private(set) var sliceWeight = Int.max

    package init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        self.seed = seed
        faults = Set(Fault.allCases.filter { !Self.drawnLater.contains($0) && random.chance($0.percent) })
        // A large changeset is resumed only where something breaks off within it.
        if faults.contains(.largeChangesets), random.chance(70) { faults.insert(.cuts) }
        nodeCount = Self.nodeCount(&random)
        edges = Self.edges(nodeCount, &random)
        actCount = random.pick([15, 30, 30, 60, 60, 120]) + 4 * nodeCount
        tables = WorldSchema.draw(&random)
        keyCount = random.pick([2, 3, 3, 6])
        hands = random.chance(25) ? Hand.allCases.filter { _ in random.chance(40) } : []
        statementKinds = Array(WriterSQL.Kind.allCases.shuffled(using: &random).dropLast(random.below(4)))
        // Drawn last, so that most kept seeds are the worlds that they were.
        if random.chance(Fault.alteredLogs.percent), mayAlterLogs { faults.insert(.alteredLogs) }
        var another = SeededGenerator(seed: seed ^ 0x57A2D)
        if another.chance(Fault.standingSessions.percent) { faults.insert(.standingSessions) }
        if another.chance(Fault.endedRights.percent) { faults.insert(.endedRights) }
        sliceWeight = another.chance(30) ? another.pick([1, 20, 100]) : .max
        if another.chance(Fault.bundles.percent) { faults.insert(.bundles) }
        if another.chance(Fault.damagedFiles.percent) { faults.insert(.damagedFiles) }
        if another.chance(Fault.forks.percent), mayFork { faults.insert(.forks) }
    }

    private static let drawnLater: Set<Fault> = [
        .alteredLogs, .standingSessions, .endedRights, .bundles, .damagedFiles, .forks,
    ]

    /// The memory that nodes have: little where changesets are large, so that these go through the file.
    var memoryLimits: MemoryLimits {
        faults.contains(.largeChangesets) ? MemoryLimits(batchBytes: 1 << 12, changesetBytes: 1 << 16) : MemoryLimits()
    }

    /// Kinds that the world has, whether or not they happen.
    var planned: Set<Kind> {
        // What cannot be done otherwise becomes an insert.
        let statements = statementKinds + [.insert]
        let features = WorldSchema.features(of: tables)
        return Set(
            faults.map(Kind.fault) + hands.map(Kind.hand) + statements.map(Kind.statement) + features.map(Kind.feature))
    }

    /// Whether disks may flip bits. What comes again must not be lost elsewhere meanwhile; and what a person's tool did
    /// to a table is put right from the log, which is not whole then.
    private var mayAlterLogs: Bool { hands.isEmpty && faults.isDisjoint(with: [.backups, .copies, .oldWitnesses]) }

    /// Whether machines may be put back so that nothing tells. Who has several machines with one key, ends a right at a
    /// number or signs what is void has worlds of its own.
    private var mayFork: Bool {
        faults.isDisjoint(with: [
            .backups, .copies, .oldWitnesses, .alteredLogs, .hostileMembers, .endedRights, .damagedFiles,
        ])
    }

    private static func nodeCount(_ random: inout SeededGenerator) -> Int {
        switch random.below(200) {
        case 0: random.pick([16, 24, 40])
        case 1..<8: 6 + random.below(6)
        case 8..<40: 5 + random.below(2)
        default: 2 + random.below(3)
        }
    }

    /// A tree, so that everybody can be reached, and some edges more.
    private static func edges(_ count: Int, _ random: inout SeededGenerator) -> [(dialler: Int, listener: Int)] {
        var edges: [(dialler: Int, listener: Int)] = []
        for node in 1..<count {
            let other = random.pick([0, node - 1, random.below(node)])
            edges.append(random.chance(70) ? (node, other) : (other, node))
        }
        for _ in 0..<random.below(3) {
            let one = random.below(count)
            let other = (one + 1 + random.below(count - 1)) % count
            edges.append((one, other))
        }
        return edges
    }
}

extension Fault {
    /// Worlds of a hundred in which it is there at all.
    var percent: Int {
        switch self {
        case .crashes, .cuts, .delays, .wrongClocks: 50
        case .diskErrors, .partitions, .clockSteps, .heldLocks, .schemaChanges, .lateJoiners, .resolving,
            .secondProcesses, .partialDeliveries, .clashes, .standingSessions, .bundles, .forks:
            30
        case .hostileMembers, .alteredFrames, .backups, .readers, .expiredInvitations, .endedRights: 20
        case .copies, .oldWitnesses, .damagedFiles: 10
        case .largeChangesets, .alteredLogs: 15
        }
    }
}
