import ReplicaModel
import SyncProtocol
import SyncWire
import Testing

@testable import ReplicaStore
@testable import SyncSimulator

@Suite("Each rule of sessions, constraints and reports sees the bug that it is for")
struct PlantedEndTests {
    private static func node(_ seed: UInt64 = 1) -> SimulatedNode {
        var random = SeededGenerator(seed: seed)
        return SimulatedNode(index: 0, role: .member, random: &random)
    }

    @Test("honest end: a node that says bye before all is done, on a link that lost nothing")
    func early() {
        let violation = Meddling.violation { world in
            let links = world.network.links.values
            guard let link = links.first(where: { !$0.isExcused }) else { return false }
            guard let session = link.sides[0].session else { return false }
            try session.stop(at: world.fleet.moment(of: world.nodes[link.sides[0].node]))
            try world.sessions.pump(link, 0)
            return true
        }
        #expect(violation?.rule == "honest end")
        #expect(throws: Never.self) { try HonestEnd.check([.done, .done], of: ["n0", "n1"], link: 1) }
        #expect(throws: Violation.self) { try HonestEnd.check([.done, nil], of: ["n0", "n1"], link: 1) }
    }

    @Test("honest end: less or more is known of a peer than it holds and applied")
    func knowledge() {
        let peer = Self.node()
        peer.has(held: [peer.feed: 2], applied: [peer.feed: 2])
        func check(held: UInt64, applied: UInt64) throws(Violation) {
            let (held, applied) = ([peer.feed: held], [peer.feed: applied])
            try HonestEnd.check(
                Contact(lastContact: 0, skew: 0, controlDigest: nil, sent: held, held: held, applied: applied),
                of: peer, at: "n1")
        }
        #expect(throws: Never.self) { try check(held: 2, applied: 2) }
        #expect(throws: Violation.self) { try check(held: 1, applied: 2) }
        #expect(throws: Violation.self) { try check(held: 3, applied: 2) }
        #expect(throws: Violation.self) { try check(held: 2, applied: 1) }
        #expect(throws: Violation.self) { try check(held: 2, applied: 3) }
        #expect(throws: Violation.self) { try HonestEnd.check(nil, of: peer, at: "n1") }
    }

    @Test("convergence: other tables under the same digest, whatever was applied")
    func digest() throws {
        let row = RowName(table: "t", key: [.text("k")])
        var rule = Convergence()
        try rule.check([:], .init(node: "n0", digest: .zero, tables: [:], conflicts: []))
        let later: Vector = [Self.node().feed: 1]
        #expect(throws: Violation.self) {
            try rule.check(later, .init(node: "n0", digest: .zero, tables: [row: [:]], conflicts: []))
        }
    }

    @Test(
        "unique holds: an index that is gone, and one that is plain though no rows are equal",
        arguments: ["", "CREATE INDEX"])
    func unique(remade: String) {
        let tables = [WorldSchema.ledger, "CREATE TABLE uni (id TEXT NOT NULL PRIMARY KEY, u TEXT UNIQUE);"]
        let violation = Meddling.violation(tables: tables) { world in
            guard let node = world.nodes.last, let replica = node.replica,
                case .integer(1...)? = try replica.connection.value("SELECT count(*) FROM uni WHERE u NOTNULL"),
                let index = replica.state.indexes.first?.definition, try replica.reports.conflicts().isEmpty
            else { return false }
            try world.checker.checkUnique(node)
            try Meddling.alter(node, "DROP INDEX \(index.name.quoted)")
            if !remade.isEmpty { try Meddling.alter(node, "\(remade) \(index.name.quoted) ON uni(u)") }
            do { try world.checker.checkUnique(node) } catch LookError.violation(let violation) { throw violation }
            return true
        }
        #expect(violation?.rule == "unique holds")
    }

    @Test("sound logs: a bit of one node's log that is not that of another's")
    func altered() {
        let violation = Meddling.violation { world in
            guard world.nodes.count > 1, let held = world.nodes.last?.held, held == world.nodes[0].held, held.count > 1
            else { return false }
            func check() throws {
                try SoundLogs.check(try world.nodes.map { ($0.name, try $0.reader.map(SoundLogs.rows) ?? []) })
            }
            try check()
            try Meddling.alter(
                world.nodes[0],
                "UPDATE caravan_chunk SET bytes = CAST(bytes || x'00' AS BLOB) WHERE id = (SELECT max(id) FROM caravan_chunk)"
            )
            try check()
            return true
        }
        #expect(violation?.rule == "sound logs")
    }

    @Test("checks listed: a row that fails and is not listed, and one that is listed and does not fail")
    func checks() {
        let listed = ConflictReport(table: "t", key: [.text("k")], kind: .invalid(constraint: "c"))
        #expect(throws: Never.self) {
            try ChecksListed.check(["c": [listed.key]], of: "t", conflicts: [listed], at: "n0")
        }
        #expect(throws: Violation.self) {
            try ChecksListed.check(["c": [listed.key]], of: "t", conflicts: [], at: "n0")
        }
        #expect(throws: Violation.self) { try ChecksListed.check(["c": []], of: "t", conflicts: [listed], at: "n0") }
        #expect(throws: Violation.self) {
            try ChecksListed.check(["d": [listed.key]], of: "t", conflicts: [listed], at: "n0")
        }
    }

    @Test("duplicates listed: equal rows that are not listed, and listed ones that are not equal")
    func duplicates() throws {
        let index = IndexDefinition(
            name: "i", table: "t", isUnique: true, parts: [.init(column: "u", collation: "NOCASE", isDescending: false)]
        )
        let (k, l, m): ([Value], [Value], [Value]) = ([.text("k")], [.text("l")], [.text("m")])
        func listed(_ keys: [[Value]]) -> ConflictReport {
            ConflictReport(table: "t", key: keys[0], kind: .duplicate(index: "i", keys: keys))
        }
        func check(_ groups: [(Int64, [Value])], _ conflicts: Set<ConflictReport>) throws(Violation) {
            try DuplicatesListed.check(
                groups.map { [.integer($0.0)] + $0.1 }, in: index, conflicts: conflicts, at: "n0")
        }
        #expect(throws: Never.self) { try check([(1, k), (1, l), (2, m)], [listed([k, l])]) }
        #expect(throws: Violation.self) { try check([(1, k), (1, l), (2, m)], []) }
        #expect(throws: Violation.self) { try check([(1, k), (2, l), (3, m)], [listed([k, l])]) }
        #expect(throws: Violation.self) { try check([(1, k), (1, l), (1, m)], [listed([k, l])]) }
    }

    @Test(
        "readings: a log that leaves out a changeset, alters one, or gives another context; a history and a record that say what nobody signed"
    )
    func readings() {
        let violation = Meddling.violation { world in
            guard let node = world.nodes.last, let replica = node.replica, node.isMember,
                try replica.reports.remains().notes == 0,
                node.applied.contains(where: { $0.key.scope == .alliance && $0.value > 1 })
            else { return false }
            var log: [ChangesetReport] = []
            try replica.reports.log(LogFilter(isReversed: true, withContext: true)) { log.append($0) }
            func check(_ reports: [ChangesetReport]) throws(Violation) {
                try TrueReadings.check(reports, of: .alliance, at: node, world.universe)
            }
            try check(log)
            #expect(throws: Violation.self) { try check(Array(log.dropLast())) }
            #expect(throws: Violation.self) { try check(log.reversed()) }
            #expect(throws: Violation.self) { try check(log.map { Self.altered($0, operations: []) }) }
            #expect(throws: Violation.self) { try check(log.map { Self.altered($0, context: [:]) }) }
            guard let operation = log.lazy.compactMap(\.operations?.first).first(where: { $0.table == "person" }) else {
                return false
            }
            let row = RowName(table: operation.table, key: operation.key)
            let versions = try replica.reports.history(table: row.table, key: row.key)
            func check(_ versions: [VersionReport]) throws(Violation) {
                try TrueReadings.check(versions, of: row, at: node, world.universe)
            }
            try check(versions)
            #expect(throws: Violation.self) { try check(Array(versions.dropLast())) }
            #expect(throws: Violation.self) {
                try check(
                    versions.map {
                        VersionReport(
                            write: $0.write, name: $0.name, standing: $0.standing,
                            action: .update(["x": .text("never")]), concurrentWith: $0.concurrentWith)
                    })
            }
            guard let record = try replica.reports.record(table: row.table, key: row.key), record.reports.isEmpty,
                let writer = record.writers.first
            else { return false }
            func check(_ writers: [Identifier: WriteReport], _ shown: [Identifier: Value]) throws(Violation) {
                let said = RecordReport(
                    table: row.table, key: row.key, values: record.values, writers: writers, reports: [])
                try TrueReadings.check(
                    said, of: row, shown: shown, conflicts: [], at: node, world.universe)
            }
            try check(record.writers, record.values)
            #expect(throws: Violation.self) { try check(record.writers.filter { $0.key != writer.key }, record.values) }
            #expect(throws: Violation.self) {
                try check(record.writers, record.values.merging([writer.key: .text("never")]) { $1 })
            }
            throw Violation("test", "all was seen")
        }
        #expect(violation?.sentence == "all was seen")
    }

    private static func altered(_ report: ChangesetReport, operations: [RowOperation]? = nil, context: Vector? = nil)
        -> ChangesetReport
    {
        ChangesetReport(
            feed: report.feed, name: report.name, seq: report.seq, stamp: report.stamp, hash: report.hash,
            standing: report.standing,
            context: context ?? report.context, operations: operations ?? report.operations,
            operationCount: report.operationCount, control: report.control)
    }

    @Test("settled closes: what was settled is still listed")
    func settled() {
        let key: [Value] = [.text("k")]
        func report(_ kind: ConflictReport.Kind) -> ConflictReport { ConflictReport(table: "t", key: key, kind: kind) }
        let cell = report(.cell(column: "a", shown: .null, candidates: []))
        let deleted = report(.deletedEdited(deletes: []))
        let equal = report(.duplicate(index: "i", keys: [key, [.text("m")], [.text("n")]]))
        let rest = report(.duplicate(index: "i", keys: [[.text("m")], [.text("n")]]))
        func isOpen(_ report: ConflictReport, _ resolution: Resolution, _ after: [ConflictReport]) -> Bool {
            do { try SettledCloses.check(report, resolution, after: after, at: "n0") } catch { return true }
            return false
        }
        #expect(isOpen(cell, .takeShown(column: "a"), [cell]))
        #expect(
            !isOpen(cell, .takeShown(column: "a"), [report(.cell(column: "b", shown: .null, candidates: [])), deleted]))
        #expect(isOpen(deleted, .keepRow, [deleted]))
        #expect(!isOpen(deleted, .deleteRow, [deleted, report(.kept(referredBy: []))]))
        #expect(isOpen(equal, .mergeInto(key: [.text("m")], taking: []), [equal]))
        #expect(!isOpen(equal, .mergeInto(key: [.text("m")], taking: []), [rest]))
    }

    @Test("void: what an honest node sealed is void elsewhere, and what must be void counts")
    func void() {
        let violation = Self.violation(byStanding: 1, isQuarantined: false) { report, entry in
            let criminal = Universe.Entry(
                defined: entry.defined, context: [:], scope: .alliance, chunkCount: 0, crime: "nonsense")
            try VoidOnlyCrimes.check(report, criminal, at: "n2")
        }
        #expect(violation?.rule == "void")
    }

    @Test("quarantine: what lies beyond the end of a right counts, and what does not is kept from counting")
    func quarantine() {
        let violation = Self.violation(byStanding: 2, isQuarantined: true) { report, entry in
            try VoidOnlyCrimes.check(report, entry, isQuarantined: true, at: "n2")
        }
        #expect(violation?.rule == "quarantine")
    }

    /// The violation that a node's log gives of a changeset that counts, once it is planted there with another
    /// standing.
    ///
    /// - Parameters:
    ///   - isQuarantined: with that standing the rule is also asked whether it holds where it is what must be.
    ///   - wrong: breaks a rule while the changeset counts.
    private static func violation(
        byStanding standing: Int, isQuarantined: Bool,
        wrong: @escaping (ChangesetReport, Universe.Entry) throws -> Void
    ) -> Violation? {
        Meddling.violation { world in
            let (author, node) = (world.nodes[1], world.nodes[2])
            guard let replica = node.replica, node.applied[author.feed] ?? 0 > 0,
                let entry = world.universe[.init(feed: author.feed, seq: 1)]
            else { return false }
            var reports: [ChangesetReport] = []
            func read() throws {
                try replica.reports.log(LogFilter()) { if $0.feed == author.feed, $0.seq == 1 { reports.append($0) } }
            }
            try read()
            try VoidOnlyCrimes.check(try #require(reports.last), entry, at: node.name)
            #expect(throws: Violation.self) { try wrong(try #require(reports.last), entry) }
            let feed = replica.state.feed(author.feed)?.ordinal.number ?? -1
            try Meddling.alter(
                node,
                "UPDATE caravan_changeset SET standing = \(standing), reason = 'planted' WHERE seq = 1 AND feed = \(feed)"
            )
            try read()
            if isQuarantined {
                try VoidOnlyCrimes.check(try #require(reports.last), entry, isQuarantined: true, at: node.name)
            }
            try VoidOnlyCrimes.check(try #require(reports.last), entry, at: node.name)
            return true
        }
    }

    @Test("poison: what is held and never applied, though all that its author had seen is there")
    func poison() {
        let world = World(Scenario(seed: 5))
        let node = Self.node()
        node.isMember = true
        node.has(held: [node.feed: 2], applied: [node.feed: 2])
        #expect(!world.examiner.isPoisoned(node))
        node.has(held: [node.feed: 2], applied: [node.feed: 1])
        #expect(world.examiner.isPoisoned(node))
    }
}
