import NodeFixtures
import ReplicaModel
import ReplicaStore
import SQLiteAccess
import SyncProtocol
import SyncWire
import Testing

@testable import SyncEngine

@Suite("A changeset that the disk altered is given to nobody, and comes again from whoever has it")
struct SpoiltTests {
    /// The part of the log that one flipped bit alters.
    enum Part: String, CaseIterable {
        case chunk, header, signature, hash
    }

    /// Flips a bit of one of a site's changesets where an engine has it.
    static func alter(
        _ part: Part, seq: Int, of site: SiteID, scope: Scope = .alliance, at engine: Engine
    ) throws {
        let client = try RawClient(path: engine.replica.path, on: nil)
        let row =
            "seq = \(seq) AND feed = (SELECT ordinal FROM caravan_feed WHERE site = x'\(site.hex)' AND scope = '\(scope.name)')"
        let (table, column, place) =
            part == .chunk
            ? (
                "caravan_chunk", "bytes",
                "id >> 24 = (SELECT body FROM caravan_changeset WHERE \(row)) AND typeof(bytes) = 'blob'"
            )
            : ("caravan_changeset", part.rawValue, row)
        guard
            case .blob(var bytes)? = try client.rows("SELECT \(column) FROM \(table) WHERE \(place) LIMIT 1").first?
                .first
        else {
            Issue.record("there is no \(part) to alter")
            return
        }
        // Within the part of a hash that a context names.
        bytes[bytes.count / 4] ^= 4
        try client.run("UPDATE \(table) SET \(column) = x'\(bytes.hex)' WHERE \(place)")
    }

    /// Three engines, of which the second has two changesets of the first, and the third has none of them.
    static func town() throws -> (town: Town, a: Engine, b: Engine, c: Engine) {
        let town = try Town()
        let (a, b, c) = (town.engines[0], try town.join(), try town.join())
        try town.meet(b, a)
        for number in 1...2 {
            try town.write(a, "INSERT INTO t VALUES ('\(number)', 'x', \(number))")
            try town.meet(b, a)
        }
        return (town, a, b, c)
    }

    @Test(
        "Whoever asks for it hears that the node cannot give it; once it came again it is given",
        arguments: Part.allCases)
    func healed(part: Part) throws {
        let (town, a, b, c) = try Self.town()
        try Self.alter(part, seq: 2, of: a.site, at: b)
        let first = try town.meet(c, b)
        #expect(first.ends[0]?.refusalByPeer == .unavailable)
        #expect(first.ends[1]?.ownRefusal == .unavailable)
        #expect(try b.replica.addressBook.refusals().isEmpty)
        #expect(try c.replica.addressBook.refusals().isEmpty)
        // The next session goes without it.
        #expect(try town.meet(c, b).ends == [.done, .done])
        #expect(try town.meet(b, a).ends == [.done, .done])
        #expect(try b.replica.exchange.spoilt().isEmpty)
        #expect(try b.replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
        #expect(try town.meet(c, b).ends == [.done, .done])
        #expect(try town.rows(c, "SELECT id FROM t ORDER BY id").drawn == "'1'\n'2'")
        #expect(try town.digests().count == 1)
        for engine in town.engines { #expect(try engine.replica.reports.findings().isEmpty) }
    }

    @Test(
        "What `verify` finds altered is named by `doctor` until a peer has sent it again",
        arguments: [Part.chunk, .header, .signature])
    func named(part: Part) throws {
        let (town, a, b, _) = try Self.town()
        try Self.alter(part, seq: 2, of: a.site, at: b)
        #expect(try b.replica.reports.verify(progress: { _, _ in }).findings.count >= 1)
        #expect(try b.replica.reports.findings().map(\.kind) == ["spoilt"])
        #expect(try b.replica.soundVector()[FeedID(site: a.site, incarnation: .first, scope: .alliance)] == 1)
        try town.meet(a, b)
        #expect(try b.replica.reports.findings().isEmpty)
        #expect(try b.replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
    }

    @Test("A changeset in the midst of a feed, and the first of control, come again; what is behind them stays")
    func inTheMidst() throws {
        let (town, a, b, c) = try Self.town()
        try town.write(b, "INSERT INTO t VALUES ('3', 'y', 3)")
        try b.seal()
        try Self.alter(.chunk, seq: 1, of: a.site, at: b)
        let client = try RawClient(path: b.replica.path, on: nil)
        try client.run("UPDATE caravan_chunk SET bytes = bytes || x'00' WHERE id = (SELECT min(id) FROM caravan_chunk)")
        #expect(try b.replica.reports.verify(progress: { _, _ in }).findings.count == 2)
        let before = try b.replica.vectors()
        try town.meet(a, b)
        #expect(try b.replica.vectors().applied == before.applied)
        #expect(try b.replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
        try town.meet(c, b)
        #expect(try town.digests().count == 1)
    }

    @Test("A large changeset comes again through the file")
    func large() throws {
        let (town, a, b, c) = try Self.town()
        for engine in town.engines { engine.memory.changesetBytes = 100_000 }
        try town.write(
            a,
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) INSERT INTO t SELECT 'l' || i, hex(randomblob(500)), i FROM n"
        )
        try town.meet(b, a)
        try Self.alter(.chunk, seq: 3, of: a.site, at: b)
        try town.meet(c, b)
        try town.meet(b, a)
        #expect(try b.replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
        try town.meet(c, b)
        #expect(try town.digests().count == 1)
    }

    @Test(
        "A context names the changeset that its author signed, whatever the disk made of what is recorded of it",
        arguments: [Part.hash, .header])
    func context(part: Part) throws {
        let (town, a, b, c) = try Self.town()
        try Self.alter(part, seq: 2, of: a.site, at: b)
        try town.write(b, "UPDATE t SET a = 'z' WHERE id = '2'")
        for _ in 0..<3 { try town.meet(b, a) }
        #expect(try a.replica.reports.counts().waiting == 0)
        for _ in 0..<2 { try town.meet(c, a) }
        #expect(try town.digests().count == 1)
        #expect(try town.rows(c, "SELECT a FROM t WHERE id = '2'").drawn == "'z'")
    }

    @Test("So does one that names a changeset behind which others of its feed wait")
    func contextBeforeTheLast() throws {
        let (town, a, b, c) = try Self.town()
        try town.write(c, "INSERT INTO t VALUES ('3', 'z', 3)")
        try town.meet(c, a)
        try town.write(a, "UPDATE t SET b = 4 WHERE id = '3'")
        try a.seal()
        let own = try town.changesets(a).filter { $0.header.header.feed.site == a.site }
        _ = try b.replica.accept(own, now: town.moment.wall)
        #expect(try b.replica.reports.counts().waiting == 1)
        try Self.alter(.hash, seq: 2, of: a.site, at: b)
        try town.write(b, "UPDATE t SET a = 'z' WHERE id = '2'")
        try b.seal()
        for _ in 0..<3 { try town.meet(b, a) }
        #expect(try a.replica.reports.counts().waiting == 0)
        for _ in 0..<2 { try town.meet(c, a) }
        #expect(try town.digests().count == 1)
        #expect(try town.rows(c, "SELECT a FROM t WHERE id = '2'").drawn == "'z'")
    }

    @Test(
        "Where only what is recorded of a changeset is altered, nobody is accused of having gone two ways, and the record is put right"
    )
    func recorded() throws {
        let (town, a, b, _) = try Self.town()
        try Self.alter(.hash, seq: 1, of: a.site, at: b)
        guard
            case .accepted(let held, _, _) = try b.replica.accept(try town.changesets(a), now: town.moment.wall)
        else {
            Issue.record("what b holds already is refused")
            return
        }
        #expect(held == 0)
        #expect(try b.replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
    }

    @Test("What is whole is given also behind what the disk altered, to whoever needs only that")
    func behind() throws {
        let (town, a, b, c) = try Self.town()
        try town.meet(c, a)
        try town.write(a, "INSERT INTO t VALUES ('3', 'x', 3)")
        try town.meet(b, a)
        try Self.alter(.chunk, seq: 1, of: a.site, at: b)
        #expect(try b.replica.reports.verify(progress: { _, _ in }).findings.count == 1)
        #expect(try town.meet(c, b).ends == [.done, .done])
        #expect(try town.rows(c, "SELECT id FROM t ORDER BY id").drawn == "'1'\n'2'\n'3'")
        #expect(try b.replica.exchange.spoilt().isEmpty)
        #expect(try town.digests().count == 1)
    }

    @Test("Nodes that hold what each other's disk altered heal each other in one session")
    func eachOther() throws {
        let (town, a, b, c) = try Self.town()
        try town.meet(c, a)
        try Self.alter(.chunk, seq: 1, of: a.site, at: b)
        try Self.alter(.header, seq: 2, of: a.site, at: c)
        for engine in [b, c] { #expect(try engine.replica.reports.verify(progress: { _, _ in }).findings.count >= 1) }
        #expect(try town.meet(c, b).ends == [.done, .done])
        for engine in [b, c] { #expect(try engine.replica.exchange.spoilt().isEmpty) }
        #expect(try town.digests().count == 1)
    }

    @Test("What is altered behind something else is asked for, and comes from whoever has it")
    func asked() throws {
        let (town, a, b, c) = try Self.town()
        try town.write(a, "INSERT INTO t VALUES ('3', 'x', 3)")
        for engine in [b, c] { try town.meet(engine, a) }
        for seq in [1, 2] { try Self.alter(.chunk, seq: seq, of: a.site, at: b) }
        for seq in [1, 3] { try Self.alter(.chunk, seq: seq, of: a.site, at: c) }
        for engine in [b, c] { #expect(try engine.replica.reports.verify(progress: { _, _ in }).findings.count == 2) }
        #expect(try town.meet(c, b).ends == [.done, .done])
        for engine in [b, c] { #expect(try engine.replica.exchange.spoilt().map(\.seq) == [1]) }
        try town.meet(a, c)
        #expect(try town.meet(c, b).ends == [.done, .done])
        for engine in [b, c] { #expect(try engine.replica.exchange.spoilt().isEmpty) }
    }

    @Test("The next changeset vouches for one with an altered signature, also where others go through the file between")
    func unsigned() throws {
        let town = try Town()
        let a = town.engines[0]
        let (b, c, d, late) = (try town.join(), try town.join(), try town.join(), try town.join())
        for engine in town.engines { engine.memory = MemoryLimits(batchBytes: 1000, changesetBytes: 100_000) }
        for engine in [b, c] { try town.meet(engine, a) }
        let large =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) INSERT INTO t SELECT '%' || i, hex(randomblob(500)), i FROM n"
        let small = "INSERT INTO t VALUES ('%', 'x', 1)"
        for (number, (engine, sql)) in [(b, small), (c, large), (b, small), (b, large)].enumerated() {
            try town.write(engine, sql.replacing("%", with: "\(number)"))
            try town.meet(engine, a)
        }
        try Self.alter(.signature, seq: 1, of: b.site, at: a)
        #expect(try town.meet(d, a).ends == [.done, .done])
        // Nobody takes chunks through the file for which no signature vouches: so that needs its own.
        try Self.alter(.signature, seq: 2, of: b.site, at: a)
        guard case .refusedByPeer(let refusal)? = try town.meet(late, a).ends[0], refusal.code == .unavailable else {
            Issue.record("the signature before a large changeset is not missed")
            return
        }
        try town.meet(b, a)
        for engine in [late, c] { #expect(try town.meet(engine, a).ends == [.done, .done]) }
        try town.meet(d, a)
        #expect(try town.digests().count == 1)
    }

    @Test("A site signs again what its disk altered nothing of but the signature: nobody else may have it")
    func signedAgain() throws {
        let (town, a, b, c) = try Self.town()
        try town.write(b, "INSERT INTO t VALUES ('3', 'y', 3)")
        try b.seal()
        try Self.alter(.signature, seq: 1, of: b.site, at: b)
        let first = try town.meet(a, b)
        guard case .refusedByPeer(let refusal)? = first.ends[0], refusal.code == .unavailable else {
            Issue.record("the session ends with \(first.ends)")
            return
        }
        #expect(try town.meet(a, b).ends == [.done, .done])
        #expect(try b.replica.exchange.spoilt().isEmpty)
        #expect(try b.replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
        try town.meet(c, a)
        #expect(try town.digests().count == 1)
    }

    @Test("A site shows that it belongs by what is whole of its log; what does not join what the other has is no fault")
    func shown() throws {
        let town = try Town()
        let a = town.engines[0]
        let (b, c) = (try town.join(), try town.join())
        let d = try town.join()
        // b has what admits b, and lacks what admits c and d.
        try Self.alter(.chunk, seq: 2, of: a.site, scope: .control, at: c)
        try Self.alter(.chunk, seq: 3, of: a.site, scope: .control, at: d)
        for engine in [c, d] { #expect(try engine.replica.reports.verify(progress: { _, _ in }).findings.count == 1) }
        let refused = try town.meet(b, d).ends
        #expect(refused == [.refused(Self.unknownKey), .refusedByPeer(Self.unknownKey)])
        #expect(try town.meet(b, c).ends == [.done, .done])
        #expect(try c.replica.exchange.spoilt().isEmpty)
        #expect(try town.meet(b, d).ends == [.done, .done])
        #expect(try d.replica.exchange.spoilt().isEmpty)
        #expect(try b.replica.members().count == 4)
    }

    private static let unknownKey = Refusal(.stranger, "this node does not know the key that was shown")

    @Test("Whoever joins where the founding changeset is altered hears that it is, and joins once it came again")
    func founding() throws {
        let town = try Town()
        let a = town.engines[0]
        let b = try town.join()
        try Self.alter(.chunk, seq: 1, of: a.site, scope: .control, at: a)
        #expect(try a.replica.reports.verify(progress: { _, _ in }).findings.count == 1)
        let request = try town.invite()
        let c = try town.add(alliance: a.replica.alliance)
        let first = try Meeting(town, c, a, joining: request)
        try first.run()
        guard case .refusedByPeer(let refusal)? = first.ends[0], refusal.code == .unavailable else {
            Issue.record("the session ends with \(first.ends)")
            return
        }
        #expect(
            refusal.sentence.hasPrefix("the changeset that founded the alliance is damaged on the disk of this node"))
        try town.meet(b, a)
        #expect(try a.replica.exchange.spoilt().isEmpty)
        let second = try Meeting(town, c, a, joining: request)
        try second.run()
        #expect(second.ends == [.done, .done])
        try town.meet(b, a)
        #expect(try town.digests().count == 1)
    }

    @Test("A vector that is asked for can say less than the hello did, and what comes then is acknowledged")
    func lessThanTheHello() throws {
        let town = try Town()
        let a = town.engines[0]
        let b = try town.join()
        try town.meet(b, a)
        for engine in [a, b] { try town.write(engine, "INSERT INTO t VALUES ('\(engine.site.short)', 'x', 1)") }
        try Self.alter(.chunk, seq: 1, of: a.site, scope: .control, at: a)
        try Self.alter(.chunk, seq: 2, of: a.site, scope: .control, at: b)
        guard case .byRoster = try a.hello(to: b.site, at: town.moment).hello.held else {
            Issue.record("a writes its vector in full")
            return
        }
        // Neither knows it when it says hello, and then both find it.
        let meeting = try Meeting(town, b, a)
        for engine in [a, b] {
            #expect(try engine.replica.reports.verify(progress: { _, _ in }).findings.count == 1)
        }
        try meeting.run()
        #expect(meeting.ends == [.done, .done])
        #expect(try town.digests().count == 1)
        for engine in [a, b] { #expect(try engine.replica.exchange.spoilt().isEmpty) }
    }

    @Test("A roster behind what the disk altered is not taken for that of whoever never had it")
    func rosters() throws {
        let town = try Town()
        let a = town.engines[0]
        let b = try town.join()
        try town.meet(b, a)
        let c = try town.join()
        try Self.alter(.header, seq: 3, of: a.site, scope: .control, at: a)
        // It is found, and told; then a peer that never had it has the same heads of scope control.
        try town.meet(b, a)
        try town.meet(b, a)
        let hello = try b.hello(to: a.site, at: town.moment).hello
        guard case .byRoster = hello.held else {
            Issue.record("b writes its vector in full: \(hello.held)")
            return
        }
        #expect(hello.controlDigest == HeadsDigest.of(try a.replica.heads(scope: .control)))
        #expect(try a.resolve(hello) == nil)
        guard case .full = try a.hello(to: b.site, at: town.moment).hello.held else {
            Issue.record("a writes its vector by a roster that b has not")
            return
        }
        for number in 1...2 {
            try town.write(c, "INSERT INTO t VALUES ('\(number)', 'x', \(number))")
            try town.meet(c, a)
        }
        #expect(try town.meet(b, a).ends == [.done, .done])
        #expect(try town.digests().count == 1)
    }
}
