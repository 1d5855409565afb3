import NodeFixtures
import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncWire
import Testing

@testable import SyncEngine

@Suite("Two engines and a session between them")
struct MeetingTests {
    @Test("A row goes over, both sides end in order, and what was sent, is durable and was applied is known")
    func oneRow() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try town.write(a, "INSERT INTO t VALUES ('1', 'x', 2)")
        let meeting = try town.meet(b, a)
        #expect(meeting.ends == [.done, .done])
        #expect(try town.rows(b, "SELECT * FROM t").drawn == "'1' | 'x' | 2")
        #expect(try town.digests().count == 1)
        let contact = try #require(try a.replica.addressBook.contact(with: b.site))
        let held = try a.replica.vectors().held
        #expect(contact.sent == held)
        #expect(contact.held == held)
        #expect(contact.applied == held)
    }

    @Test(
        "After one exchange and a meeting with nothing to do, each side knows that the other has applied all, its own changesets too"
    )
    func appliedIsKnown() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try town.write(a, "INSERT INTO t(id) VALUES ('1')")
        try town.write(b, "INSERT INTO t(id) VALUES ('2')")
        for _ in 0..<2 { try town.meet(b, a) }
        let held = try a.replica.vectors().held
        for (engine, peer) in [(a, b), (b, a)] {
            let contact = try #require(try engine.replica.addressBook.contact(with: peer.site))
            #expect(contact.held == held)
            #expect(contact.applied == held)
        }
    }

    @Test("What a peer had applied before it was put back is not said of it any more once both hold the same")
    func appliedOnce() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        for _ in 0..<2 { try town.meet(b, a) }
        let held = try a.replica.vectors().held
        // Said by the peer of what only its disk of then has.
        var contact = try #require(try a.replica.addressBook.contact(with: b.site))
        let lost = FeedID(site: b.site, incarnation: .first, scope: .alliance)
        for vector in [\Contact.sent, \.held, \.applied] { contact[keyPath: vector][lost] = 4 }
        try a.replica.addressBook.setContact(contact, with: b.site)
        for _ in 0..<2 { try town.meet(b, a) }
        let known = try #require(try a.replica.addressBook.contact(with: b.site))
        #expect(known.held == held)
        #expect(known.applied == held)
        #expect(known.sent == held)
    }

    @Test("With nothing to do each side says one hello of at most a kibibyte, for a hundred sites too")
    func nothingToDo() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try town.settle(98)
        try town.write(b, "INSERT INTO t(id) VALUES ('1')")
        try town.meet(b, a)
        let meeting = try town.meet(b, a)
        #expect(meeting.ends == [.done, .done])
        #expect(meeting.frames[1].count == 1, "hello each way, and a bye")
        #expect(meeting.frames[0].count == 2, "hello each way, and a bye")
        #expect(meeting.bytes(0) <= 1024)
        #expect(meeting.bytes(1) <= 1024)
        #expect(try a.replica.members().count == 100)
        #expect(try b.replica.reports.counts().versionVector.count == 99)
    }

    @Test("One changed cell costs at most 600 bytes more than nothing to do")
    func oneCell() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try town.write(a, "INSERT INTO t SELECT value, 'text', 1 FROM json_each('[1,2,3,4,5,6,7,8,9]')")
        try town.meet(b, a)
        let nothing = try town.meet(b, a)
        try town.write(a, "UPDATE t SET b = 2 WHERE id = '5'")
        let something = try town.meet(b, a)
        #expect(something.bytes(0) + something.bytes(1) <= nothing.bytes(0) + nothing.bytes(1) + 600)
        #expect(try town.digests().count == 1)
    }

    @Test("A session that is cut after any frame is made good by the next", arguments: 0..<14)
    func cut(most: Int) throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        for index in 0..<3 {
            try town.write(a, "INSERT INTO t VALUES ('a\(index)', 'x', 1)")
            try a.seal()
            try town.write(b, "INSERT INTO t VALUES ('b\(index)', 'y', 2)")
            try b.seal()
        }
        let meeting = try Meeting(town, b, a)
        try meeting.run(most: most)
        for engine in town.engines {
            #expect(try engine.replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
        }
        try town.meet(b, a)
        #expect(try town.digests().count == 1)
        #expect(try town.rows(a, "SELECT count(*) FROM t").drawn == "6")
    }

    @Test("An altered frame is refused or changes nothing, wherever the bit is", arguments: 0..<60)
    func altered(seed: Int) throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try town.write(b, "INSERT INTO t VALUES ('1', 'genuine', 1), ('2', 'genuine', 2)")
        try b.seal()
        let meeting = try Meeting(town, b, a)
        try meeting.run { _, frame in
            guard frame.count > 300 else { return frame }
            var altered = frame
            altered[(seed * 7919) % frame.count] ^= UInt8(1 << (seed % 8))
            return altered
        }
        #expect(try town.rows(a, "SELECT count(*) FROM t WHERE a <> 'genuine'").drawn == "0")
        #expect(try a.replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
        try town.meet(b, a)
        #expect(try town.digests().count == 1)
    }

    @Test("What the receiver had pending is sealed before what came is applied: its context is true")
    func sealedFirst() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try town.write(a, "INSERT INTO t VALUES ('1', 'from a', 1)")
        try a.seal()
        try town.write(b, "INSERT INTO t VALUES ('1', 'from b', 1)")
        try town.meet(b, a)
        var seen: [UInt64] = []
        try b.replica.reports.log(LogFilter(withContext: true)) { seen += ($0.context ?? [:]).values }
        #expect(seen == [0, 0], "neither had seen the other, or anything of its own")
        #expect(try b.replica.reports.conflicts().count == 1)
        #expect(try a.replica.reports.conflicts() == b.replica.reports.conflicts())
    }

    @Test("A relay passes on what it did not write")
    func relay() throws {
        let town = try Town()
        let (a, b, c) = (town.engines[0], try town.join(), try town.join())
        try town.write(c, "INSERT INTO t VALUES ('1', 'c', 1)")
        try town.meet(c, a)
        try town.meet(b, a)
        #expect(try town.rows(b, "SELECT a FROM t").drawn == "'c'")
        #expect(try town.digests().count == 1)
    }

    @Test(
        "A changeset that is too large for memory goes through the file; a cut within it leaves nothing in any vector, and chunks that the next session goes on from"
    )
    func large() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try town.write(
            a,
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO t SELECT i, hex(randomblob(2500)), i FROM n"
        )
        let half = try Meeting(town, b, a)
        try half.run(most: 90)
        #expect(try town.rows(b, "SELECT count(*) FROM t").drawn == "0")
        let kept = try #require(try b.replica.exchange.unfinished().first).chunks
        #expect(kept > 60)
        let rest = try town.meet(b, a)
        #expect(try town.rows(b, "SELECT count(*) FROM t").drawn == "3000")
        #expect(try town.digests().count == 1)
        #expect(try b.replica.exchange.unfinished().isEmpty)
        #expect(rest.bytes(1) < 9_000_000 - Int(kept) * 30_000, "what was kept is not sent again")
    }

    @Test("The peer's clock is known to be off")
    func skew() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        let late = PeerClock.hello(from: b, wall: town.moment.wall - 3_600_000, to: a)
        let session = try PeerSession(
            engine: a, peer: b.site, isDialler: false, trust: try a.trust(in: b.site), at: town.moment)
        try session.start(at: town.moment)
        try session.received(MessageCodec.encode(.hello(try late())), at: town.moment)
        #expect(session.skew == -3_600_000)
    }

    @Test("A clock at either end of what can be said stops nobody", arguments: [Int64.min, .max, 0])
    func absurdClock(wall: Int64) throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        let session = try PeerSession(
            engine: a, peer: b.site, isDialler: false, trust: try a.trust(in: b.site), at: town.moment)
        try session.start(at: town.moment)
        try session.received(
            MessageCodec.encode(.hello(try b.hello(to: a.site, at: Moment(wall: wall, steady: 0)).hello)),
            at: town.moment)
        #expect(session.end == nil)
        #expect((wall < town.moment.wall) == (session.skew < 0))
    }

    @Test("Signatures that a relay spoilt in the middle of a feed harm nobody, wherever batches are cut")
    func spoilt() throws {
        let town = try Town()
        let (a, b, c) = (town.engines[0], try town.join(), try town.join())
        for number in 0..<4 {
            try town.write(b, "INSERT INTO t(id) VALUES ('\(number)')")
            try b.seal()
        }
        let genuine = try town.changesets(b)
        let spoilt = try genuine.enumerated().map { index, changeset in
            index == 3
                ? changeset
                : IncomingChangeset(
                    header: try UnverifiedHeader(
                        bytes: changeset.header.bytes, signature: [UInt8](repeating: 7, count: 64)),
                    chunks: changeset.chunks)
        }
        guard
            case .accepted(held: 0, _, let left) = try a.replica.accept(Array(spoilt.prefix(2)), now: 0)
        else {
            Issue.record("nothing vouches for them yet")
            return
        }
        #expect(left.count == 2)
        guard case .accepted(held: 4, _, let none) = try a.replica.accept(spoilt, now: 0) else {
            Issue.record("the last signature vouches for all")
            return
        }
        #expect(none.isEmpty)
        #expect(try a.replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
        #expect(try town.meet(c, a).ends == [.done, .done])
        try town.meet(b, a)
        #expect(try town.digests().count == 1)
    }

    @Test("Chunks that were left out unasked, and changes that end within a changeset, are refused", arguments: [1, 0])
    func leftOut(skipped: Int) throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try town.write(b, "INSERT INTO t(id) VALUES ('1')")
        try b.seal()
        let session = try PeerSession(
            engine: a, peer: b.site, isDialler: false, trust: try a.trust(in: b.site), at: town.moment)
        try session.start(at: town.moment)
        try session.received(
            MessageCodec.encode(.hello(try b.hello(to: a.site, at: town.moment).hello)), at: town.moment)
        let header = try #require(try town.changesets(b).last).header
        let writer = ChangeStreamWriter()
        writer.write(header: header.bytes, signature: header.signature, skippedChunks: skipped)
        writer.flush()
        try session.received(
            MessageCodec.encode(.changes(bytes: writer.takeOutput() ?? [], isLast: true)), at: town.moment)
        guard case .refused(let refusal)? = session.end, refusal.code == .badChangeset else {
            Issue.record("\(String(describing: session.end))")
            return
        }
    }

    private enum PeerClock {
        static func hello(from engine: Engine, wall: Int64, to peer: Engine) -> () throws -> Hello {
            { try engine.hello(to: peer.site, at: Moment(wall: wall, steady: 0)).hello }
        }
    }
}
