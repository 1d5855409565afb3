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
            guard let link = world.links.values.first(where: { !$0.isExcused }), let session = link.sides[0].session else { return false }
            try session.stop(at: world.moment(of: world.nodes[link.sides[0].node]))
            try world.pump(link, 0)
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
            try HonestEnd.check(Contact(lastContact: 0, skew: 0, controlDigest: nil, sent: held, held: held, applied: applied), of: peer, at: "n1")
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
        #expect(throws: Violation.self) { try rule.check(later, .init(node: "n0", digest: .zero, tables: [row: [:]], conflicts: [])) }
    }

    @Test("unique holds: an index that is gone, and one that is plain though no rows are equal", arguments: ["", "CREATE INDEX"])
    func unique(remade: String) {
        let tables = [WorldSchema.ledger, "CREATE TABLE uni (id TEXT NOT NULL PRIMARY KEY, u TEXT UNIQUE);"]
        let violation = Meddling.violation(tables: tables) { world in
            guard let node = world.nodes.last, let replica = node.replica, case .integer(1...)? = try replica.connection.value("SELECT count(*) FROM uni WHERE u NOTNULL"),
                let index = replica.state.indexes.first?.definition, try replica.conflicts().isEmpty
            else { return false }
            try world.checkUnique(node)
            try Meddling.alter(node, "DROP INDEX \(index.name.quoted)")
            if !remade.isEmpty { try Meddling.alter(node, "\(remade) \(index.name.quoted) ON uni(u)") }
            do { try world.checkUnique(node) } catch LookError.violation(let violation) { throw violation }
            return true
        }
        #expect(violation?.rule == "unique holds")
    }

    @Test("checks listed: a row that fails and is not listed, and one that is listed and does not fail")
    func checks() {
        let listed = ConflictReport(table: "t", key: [.text("k")], kind: .invalid(constraint: "c"))
        #expect(throws: Never.self) { try ChecksListed.check(["c": [listed.key]], of: "t", conflicts: [listed], at: "n0") }
        #expect(throws: Violation.self) { try ChecksListed.check(["c": [listed.key]], of: "t", conflicts: [], at: "n0") }
        #expect(throws: Violation.self) { try ChecksListed.check(["c": []], of: "t", conflicts: [listed], at: "n0") }
        #expect(throws: Violation.self) { try ChecksListed.check(["d": [listed.key]], of: "t", conflicts: [listed], at: "n0") }
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
        #expect(!isOpen(cell, .takeShown(column: "a"), [report(.cell(column: "b", shown: .null, candidates: [])), deleted]))
        #expect(isOpen(deleted, .keepRow, [deleted]))
        #expect(!isOpen(deleted, .deleteRow, [deleted, report(.kept(referredBy: []))]))
        #expect(isOpen(equal, .mergeInto(key: [.text("m")], taking: []), [equal]))
        #expect(!isOpen(equal, .mergeInto(key: [.text("m")], taking: []), [rest]))
    }

    @Test("void: what an honest node sealed is void elsewhere, and what must be void counts")
    func void() {
        let violation = Meddling.violation { world in
            let (author, node) = (world.nodes[1], world.nodes[2])
            guard let replica = node.replica, node.applied[author.feed] ?? 0 > 0, let entry = world.universe[.init(feed: author.feed, seq: 1)] else { return false }
            var reports: [ChangesetReport] = []
            func read() throws { try replica.log(LogFilter()) { if $0.feed == author.feed, $0.seq == 1 { reports.append($0) } } }
            try read()
            try VoidOnlyCrimes.check(try #require(reports.last), entry, at: node.name)
            let criminal = Universe.Entry(defined: entry.defined, context: [:], scope: .alliance, chunkCount: 0, crime: "nonsense")
            #expect(throws: Violation.self) { try VoidOnlyCrimes.check(try #require(reports.last), criminal, at: node.name) }
            try Meddling.alter(node, "UPDATE caravan_changeset SET standing = 1, reason = 'planted' WHERE seq = 1 AND feed = \(replica.state.feed(author.feed)?.ordinal.number ?? -1)")
            try read()
            try VoidOnlyCrimes.check(try #require(reports.last), entry, at: node.name)
            return true
        }
        #expect(violation?.rule == "void")
    }

    @Test("poison: what is held and never applied, though all that its author had seen is there")
    func poison() {
        let world = World(Scenario(seed: 5))
        let node = Self.node()
        node.isMember = true
        node.has(held: [node.feed: 2], applied: [node.feed: 2])
        #expect(!world.isPoisoned(node))
        node.has(held: [node.feed: 2], applied: [node.feed: 1])
        #expect(world.isPoisoned(node))
    }
}
