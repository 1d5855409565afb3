import ReplicaModel
import ReplicaStore
import SQLiteAccess

/// The end of a world: everything is the same everywhere, nothing has vanished, nothing is left over.
extension Checker {
    /// Checks all nodes, and all that people ever wrote.
    func checkEnd() throws(Violation) {
        // Notes of what came to nothing may be left.
        for node in fleet.nodes { try supervisor.seal(node) }
        for node in fleet.nodes {
            try check(node)
            do {
                try checkRemains(node)
                try checkLog(node)
                try checkUnique(node)
            } catch {
                switch error {
                case .store(let error): throw Violation("errors", "\(node.name) cannot be read at the end: \(error)")
                case .violation(let violation): throw violation
                }
            }
        }
        try checkSoundLogs()
        guard let replica = fleet.nodes[0].replica else { return }
        let end: (Tables, Set<ConflictReport>)
        do { end = (try fleet.nodes[0].readTables(), try examiner.conflicts(replica, at: fleet.nodes[0])) } catch {
            throw Violation("errors", "\(fleet.nodes[0].name) cannot be read at the end: \(error)")
        }
        let (rule, applied) = (examiner.rules.vanishing, fleet.nodes[0].applied)
        try rule.check(tables: end.0, conflicts: end.1, applied: applied, examiner.universe)
    }

    /// Checks that a person who enters an equal row is refused.
    func checkUnique(_ node: SimulatedNode) throws(LookError) {
        guard let replica = node.replica, let client = node.reader else { return }
        let schema = try Self.reading(try replica.admin.schema())
        let conflicts = Set(try Self.reading(try replica.reports.conflicts()))
        try UniqueHolds.check(schema, conflicts: conflicts, client, at: node.name)
    }

    /// Checks each changeset by itself, as the node's log says it.
    private func checkLog(_ node: SimulatedNode) throws(LookError) {
        guard let replica = node.replica else { return }
        var reports: [ChangesetReport] = []
        try Self.reading(try replica.reports.log(LogFilter()) { reports.append($0) })
        let quarantined = examiner.universe.quarantined(in: node.applied)
        try Self.judgingAll { () throws(Violation) in
            for report in reports {
                let id = examiner.universe.ways[report.hash]
                guard let id, let entry = examiner.universe[id] else {
                    throw Violation("authenticity", "the log of \(node.name) lists a changeset that nobody sealed")
                }
                try VoidOnlyCrimes.check(
                    report, entry, isQuarantined: quarantined.contains(entry.defined.id), at: node.name)
            }
        }
    }

    private func checkRemains(_ node: SimulatedNode) throws(LookError) {
        guard let replica = node.replica else { return }
        let remains = try Self.reading(try replica.reports.remains())
        let counts = try Self.reading(try replica.reports.counts())
        var findings = try Self.reading(try replica.reports.verify(progress: { _, _ in }).findings)
        // It folds the whole log again.
        if course.random.chance(10) {
            findings += try Self.reading(try replica.reports.verifyDeep(progress: { _, _ in }))
        }
        try Self.judgingAll { () throws(Violation) in
            let chunks = examiner.universe.chunkCount(in: node.held)
            let (mayAwait, waiting) = (
                !course.scenario.faults.isDisjoint(with: [.backups, .forks]), examiner.waitingForGood(node)
            )
            try Remains.check(
                remains, counts, chunksHeld: chunks, mayAwait: mayAwait, waiting: waiting,
                quarantined: examiner.universe.quarantined(in: node.applied).count, at: node.name)
            if let finding = findings.first {
                throw Violation("authenticity", "\(node.name) finds in its own log: \(finding.message)")
            }
        }
    }

    /// Compares the logs of all nodes where a disk has altered something.
    private func checkSoundLogs() throws(Violation) {
        guard fleet.nodes.contains(where: { !$0.altered.isEmpty }) else { return }
        var logs: [(node: String, rows: [[Value]])] = []
        for node in fleet.nodes {
            do { logs.append((node.name, try node.reader.map(SoundLogs.rows) ?? [])) } catch {
                throw Violation("errors", "the log of \(node.name) cannot be read at the end: \(error)")
            }
        }
        try SoundLogs.check(logs)
    }

    /// Checks what a node knows of a peer that it has met twice in calm.
    func checkKnows(_ node: SimulatedNode, _ peer: SimulatedNode) throws(Violation) {
        // What is known of a machine and its copies is of any of them.
        let isOnly = fleet.nodes.count(where: { $0.key.site == peer.key.site }) == 1
        guard isOnly, let replica = node.replica else { return }
        let contact: Contact?
        do { contact = try replica.addressBook.contact(with: peer.key.site) } catch {
            return try supervisor.met(error, node, "was asked for a contact")
        }
        let known = contact.map { examiner.universe.ways.contact($0, at: node.held) }
        try HonestEnd.check(known, of: peer, at: node.name)
    }
}
