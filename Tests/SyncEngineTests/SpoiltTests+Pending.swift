import NodeFixtures
import ReplicaModel
import ReplicaStore
import SyncWire
import Testing

@testable import SyncEngine

extension SpoiltTests {
    @Test("A push behind what the disk altered, and what this side gave the peer, ends the session: the next mends it")
    func pushedBehind() throws {
        let (town, a, b, c) = try Self.town()
        for engine in [c, b] { try town.meet(engine, a) }
        let meeting = try Meeting(town, b, a, stays: true)
        try meeting.run()
        #expect(meeting.areStanding)
        for number in 3...4 {
            try town.write(c, "INSERT INTO t VALUES ('\(number)', 'z', \(number))")
            try town.meet(c, b)
        }
        #expect(try meeting.push(0))
        #expect(meeting.areStanding)
        try Self.alter(.header, seq: 1, of: c.site, at: b)
        #expect(try b.replica.reports.verify(progress: { _, _ in }).findings.count >= 1)
        try town.write(c, "INSERT INTO t VALUES ('5', 'z', 5)")
        try town.meet(c, a)
        try meeting.push(1)
        guard case .refused(let refusal)? = meeting.ends[0], refusal.code == .unavailable else {
            Issue.record("the session ends with \(meeting.ends)")
            return
        }
        #expect(try town.meet(b, a).ends == [.done, .done])
        #expect(try b.replica.exchange.spoilt().isEmpty)
        try town.meet(c, a)
        #expect(try town.digests().count == 1)
    }

    /// Writes what cannot be sealed without the first changeset of the founder: the delete keeps what it said.
    private static func writeOverFirst(_ town: Town, _ engine: Engine) throws {
        try town.write(engine, "UPDATE t SET a = 'z' WHERE id = '1'")
        try town.write(engine, "DELETE FROM t WHERE id = '1'")
        #expect(throws: StoreError.self) { try engine.seal() }
    }

    @Test(
        "A member that was admitted meanwhile brings what the disk altered, also where nothing can be sealed before that",
        arguments: [true, false])
    func newcomerBrings(dials: Bool) throws {
        let (town, a, b, _) = try Self.town()
        let newcomer = try town.join()
        try town.meet(newcomer, a)
        #expect(try b.replica.member(newcomer.site) == nil)
        try Self.alter(.chunk, seq: 1, of: a.site, at: b)
        try Self.writeOverFirst(town, b)
        #expect(try (dials ? town.meet(newcomer, b) : town.meet(b, newcomer)).ends == [.done, .done])
        #expect(try b.replica.exchange.spoilt().isEmpty)
        #expect(try b.replica.reports.counts().pending == 0)
        #expect(try b.replica.member(newcomer.site)?.role != nil)
        for _ in 0..<2 { for engine in town.engines { try town.meet(engine, a) } }
        #expect(try town.digests().count == 1)
    }

    @Test("So does one that brings control changesets which the disk altered, and which it shows first")
    func newcomerBringsControl() throws {
        let (town, a, b, _) = try Self.town()
        let newcomer = try town.join()
        try Self.alter(.chunk, seq: 2, of: a.site, scope: .control, at: b)
        #expect(try b.replica.reports.verify(progress: { _, _ in }).findings.count == 1)
        #expect(try town.meet(b, newcomer).ends == [.done, .done])
        #expect(try b.replica.exchange.spoilt().isEmpty)
        #expect(try b.replica.member(newcomer.site)?.role != nil)
    }

    @Test("Whoever shows an admission that does not count stays a stranger, and nothing that is tried of it stays")
    func voidAdmission() throws {
        let (town, a, b, _) = try Self.town()
        try Self.alter(.chunk, seq: 1, of: a.site, at: b)
        try Self.writeOverFirst(town, b)
        let before = (try b.replica.vectors(), try b.replica.reports.counts().pending)
        let last = try #require(try town.changesets(a, of: .control).last?.header)
        for (count, isAdmitted) in [(1, true), (2, false)] {
            let stranger = SigningKey()
            let admission = Admission(
                site: stranger.site, name: "late", role: .member, institution: nil, keepsTime: false)
            let chunks = Chunking.cut(ControlCodec.encode([.admit(admission)]))
            // One that announces more than it has is void.
            let header = a.key.seal(
                ChangesetHeader(
                    feed: last.header.feed, seq: last.header.seq + 1, previous: last.hash,
                    stamp: Stamp(milliseconds: town.moment.wall), contextAdvance: [:], operationCount: UInt64(count),
                    chunkHashes: chunks.map { ContentHash.of($0) }))
            let shown = IncomingChangeset(
                header: try UnverifiedHeader(bytes: header.bytes, signature: header.signature), chunks: chunks)
            let batch = try town.changesets(a, of: .control) + [shown]
            #expect(try b.replica.exchange.wouldAdmit(stranger.site, by: batch, now: town.moment.wall) == isAdmitted)
            #expect(try b.replica.member(stranger.site) == nil)
            #expect(try b.replica.vectors() == before.0)
            #expect(try b.replica.reports.counts().pending == before.1)
        }
    }

    @Test("A hello is said also where something is to be tried again, and nothing can be sealed before that")
    func helloBeforeTrying() throws {
        let (town, a, b, c) = try Self.town()
        try town.write(c, "INSERT INTO t VALUES ('3', 'z', 3)")
        try town.meet(c, a)
        try town.write(a, "UPDATE t SET b = 4 WHERE id = '3'")
        try a.seal()
        let own = try town.changesets(a).filter { $0.header.header.feed.site == a.site }
        _ = try b.replica.accept(own, now: town.moment.wall)
        // What waits for a changeset waits, once that came, for what the disk made of itself.
        try Self.alter(.header, seq: 3, of: a.site, at: b)
        for _ in 0..<2 { try town.meet(c, b) }
        #expect(try b.replica.vectors().held == a.replica.vectors().held)
        #expect(try b.replica.reports.counts().waiting == 1)
        try Self.alter(.chunk, seq: 1, of: a.site, at: b)
        try Self.writeOverFirst(town, b)
        let updated = Engine(replica: b.replica, key: b.key, software: "newer", drawIncarnation: { 7 })
        #expect(throws: StoreError.self) {
            try b.replica.exchange.retryWaiting(asSoftware: "newer", now: town.moment.wall)
        }
        for _ in 0..<3 { try town.meet(updated, a) }
        #expect(try b.replica.exchange.spoilt().isEmpty)
        #expect(try b.replica.reports.counts().waiting == 0)
        for _ in 0..<2 { for engine in [c, b] { try town.meet(engine, a) } }
        #expect(try town.digests().count == 1)
    }
}
